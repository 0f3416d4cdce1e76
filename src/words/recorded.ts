// Words of recorded runs: the line that says what is shown, the list of what there is, and what kept one from opening.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

const many = (count: number, one: string, others: string): string =>
  `${groupThousands(count)} ${count === 1 ? one : others}`;

/** "45 s", "12 min", "1 h 50 min" */
function spent(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 90) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}

const megabytes = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export const recordedWords = inLanguages({
  en: {
    /** "MAML, seed 0, 1,200 meta-iterations, trained in 12 min on Fused WASM" */
    about: (
      algorithms: readonly string[],
      run: {
        readonly seed: number;
        readonly iterations: number;
        readonly seconds: number;
        readonly engine: string;
      },
    ) =>
      `${algorithms.join(', ')}, seed ${run.seed}, ${many(run.iterations, 'meta-iteration', 'meta-iterations')}, trained in ${spent(run.seconds)} on ${run.engine}`,
    recorded: 'Recorded run:',
    goesOn: 'Run trains on from here.',
    goesOnTitle: 'With a new optimiser and an empty buffer: a file keeps neither',
    wentOn: (iterations: number) =>
      `, up to ${groupThousands(iterations)}; trained on here with a new optimiser`,
    fromScratch: 'Train from scratch',
    fromScratchTitle: 'Drop what is shown and train the same experiment here, from iteration 0',
    loading: 'Loading the recorded run…',
    live: 'Trained here, live.',
    list: 'Recorded runs',
    listTitle: 'Runs that were trained before and come with the page',
    listLoading: 'Loading the list…',
    listEmpty: 'No recorded runs of this lab come with this page.',
    families: { dir: 'Direction', vel: 'Velocity', 'noise-vel': 'NoiseVEL' } as Readonly<
      Record<string, string>
    >,
    conventions: { gym: 'Gym', finn2017: 'Finn 2017' } as Readonly<Record<string, string>>,
    group: (family: string, convention: string, seed: number) => `${family} · ${convention} · seed ${seed}`,
    columns: ['run', 'meta-iterations', 'return before → after 1 step'] as readonly string[],
    open: 'Open',
    openOne: (title: string) => `Open: ${title}`,
    openAll: 'Open all side by side',
    openAllOf: (group: string) => `Open all side by side: ${group}`,
    size: (bytes: number) => (bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} kB` : megabytes(bytes)),
    failed: 'The recorded run could not be opened.',
    failedFirst: 'The recorded run could not be opened; the lab trains here instead.',
    tryAgain: 'Try again',
    unreachable: (file: string) =>
      `${file} could not be fetched. Is the page offline? Recorded runs are kept for that only once they have been opened.`,
    missing: (file: string, status: number) =>
      `${file} is not there (the server answered ${status}). The page may be incomplete; recorded runs lie in its folder “runs”.`,
    tooLarge: (file: string, limit: number) =>
      `${file} is larger than ${megabytes(limit)}, the most that is read. Nothing of it was used.`,
    notIndex: 'runs/index.json is not a list of recorded runs of this version. Reload the page.',
    notListed: 'No recorded run of this lab is listed in runs/index.json.',
    inFile: (file: string, issue: string) => `${file}: ${issue}`,
    notOneRace:
      'These runs cannot stand side by side: they are not of one experiment with different algorithms. Open them one by one.',
  },
});
