// When evaluations run: a session asks after every meta-iteration, and a slice of the kind that has used least of
// its share of the time runs, if that share allows. Time decides only when, and which of several due moments are skipped; never
// what an evaluation finds. Training does not depend on any of it.

/** What is said of the present; it comes first. spokes: θ′ for the parameter-space view. */
export const PRESENT_KINDS = ['spokes', 'held-out', 'adaptation'] as const;
/** past: kept moments anew, after the test-time settings changed. */
export const EVALUATION_KINDS = [...PRESENT_KINDS, 'past'] as const;
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

/** Largest share of all time (training and evaluation together) that each kind may take. */
const TIME_SHARE: Readonly<Record<EvaluationKind, number>> = {
  spokes: 0.02,
  'held-out': 0.06,
  adaptation: 0.04,
  past: 0.1,
};
/** Lent in advance: learning is fastest at the start, where evaluations are dense on a logarithmic axis. */
const HEAD_START_SECONDS = 3;

/** One evaluation in pieces: `run` yields undefined after a slice and an event when a result is there. */
export interface EvaluationJob<Event> {
  readonly kind: EvaluationKind;
  readonly run: AsyncGenerator<Event | undefined, void, void>;
}

export interface EvaluationQueue<Event> {
  /** Adds a job; one of the same kind that has not begun is dropped in its favour. */
  add(job: EvaluationJob<Event>): void;
  /** Whether a slice may run now, given the seconds spent on training. */
  isDue(trainingSeconds: number): boolean;
  /** Whether a job of one of these kinds is left. */
  has(kinds: readonly EvaluationKind[]): boolean;
  /** Runs one slice of a due job (`force`: of any job); its event, or undefined. */
  runSlice(trainingSeconds: number, force: boolean): Promise<Event | undefined>;
  /** Forgets all jobs. */
  clear(): void;
}

/** An empty queue; `clock` in milliseconds. */
export function createEvaluationQueue<Event>(clock: () => number): EvaluationQueue<Event> {
  /** When each kind last had its turn, to take turns while the clock shows no difference. */
  const lastTurn: Record<EvaluationKind, number> = { spokes: 0, 'held-out': 0, adaptation: 0, past: 0 };
  let turns = 0;
  let jobs: { readonly job: EvaluationJob<Event>; begun: boolean }[] = [];
  const spent: Record<EvaluationKind, number> = { spokes: 0, 'held-out': 0, adaptation: 0, past: 0 };

  const usedShare = (kind: EvaluationKind) => spent[kind] / TIME_SHARE[kind];
  const mayRun = (kind: EvaluationKind, trainingSeconds: number) => {
    const total = trainingSeconds + spent.spokes + spent['held-out'] + spent.adaptation + spent.past;
    return usedShare(kind) <= total + HEAD_START_SECONDS;
  };
  const nextJob = (trainingSeconds: number, force: boolean) => {
    const waiting = EVALUATION_KINDS.filter((kind) => jobs.some((entry) => entry.job.kind === kind));
    const [kind] = waiting
      .filter((candidate) => force || mayRun(candidate, trainingSeconds))
      .sort(
        (a, b) =>
          Number(a === 'past') - Number(b === 'past') ||
          usedShare(a) - usedShare(b) ||
          lastTurn[a] - lastTurn[b],
      );
    return jobs.find((entry) => entry.job.kind === kind);
  };

  return {
    add(job) {
      jobs = jobs.filter((entry) => entry.begun || entry.job.kind !== job.kind);
      jobs.push({ job, begun: false });
    },
    isDue: (trainingSeconds) => nextJob(trainingSeconds, false) !== undefined,
    has: (kinds) => jobs.some(({ job }) => kinds.includes(job.kind)),
    async runSlice(trainingSeconds, force) {
      const entry = nextJob(trainingSeconds, force);
      if (entry === undefined) return undefined;
      entry.begun = true;
      lastTurn[entry.job.kind] = ++turns;
      const startedAt = clock();
      const slice = await entry.job.run.next();
      spent[entry.job.kind] += (clock() - startedAt) / 1000;
      if (slice.done === true) {
        jobs = jobs.filter((other) => other !== entry);
        return undefined;
      }
      return slice.value;
    },
    clear() {
      jobs = [];
    },
  };
}
