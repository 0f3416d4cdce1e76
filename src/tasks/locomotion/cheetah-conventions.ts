// The two ways in which the half-cheetah tasks are posed in the literature. Returns can be compared within one of them
// only, so every number carries its convention. Which one is meant, an experiment says; what follows from it, this table.

export type CheetahConvention = 'finn2017' | 'gym';

export interface ConventionFigures {
  /** Physics steps of 0.01 s per action. */
  readonly physicsSteps: number;
  /** Steps per episode, as published. */
  readonly horizon: number;
  /** What "velocity" means in the reward: of the whole centre of mass after the step, or of the root over the step. */
  readonly velocity: 'centre' | 'root';
  /** 17: positions but x, velocities. 20: and the whole centre of mass. */
  readonly observationSize: 17 | 20;
  /** Of positions at the start: standard deviation of a normal, or half the width of a uniform distribution. */
  readonly positionNoise: { readonly kind: 'normal' | 'uniform'; readonly size: number };
  /** Standard deviation of velocities at the start. */
  readonly velocityNoise: number;
  /** Whether the action's cost is taken of what the policy asked for or of what the motors take. */
  readonly costOf: 'asked' | 'clipped';
}

/** `finn2017`: the authors' code of [MAML]. `gym`: the later re-implementations. */
export const CONVENTIONS: Readonly<Record<CheetahConvention, ConventionFigures>> = {
  finn2017: {
    physicsSteps: 1,
    horizon: 200,
    velocity: 'centre',
    observationSize: 20,
    positionNoise: { kind: 'normal', size: 0.01 },
    velocityNoise: 0.1,
    costOf: 'clipped',
  },
  gym: {
    physicsSteps: 5,
    horizon: 200,
    velocity: 'root',
    observationSize: 17,
    positionNoise: { kind: 'uniform', size: 0.1 },
    velocityNoise: 0.1,
    costOf: 'asked',
  },
};

/** The cost of an action is this times its squared length. */
export const ACTION_COST = 0.05;

const JOINTS_PER_CHEETAH = 6;

/**
 * What brings observations to about ±1 in a run: z, pitch, joints, x- and z-velocity, pitch rate, joint rates, and of
 * finn2017 the centre of mass x, y (always 0), z. Chosen from their spread under random actions, not published.
 */
export const OBSERVATION_SCALES: readonly number[] = [
  5,
  1,
  ...Array<number>(JOINTS_PER_CHEETAH).fill(2),
  1,
  1,
  0.3,
  ...Array<number>(JOINTS_PER_CHEETAH).fill(0.1),
  0.1,
  1,
  5,
];
