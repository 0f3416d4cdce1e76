// Headings of the charts' tables on the screen, and the few words in their cells. In CSV files the columns are called by
// the keys, in every language, so that a script reads every file.
import { inLanguages } from './language.ts';

const exact = inLanguages({
  en: {
    algorithm: 'algorithm',
    strategy: 'strategy',
    iteration: 'iteration',
    iterations: 'iterations',
    seconds: 'seconds',
    gradientEvaluations: 'gradient evaluations',
    environmentSteps: 'environment steps',
    K: 'K',
    α: 'α',
    KL: 'KL',
    x: 'x',
    y: 'y',
    steps: 'steps',
    step: 'step',
    'inner step': 'inner step',
    median: 'median',
    q25: 'q25',
    q75: 'q75',
    mean: 'mean',
    min: 'min',
    max: 'max',
    diverged: 'diverged',
    score: 'score',
    amplitude: 'amplitude',
    phase: 'phase',
    replayed: 'replayed',
    chosen: 'chosen',
    noise: 'noise',
    true: 'true',
    before: 'before',
    after: 'after',
    'after q25': 'after q25',
    'after q75': 'after q75',
    kind: 'kind',
    index: 'index',
    first: 'first',
    second: 'second',
    try: 'try',
    'change of surrogate loss': 'change of surrogate loss',
    taken: 'taken',
    'roll-outs (s)': 'roll-outs (s)',
    'inner (s)': 'inner (s)',
    'outer (s)': 'outer (s)',
    'tasks per batch': 'tasks per batch',
    'trajectories per task': 'trajectories per task',
    'return after adaptation': 'return after adaptation',
    'mean return': 'mean return',
    'standard error': 'standard error',
    goals: 'goals',
    'return before': 'return before',
    trajectory: 'trajectory',
    time: 'time',
    goal: 'goal',
    'goal x': 'goal x',
    'goal y': 'goal y',
    'speed error before (m/s)': 'speed error before (m/s)',
    'velocity towards the goal before (m/s)': 'velocity towards the goal before (m/s)',
    lane: 'lane',
    'x before (m)': 'x before (m)',
    'x after (m)': 'x after (m)',
    distance: 'distance',
    seed: 'seed',
    'final distance': 'final distance',
    position: 'position',
    'sampled density': 'sampled density',
    'of the main cloud': 'of the main cloud',
    noiseShare: 'noise share',
    noiseDistance: 'noise distance',
    maxReplayedTasks: 'MAX_L',
    replayRampIterations: 'iterations until MAX_L',
    metaBatchSize: 'M',
    stepSize: 'β',
    innerLearningRate: 'α',
    mainSpread: 'main spread',
    'winner share': 'winner share',
    'w − task': 'w − task',
    loss: 'loss',
  },
});

/** # stands for a number of inner steps. */
const counted = inLanguages({
  en: {
    'after #': (steps: string) => `after ${steps}`,
    'return after # steps': (steps: string) => `return after ${steps} steps`,
    'speed error after # steps (m/s)': (steps: string) => `speed error after ${steps} steps (m/s)`,
    'velocity towards the goal after # steps (m/s)': (steps: string) =>
      `velocity towards the goal after ${steps} steps (m/s)`,
  },
});

const cells = inLanguages({
  en: { yes: 'yes', no: 'no', path: 'path', adapted: 'adapted' },
});

type Filled<Key extends string> = Key extends `${infer Before}#${infer After}`
  ? `${Before}${number}${After}`
  : never;

/** What a column is called in CSV files. */
export type ColumnName = keyof typeof exact | Filled<keyof typeof counted>;

const isKeyOf = <T extends object>(table: T, key: PropertyKey): key is keyof T => Object.hasOwn(table, key);

/** What it is called on the screen. */
export function columnHeading(name: ColumnName): string {
  if (isKeyOf(exact, name)) return exact[name];
  const pattern = name.replace(/\d+/, '#');
  return isKeyOf(counted, pattern) ? counted[pattern](/\d+/.exec(name)?.[0] ?? '') : name;
}

/** A cell's text on the screen: a word that charts use, or a name as it is. */
export function cellText(text: string): string {
  return isKeyOf(cells, text) ? cells[text] : text;
}
