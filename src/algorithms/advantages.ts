// What each step of a rollout was worth: discounted returns, generalised advantages (Schulman et al. 2016) over the
// linear baseline, normalised per task. From trajectories to the batches that policy gradients consume.
import type { FloatArray } from '../math/arrays.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import { fitLinearBaseline, forEachStep, predictValues, type TaskEpisodes } from './linear-baseline.ts';

export interface AdvantageSettings {
  /** γ */
  readonly discount: number;
  /** λ */
  readonly gaeLambda: number;
  /** Of the baseline's least squares. */
  readonly ridge: number;
  /** Whether advantages get mean 0 and standard deviation 1 within each task. */
  readonly normalise: boolean;
}

/** REFERENCE section 5. */
export const ADVANTAGE_DEFAULTS: AdvantageSettings = {
  discount: 0.99,
  gaeLambda: 1,
  ridge: 1e-5,
  normalise: true,
};

/** What was unusual about a task; training goes on. `task` counts within the batch. */
export type AdvantageWarning =
  /** The features were collinear and took a larger ridge; null: nothing could be fitted, the values are 0. */
  | { readonly kind: 'singular-baseline'; readonly task: number; readonly ridge: number | null }
  /** All advantages are equal: the task's are 0 and it teaches nothing this time. */
  | { readonly kind: 'zero-variance'; readonly task: number }
  /** A reward or an observation was not finite: the task's advantages are 0. */
  | { readonly kind: 'non-finite'; readonly task: number };

export interface TaskAdvantages {
  /** Discounted returns [E, H]; here and below 0 after an episode's end. */
  readonly returns: Float64Array;
  /** [2·O + 4] */
  readonly baselineCoefficients: Float64Array;
  /** [E, H] */
  readonly values: Float64Array;
  /** [E, H], before normalisation. */
  readonly advantages: Float64Array;
  /** [E, H]; the advantages themselves when not asked for. */
  readonly normalizedAdvantages: Float64Array;
  readonly warnings: readonly AdvantageWarning[];
}

/** Below this share of the returns' size a spread is rounding. */
const NO_SPREAD = 1e-12;
const EPSILON = 1e-8;

/** Σ γ^i r_{t+i} up to the episode's end: [E, H]. */
export function discountedReturns(episodes: TaskEpisodes, discount: number): Float64Array {
  const returns = new Float64Array(episodes.episodes * episodes.horizon);
  for (let episode = 0; episode < episodes.episodes; episode++) {
    let sum = 0;
    for (let step = episodes.lengths[episode]! - 1; step >= 0; step--) {
      const at = episode * episodes.horizon + step;
      sum = episodes.rewards[at]! + discount * sum;
      returns[at] = sum;
    }
  }
  return returns;
}

/** Σ (γλ)^i δ_{t+i}, δ_t = r_t + γ V_{t+1} − V_t, with value 0 after the last step: [E, H]. */
export function generalisedAdvantages(
  episodes: TaskEpisodes,
  values: FloatArray,
  { discount, gaeLambda }: Pick<AdvantageSettings, 'discount' | 'gaeLambda'>,
): Float64Array {
  const advantages = new Float64Array(values.length);
  for (let episode = 0; episode < episodes.episodes; episode++) {
    let sum = 0;
    let nextValue = 0;
    for (let step = episodes.lengths[episode]! - 1; step >= 0; step--) {
      const at = episode * episodes.horizon + step;
      const delta = episodes.rewards[at]! + discount * nextValue - values[at]!;
      sum = delta + discount * gaeLambda * sum;
      nextValue = values[at]!;
      advantages[at] = sum;
    }
  }
  return advantages;
}

/**
 * (A − mean) ÷ (population standard deviation + 1e-8) over the steps taken: [E, H]; null when they do not differ or
 * are not finite.
 */
