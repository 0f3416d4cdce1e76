// What the benchmark times: named cases around the paper's setting, each one algorithm on one size. Also how much
// arithmetic a case is, for the linear fit and for guessing what would take too long. Nothing is timed here.
import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { parameterCount } from '../models/mlp-shape.ts';

/** The tables' sections. `tasks`, `width`, `points`, `steps` vary one size of second-order MAML each. */
export type BenchGroup = 'algorithms' | 'tanh' | 'tasks' | 'width' | 'points' | 'steps';

export interface BenchCase {
  readonly name: string;
  readonly group: BenchGroup;
  /** With one algorithm. */
  readonly experiment: SinusoidExperiment;
}

const PAPER: SinusoidExperiment = paperSetting();

/**
 * 25 tasks, K = 10, 40-40 ReLU, 1 inner step, Adam (the preset sinusoid-paper), with RMAML as the preset
 * sinusoid-live has it: α per parameter, and a buffer that replays its full number of tasks from the start.
 */
function paperSetting(): SinusoidExperiment {
  const paper = presetById('sinusoid-paper')?.experiment;
  const live = presetById('sinusoid-live')?.experiment;
  if (paper === undefined || live === undefined) throw new Error('A preset of the benchmark has gone.');
  const { adaptiveAlpha, taskBuffer, strategy, maxReplayedTasks } = live;
  return {
    ...paper,
    adaptiveAlpha,
    alphaMode: 'parameter',
    taskBuffer,
    strategy,
    maxReplayedTasks,
    replayRampIterations: 1,
  };
}

const WIDTHS = [40, 64, 100];

/** All cases, in the order of the tables. */
export const BENCH_CASES: readonly BenchCase[] = [
  ...WIDTHS.flatMap(casesOfWidth),
  maml('maml-tanh', 'tanh', { activation: 'tanh' }),
  ...[5, 10, 50, 100, 250, 1000].map((tasks) =>
    maml(`maml-tasks-${tasks}`, 'tasks', { metaBatchSize: tasks }),
  ),
  ...[10, 20, 200].map((width) => maml(`maml-width-${width}`, 'width', { hiddenWidths: [width, width] })),
  ...[5, 20, 50].map((points) =>
    maml(`maml-points-${points}`, 'points', { supportSize: points, querySize: points }),
  ),
  ...[2, 10].map((steps) => maml(`maml-steps-${steps}`, 'steps', { innerSteps: steps })),
];

function casesOfWidth(width: number): BenchCase[] {
  const suffix = width === 40 ? '' : `-${width}`;
  const hiddenWidths = [width, width];
  const one = (name: string, algorithm: AlgorithmId, change: Partial<SinusoidExperiment> = {}): BenchCase =>
    benchCase(name, 'algorithms', { ...change, hiddenWidths, algorithms: [algorithm] });
  return [
    one(width === 40 ? 'maml-paper' : `maml-${width}`, 'maml'),
    one(`maml-5${suffix}`, 'maml', { innerSteps: 5 }),
    one(`fomaml${suffix}`, 'fomaml'),
    one(`reptile${suffix}`, 'reptile'),
    one(`rmaml-parameter${suffix}`, 'rmaml'),
  ];
}

function maml(name: string, group: BenchGroup, change: Partial<SinusoidExperiment>): BenchCase {
  return benchCase(name, group, { ...change, algorithms: ['maml'] });
}

function benchCase(name: string, group: BenchGroup, change: Partial<SinusoidExperiment>): BenchCase {
  return { name, group, experiment: { ...PAPER, ...change } };
}

/** Other names of the same cases: points that the series share with the algorithms, and short forms. */
const ALIASES: Readonly<Record<string, string>> = {
  maml: 'maml-paper',
  'maml-1': 'maml-paper',
  'maml-tasks-25': 'maml-paper',
  'maml-width-40': 'maml-paper',
  'maml-width-64': 'maml-64',
  'maml-width-100': 'maml-100',
  'maml-points-10': 'maml-paper',
  'maml-steps-1': 'maml-paper',
  'maml-steps-5': 'maml-5',
  rmaml: 'rmaml-parameter',
};

/** The case of that name or alias, or undefined. */
export function findBenchCase(name: string): BenchCase | undefined {
  const canonical = Object.hasOwn(ALIASES, name) ? ALIASES[name] : name;
  return BENCH_CASES.find((candidate) => candidate.name === canonical);
}

/** How much arithmetic one meta-iteration is. */
export interface Work {
  readonly tasks: number;
  /** Points per task through which gradients go: an inner gradient, the query's, a Hessian product as two. */
  readonly points: number;
  /** P */
  readonly parameters: number;
  /** Their product: the unit in which cost should be linear. */
  readonly product: number;
}

/** The arithmetic of a case, up to a factor that depends on the engine. */
export function workOf({ experiment }: BenchCase): Work {
  const algorithm = experiment.algorithms[0] ?? 'maml';
  const { metaBatchSize: tasks, supportSize, querySize, innerSteps, reptileInnerSteps } = experiment;
  const parameters = parameterCount(shapeFor(experiment, algorithm));
  const points = {
    reptile: reptileInnerSteps * supportSize,
    fomaml: innerSteps * supportSize + querySize,
    second: 3 * innerSteps * supportSize + querySize,
  }[algorithm === 'reptile' || algorithm === 'fomaml' ? algorithm : 'second'];
  return { tasks, points, parameters, product: tasks * points * parameters };
}
