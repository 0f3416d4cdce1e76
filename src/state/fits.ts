// What the Fits panel shows: the user's task fitted with the parameters now shown, before adaptation and after each
// inner step. Float64 arrays on the main thread, no engine; quick enough to follow a drag.
import { inputsOf, shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { adaptPath } from '../models/mlp-arrays.ts';
import { createPass, forwardPass } from '../models/mlp-pass.ts';
import type { MlpShape } from '../models/mlp-shape.ts';
import { evaluateSinusoid } from '../tasks/sinusoid.ts';
import { testAlpha } from '../training/evaluation.ts';
import { type ShownRun, type ShownStores, shownRun } from './shown-run.ts';
import type { UserTask } from './store-types.ts';

/** Points per curve. */
export const FIT_GRID = 101;

/** One algorithm's fit of the user's task; all arrays belong to the memo: read, do not write. */
export interface Fit {
  readonly algorithm: AlgorithmId;
  /** Meta-iteration of the parameters. */
  readonly iteration: number;
  readonly isLive: boolean;
  /** f after 0, 1, … `steps` inner steps on gridX: each [FIT_GRID]. */
  readonly curves: readonly Float64Array[];
  /** Mean squared distance between each curve and the true one, over the grid: [steps + 1]. */
  readonly losses: readonly number[];
}

/** What all algorithms share: the true curve and the support points. */
export interface FitTask {
  /** [FIT_GRID], from xMin to xMax. */
  readonly gridX: Float64Array;
  /** True y on the grid, without noise. */
  readonly truth: Float64Array;
  /** [K] */
  readonly supportX: Float64Array;
  /** [K], true y plus the user's offset. */
  readonly supportY: Float64Array;
}

export interface FitsReader {
  task(): FitTask;
  /** null before there are parameters, or when they belong to another network than the experiment's. */
  fit(algorithm: AlgorithmId): Fit | null;
}

/** A reader over the stores that computes only what changed since it was last asked. */
export function createFitsReader(stores: ShownStores): FitsReader {
  const taskMemo = createMemo<FitTask>();
  const fits = new Map<AlgorithmId, FitMemo>();
  const readTask = (): FitTask => {
    const { xMin, xMax } = stores.experiment.getState().experiment;
    const { task } = stores.view.getState();
    return taskMemo([task, xMin, xMax], () => layoutTask(task, xMin, xMax));
  };
  return {
    task: readTask,
    fit(algorithm) {
      const run = shownRun(stores, algorithm);
      if (run === null) return null;
      const memo = fits.get(algorithm) ?? createFitMemo();
      fits.set(algorithm, memo);
      const { experiment } = stores.experiment.getState();
      const { task, innerStep } = stores.view.getState();
      return memo({ experiment, run, task, points: readTask(), steps: innerStep });
    },
  };
}

interface FitInput {
  readonly experiment: SinusoidExperiment;
  readonly run: ShownRun;
  readonly task: UserTask;
  readonly points: FitTask;
  readonly steps: number;
}

type FitMemo = (input: FitInput) => Fit | null;

function createFitMemo(): FitMemo {
  const whole = createMemo<Fit | null>();
  const unadapted = createMemo<Float64Array>();
  const predictor = createMemo<(params: Float64Array, x: Float64Array) => Float64Array>();
  return (input) => {
    const { experiment, run, points, steps } = input;
    return whole([experiment, run, points, steps], () => {
      const shape = shapeFor(experiment, run.algorithm);
      if (!fitsShape(shape, run)) return null;
      const inputs = (x: Float64Array) => withTask(x, input);
      const grid = inputs(points.gridX);
      const [theta, ...adapted] = adaptPath({
        shape,
        params: run.metaParams,
        alpha: testAlpha(experiment, run.alpha),
        steps,
        x: inputs(points.supportX),
        y: points.supportY,
      });
      const predict = predictor(shapeKey(shape), () => createPredictor(shape));
      // The oracle's input moves with the task, everyone else's does not.
      const isFixed = inputsOf(run.algorithm) === 'x';
      const key = [run.metaParams, predict, points.gridX[0], points.gridX.at(-1), isFixed || points];
      const before = unadapted(key, () => predict(theta!, grid));
      const curves = [before, ...adapted.map((params) => predict(params, grid))];
      const losses = curves.map((curve) => meanSquare(curve, points.truth));
      return { algorithm: run.algorithm, iteration: run.iteration, isLive: run.isLive, curves, losses };
    });
  };
}

function shapeKey({ sizes, activation }: MlpShape): readonly unknown[] {
  return [activation, sizes.length, ...sizes];
}

/** f on the grid, with buffers made once: making them takes longer than filling them. */
function createPredictor(shape: MlpShape): (params: Float64Array, x: Float64Array) => Float64Array {
  const pass = createPass(shape, FIT_GRID);
  return (params, x) => {
    forwardPass(pass, params, x);
    return pass.levels.at(-1)!.values.slice();
  };
}

/** The parameters on the screen may still be those of the experiment before a change of the network. */
function fitsShape(shape: MlpShape, { metaParams, alpha }: ShownRun): boolean {
  let count = 0;
  for (let layer = 1; layer < shape.sizes.length; layer++) {
    count += (shape.sizes[layer - 1]! + 1) * shape.sizes[layer]!;
  }
  const alphas = { scalar: 1, layer: shape.sizes.length - 1, parameter: count }[alpha.mode];
  return metaParams.length === count && alpha.values.length === alphas;
}

/** [x] as it is, or the oracle's [x, A, φ]. */
function withTask(x: Float64Array, { run, task }: FitInput): Float64Array {
  if (inputsOf(run.algorithm) === 'x') return x;
  const rows = new Float64Array(3 * x.length);
  x.forEach((value, at) => {
    rows.set([value, task.amplitude, task.phase], 3 * at);
  });
  return rows;
}

function layoutTask(task: UserTask, xMin: number, xMax: number): FitTask {
  const { amplitude, phase, points } = task;
  const truthAt = (x: number) => evaluateSinusoid({ amplitude, phase, isNoise: false }, x);
  const gridX = new Float64Array(FIT_GRID).map((_, at) => xMin + (at * (xMax - xMin)) / (FIT_GRID - 1));
  return {
    gridX,
    truth: gridX.map(truthAt),
    supportX: Float64Array.from(points, ({ x }) => x),
    supportY: Float64Array.from(points, ({ x, offset }) => truthAt(x) + offset),
  };
}

function meanSquare(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at++) sum += (a[at]! - b[at]!) ** 2;
  return sum / a.length;
}

/** Remembers one value: computed again when any entry of the key differs from last time's. */
function createMemo<T>(): (key: readonly unknown[], compute: () => T) => T {
  let last: { readonly key: readonly unknown[]; readonly value: T } | null = null;
  return (key, compute) => {
    if (last?.key.every((entry, at) => Object.is(entry, key[at]))) return last.value;
    last = { key, value: compute() };
    return last.value;
  };
}
