// The linear feature baseline of [MAML] and its predecessors (Duan et al. 2016, "Benchmarking deep RL"): the value of a
// state as a linear function of [o, o², τ, τ², τ³, 1], τ = t/100, o clipped to ±10, fitted to discounted returns.
import { ridgeLeastSquares } from '../math/ridge-least-squares.ts';

/** Episodes of one task: arrays [E, H, …], of which the first lengths[e] steps of episode e count. */
export interface TaskEpisodes {
  readonly episodes: number;
  readonly horizon: number;
  readonly observationSize: number;
  /** [E] */
  readonly lengths: Int32Array;
  /** [E, H, O] */
  readonly observations: Float32Array | Float64Array;
  /** [E, H] */
  readonly rewards: Float32Array | Float64Array;
}

export interface LinearBaseline {
  /** [2·O + 4], in the features' order. */
  readonly coefficients: Float64Array;
  /** The ridge used; above the one asked for when the features were collinear, null when nothing could be fitted. */
  readonly ridge: number | null;
}

const CLIP = 10;
const TIME_SCALE = 100;

/** Number of features. */
export function baselineFeatureCount(observationSize: number): number {
  return 2 * observationSize + 4;
}

/** Fits the baseline to `returns` [E, H]; steps after an episode's end take no part. */
export function fitLinearBaseline(
  episodes: TaskEpisodes,
  returns: Float64Array,
  ridge: number,
): LinearBaseline {
  const columns = baselineFeatureCount(episodes.observationSize);
  const rows = episodes.lengths.reduce((sum, length) => sum + length, 0);
  const features = new Float64Array(rows * columns);
  const targets = new Float64Array(rows);
  let row = 0;
  forEachStep(episodes, (at, step) => {
    writeFeatures(episodes, at, step, features.subarray(row * columns, (row + 1) * columns));
    targets[row] = returns[at]!;
    row += 1;
  });
  return ridgeLeastSquares({ features, targets, columns, ridge });
}

/** The baseline's value of every step: [E, H], 0 after an episode's end. */
export function predictValues(episodes: TaskEpisodes, { coefficients }: LinearBaseline): Float64Array {
  const values = new Float64Array(episodes.episodes * episodes.horizon);
  const features = new Float64Array(coefficients.length);
  forEachStep(episodes, (at, step) => {
    writeFeatures(episodes, at, step, features);
    let sum = 0;
    for (let i = 0; i < features.length; i++) sum += coefficients[i]! * features[i]!;
    values[at] = sum;
  });
  return values;
}

/** Visits every step that was taken; `at` is its index in [E, H]. */
export function forEachStep(episodes: TaskEpisodes, visit: (at: number, step: number) => void): void {
  for (let episode = 0; episode < episodes.episodes; episode++) {
    const length = episodes.lengths[episode]!;
    for (let step = 0; step < length; step++) visit(episode * episodes.horizon + step, step);
  }
}

function writeFeatures(episodes: TaskEpisodes, at: number, step: number, into: Float64Array): void {
  const { observations, observationSize } = episodes;
  for (let i = 0; i < observationSize; i++) {
    const clipped = Math.min(CLIP, Math.max(-CLIP, observations[at * observationSize + i]!));
    into[i] = clipped;
    into[observationSize + i] = clipped * clipped;
  }
  const time = step / TIME_SCALE;
  into[2 * observationSize] = time;
  into[2 * observationSize + 1] = time * time;
  into[2 * observationSize + 2] = time * time * time;
  into[2 * observationSize + 3] = 1;
}
