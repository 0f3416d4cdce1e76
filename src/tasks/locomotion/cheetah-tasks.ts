// Which cheetah tasks there are (REFERENCE 5.2): a velocity to run at (VEL), with some in training that are never tested
// (NoiseVEL, [RMAML]), or a direction to run in (DIR). A task is one number; what it pays is the environment's.
import { foldIn, type Key, uniform } from '../../math/rng.ts';

export interface CheetahTask {
  /** VEL: velocity in m/s. DIR: +1 forwards, −1 backwards. */
  readonly goal: number;
  /** Drawn from NoiseVEL's noise. */
  readonly isNoise: boolean;
}

/** Goals uniform in [min, max). */
export interface VelocityRange {
  readonly min: number;
  readonly max: number;
}

export interface VelocityDistribution {
  readonly goals: VelocityRange;
  /** In training, each task is drawn from `goals` here instead with probability `share`. Tests never see it. */
  readonly noise?: { readonly share: number; readonly goals: VelocityRange };
}

/** [MAML]; some re-implementations use up to 3 m/s. */
export const VELOCITIES: VelocityDistribution = { goals: { min: 0, max: 2 } };
/** [RMAML]'s NoiseVEL. */
export const NOISY_VELOCITIES: VelocityDistribution = {
  ...VELOCITIES,
  noise: { share: 0.2, goals: { min: 3, max: 4 } },
};

/** `spread`: goal i of n in the i-th n-th of the range, so that a batch covers it; directions alternate. */
export type GoalDraw = 'independent' | 'spread';

// Training and test tasks under one key come from streams of their own.
const TRAINING = 0;
const TEST = 1;

/** Training tasks; with 'independent', task i depends on (key, i) only. */
export function sampleVelocityTasks(
  key: Key,
  distribution: VelocityDistribution,
  count: number,
  draw: GoalDraw = 'independent',
): CheetahTask[] {
  const stream = foldIn(key, TRAINING);
  return Array.from({ length: count }, (_, index) => {
    const { goals, noise } = distribution;
    const [u, coin, v] = uniform(foldIn(stream, index), 3);
    if (noise !== undefined && coin! < noise.share) return { goal: within(noise.goals, v!), isNoise: true };
    return { goal: within(goals, draw === 'spread' ? (index + u!) / count : u!), isNoise: false };
  });
}

/** Test tasks: never noise, and not the training tasks of the same key. Task i depends on (key, i) only. */
export function sampleVelocityTests(
  key: Key,
  distribution: VelocityDistribution,
  count: number,
): CheetahTask[] {
  const stream = foldIn(key, TEST);
  return Array.from({ length: count }, (_, index) => {
    return { goal: within(distribution.goals, uniform(foldIn(stream, index), 1)[0]!), isNoise: false };
  });
}

/** Directions, each with probability ½, or alternating with 'spread', forwards first. There are but two tasks to test. */
export function sampleDirectionTasks(key: Key, count: number, draw: GoalDraw = 'independent'): CheetahTask[] {
  const stream = foldIn(key, TRAINING);
  return Array.from({ length: count }, (_, index) => {
    const forwards = draw === 'spread' ? index % 2 === 0 : uniform(foldIn(stream, index), 1)[0]! < 0.5;
    return forwards ? FORWARDS : BACKWARDS;
  });
}

export const FORWARDS: CheetahTask = { goal: 1, isNoise: false };
export const BACKWARDS: CheetahTask = { goal: -1, isNoise: false };

function within({ min, max }: VelocityRange, share: number): number {
  return min + share * (max - min);
}