export function normaliseAdvantages(episodes: TaskEpisodes, advantages: FloatArray): Float64Array | null {
  let count = 0;
  let sum = 0;
  let largest = 0;
  forEachStep(episodes, (at) => {
    count += 1;
    sum += advantages[at]!;
    largest = Math.max(largest, Math.abs(advantages[at]!));
  });
  const mean = sum / count;
  let squares = 0;
  forEachStep(episodes, (at) => {
    squares += (advantages[at]! - mean) ** 2;
  });
  const deviation = Math.sqrt(squares / count);
  if (!Number.isFinite(deviation) || deviation <= NO_SPREAD * largest) return null;
  const normalised = new Float64Array(advantages.length);
  forEachStep(episodes, (at) => {
    normalised[at] = (advantages[at]! - mean) / (deviation + EPSILON);
  });
  return normalised;
}

/** Everything above for the episodes of one task; `task` is its number in warnings. */
export function taskAdvantages(
  episodes: TaskEpisodes,
  settings: AdvantageSettings,
  task = 0,
): TaskAdvantages {
  const warnings: AdvantageWarning[] = [];
  const returns = discountedReturns(episodes, settings.discount);
  const baseline = fitLinearBaseline(episodes, returns, settings.ridge);
  const { ridge, coefficients } = baseline;
  const finite = returns.every(Number.isFinite);
  if (ridge !== settings.ridge && finite) warnings.push({ kind: 'singular-baseline', task, ridge });
  const values = predictValues(episodes, baseline);
  const advantages = generalisedAdvantages(episodes, values, settings);
  let used: Float64Array | null = advantages;
  if (!finite || !advantages.every(Number.isFinite)) {
    warnings.push({ kind: 'non-finite', task });
    used = null;
  } else if (settings.normalise) {
    used = normaliseAdvantages(episodes, advantages);
    if (used === null) warnings.push({ kind: 'zero-variance', task });
  }
  return {
    returns,
    baselineCoefficients: coefficients,
    values,
    advantages,
    normalizedAdvantages: used ?? new Float64Array(advantages.length),
    warnings,
  };
}

/** The episodes of one task of a batch; shares its memory. */
export function episodesOf(trajectories: Trajectories, task: number): TaskEpisodes {
  const { episodes, horizon, observationSize, lengths, observations, rewards } = trajectories;
  const rows = episodes * horizon;
  return {
    episodes,
    horizon,
    observationSize,
    lengths: lengths.subarray(task * episodes, (task + 1) * episodes),
    observations: observations.subarray(task * rows * observationSize, (task + 1) * rows * observationSize),
    rewards: rewards.subarray(task * rows, (task + 1) * rows),
  };
}

/** The steps of the trajectories with their advantages, packed for an engine, and what was unusual. */
export function toPolicyBatch(
  trajectories: Trajectories,
  settings: AdvantageSettings,
): { readonly batch: PolicyBatch; readonly warnings: readonly AdvantageWarning[] } {
  const { taskCount, episodes, horizon, observationSize, actionSize, lengths } = trajectories;
  const rows = lengths.reduce((sum, length) => sum + length, 0);
  const batch = {
    taskCount,
    observationSize,
    actionSize,
    offsets: new Int32Array(taskCount + 1),
    observations: new Float32Array(rows * observationSize),
    actions: new Float32Array(rows * actionSize),
    advantages: new Float32Array(rows),
  };
  const warnings: AdvantageWarning[] = [];
  let row = 0;
  for (let task = 0; task < taskCount; task++) {
    const judged = taskAdvantages(episodesOf(trajectories, task), settings, task);
    warnings.push(...judged.warnings);
    for (let episode = 0; episode < episodes; episode++) {
      const from = (task * episodes + episode) * horizon;
      const count = lengths[task * episodes + episode]!;
      copyRows(trajectories.observations, batch.observations, { from, row, count, width: observationSize });
      copyRows(trajectories.actions, batch.actions, { from, row, count, width: actionSize });
      const inTask = episode * horizon;
      batch.advantages.set(judged.normalizedAdvantages.subarray(inTask, inTask + count), row);
      row += count;
    }
    batch.offsets[task + 1] = row;
  }
  return { batch, warnings };
}

function copyRows(
  source: Float32Array,
  target: Float32Array,
  { from, row, count, width }: { from: number; row: number; count: number; width: number },
): void {
  target.set(source.subarray(from * width, (from + count) * width), row * width);
}
