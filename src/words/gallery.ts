// The gallery: the front page with each figure of the papers, what it claims, and what we measured. Figures come from
// docs/results-data.json; only words stand here.
import { inLanguages } from './language.ts';

/** How a measured figure stands to the published one; scripts/results-table.mjs and docs/results.md use the same. */
export const VERDICT_IDS = [
  'reproduced',
  'claim-holds',
  'near',
  'outside',
  'not-comparable',
  'not-measured',
] as const;
export type VerdictId = (typeof VERDICT_IDS)[number];

export const GALLERY_WORDS = inLanguages({
  en: {
    pageTitle: 'Gallery',
    title: 'Every figure, run again in your browser',
    tally: (figures: number, rows: number, good: number) =>
      `${figures} figures and tables · ${good} of ${rows} numbers reproduced or their claim borne out`,
    /** Beside the word for what was measured. */
    paper: (value: string) => `paper ${value}`,
    /** Where conventions differ, so that the two must not be compared. */
    paperElsewhere: (value: string) => `paper ${value}, in another convention`,
    /** Names the list of the page's parts. */
    contents: 'On this page',
    open: 'Open',
    /** Read out after “Open”. */
    openWhat: (figure: string, lab: string) => `${figure} in the ${lab} lab`,
    figures: 'Figures and tables',
    table: 'Reproduction',
    /** Names the part that scrolls. */
    tableItself: 'Table of all numbers',
    tableAbout:
      'Each published number beside ours, with its scale and convention. “Reproduced”: within two standard errors of ours. “Near”: within four, or a fifth. ± is over seeds, or over test tasks where there is one seed.',
    columns: {
      source: 'From',
      measure: 'Measure',
      paper: 'Paper',
      ours: 'Ours',
      seeds: 'Seeds',
      scale: 'Scale and convention',
      verdict: 'Verdict',
      command: 'Again',
    },
    overTasks: '± over tasks',
    command: 'Command',
    copy: 'Copy the command',
    copied: 'Copied',
    refused: 'Select and copy it here:',
    stories: 'Stories',
    storiesAbout:
      'Told in the labs themselves, step by step, with a question before each outcome. Good for a lecture.',
    minutes: (count: number) => `${count} min`,
    runs: 'Recorded runs',
    runsAbout: 'Long training, kept: open one at its end, to scrub and to adapt',
    runLength: (iterations: string, size: string) => `${iterations} meta-iterations, ${size}`,
    guide: 'Guide',
    guideAbout: 'What the labs show and how it is computed, to read.',
    glossary: 'Glossary',
    verdicts: {
      reproduced: '✓ reproduced',
      'claim-holds': '✓ claim holds',
      near: '≈ near',
      outside: '✕ outside',
      'not-comparable': '– not comparable',
      'not-measured': '… not measured yet',
    } satisfies Record<VerdictId, string>,
    /** Where a drawing shows published numbers only. */
    publishedOnly: '○ published',
    withNoise: 'with noise',
    tested: 'test',
    entries: {
      'maml-fig-2': {
        figure: 'Finn 2017, Fig. 2',
        claim: 'One gradient step on ten points fits a new wave. A pretrained network hardly moves.',
        measured: 'MSE after 1 step',
        seen: 'Left: MAML’s network before and after one step on ten points of a new wave; the step fits it. Right: the pretrained network after the same step; it stays near where it was.',
      },
      'maml-fig-3': {
        figure: 'Finn 2017, Fig. 3, Table 2',
        claim: 'Trained for one step, MAML goes on improving with ten.',
        measured: '5-shot MSE, 10 steps',
        seen: 'Mean squared error after 0 to 10 gradient steps on 5 points, 600 test tasks: MAML falls from 3 to below 0.4, pretrained stays above 2. The published means lie on the dashed lines of ours.',
      },
      'reptile-sine': {
        figure: 'Nichol 2018, § 4',
        claim: 'Reptile learns to fit waves as well as MAML, without second derivatives.',
        measured: 'MSE after 5 steps',
        seen: 'Reptile’s network on a new wave, before adaptation and after each of five steps on ten points.',
      },
      'maml-fig-4': {
        figure: 'Finn 2017, Fig. 4',
        claim: 'A point that is not told its goal finds it after one policy gradient step.',
        measured: 'return after 1 step',
        seen: 'Two goals in the square. Before adaptation the agent wanders about the start; after one step it walks to the goal.',
      },
      'first-order': {
        figure: 'Biswas & Agrawal',
        claim: 'Without second derivatives a meta-update is 1.5 times faster, and returns are equal.',
        measured: 'times faster',
        seen: 'Mean return of the training batch after adaptation over seconds of training: FOMAML’s curve ends earlier and as high as MAML’s.',
      },
      'rmaml-fig-3': {
        figure: 'Nguyen 2021, Fig. 3',
        claim: 'Replaying tasks of middling difficulty leads to the centre; easy and hard ones lead astray.',
        measured: 'MEDIUM ends at distance',
        seen: 'Four agents among 300 tasks: MEDIUM ends at the centre of the main cloud, EASY and UNIFORM beside it, HARD by the noise.',
      },
      'rmaml-fig-2': {
        figure: 'Nguyen 2021, Fig. 2',
        claim: 'When training holds noise that the test does not, MAML is pulled off. RMAML less so.',
        measured: 'UNIFORM ends at distance',
        seen: 'Where tasks are sampled along the line to the noise, the test distribution within, and where UNIFORM and MEDIUM end: UNIFORM is pulled towards the noise.',
      },
      'rmaml-fig-1': {
        figure: 'Nguyen 2021, Fig. 1 B',
        claim: 'Adaptation hangs on the step size: too small crawls, too large jumps over.',
        measured: 'computed as you look',
        seen: 'Gradient descent on one task’s loss with three step sizes: α = 0.1 crawls, 0.5 arrives, 1.9 jumps over.',
      },
      'maml-fig-5-dir': {
        figure: 'Finn 2017, Fig. 5',
        claim: 'One step decides which way a half-cheetah runs.',
        measured: 'return after 1 step',
        seen: 'Two lanes. After one step towards forwards the cheetah runs right, after one towards backwards it runs left; the ghost is the policy before.',
      },
      'maml-fig-5-vel': {
        figure: 'Finn 2017, Fig. 5',
        claim: 'It takes up the speed asked for after one step, and refines it with more.',
        measured: 'return after 1 step',
        seen: 'Mean return of the test tasks after 0 to 3 policy gradient steps, with twice its standard error.',
      },
      'rmaml-table-1': {
        figure: 'Nguyen 2021, Table 1',
        claim: 'A learned step size and a task buffer raise the return after one step.',
        measured: 'RMAML, VEL',
        seen: 'Published returns before and after one step for velocities and for directions: RMAML’s rise from where MAML+ stands.',
      },
      'rmaml-table-2': {
        figure: 'Nguyen 2021, Table 2',
        claim: 'Trained with noise velocities, RMAML tests better than MAML.',
        measured: 'RMAML, NoiseVEL',
        seen: 'Published returns before and after one step, with noise and tested without: RMAML’s lie above those of MAML+.',
      },
    },
  },
});

export type GalleryEntryId = keyof typeof GALLERY_WORDS.entries;
