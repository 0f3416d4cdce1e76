// What the experiments of all meta-RL labs have in common beyond those of other labs: policy, roll-outs, TRPO, test
// time. A lab's own experiment adds its environment and its tasks (navigation-experiment.ts). No defaults here.
import type { ComparisonExperiment } from './comparison-experiment.ts';

export const OUTER_OPTIMIZERS = ['trpo', 'adam'] as const;
/** trpo: natural gradient within a trust region ([MAML]); adam: first-order steps on the same meta-gradient. */
export type OuterOptimizer = (typeof OUTER_OPTIMIZERS)[number];

/**
 * Field names are also the keys in links. The policy is a diagonal Gaussian around an MLP's output, inner steps are
 * REINFORCE's, β is Adam's, and a task's score is its negative mean return after adaptation.
 */
export interface PolicyExperiment extends ComparisonExperiment {
  // --- policy
  /** log σ of every action before training. */
  readonly initialLogStd: number;
  /** log σ never acts below this. */
  readonly minLogStd: number;

  // --- roll-outs
  /** E: trajectories per task, before each inner step and after the last. */
  readonly trajectoriesPerTask: number;
  /** H: steps per trajectory, at most. */
  readonly horizon: number;
  /** γ */
  readonly discount: number;
  /** λ of generalised advantage estimation. */
  readonly gaeLambda: number;

  // --- outer loop
  readonly outerOptimizer: OuterOptimizer;
  /** Adam's steps per batch; later ones are taken only while KL stays within maxKl. */
  readonly outerSteps: number;
  /** c: Adam's further steps gain nothing where π(a | s) ∕ π_old(a | s) has left 1 ± c; null: no limit. */
  readonly ratioClip: number | null;
  /** KL that Adam's steps on one batch should come to: β follows it, and none is taken beyond twice that. */
  readonly klTarget: number | null;
  /** KL(old ‖ new) of the adapted policies, at most: TRPO's trust region, and where Adam's further steps stop. */
  readonly maxKl: number;
  readonly conjugateGradientIterations: number;
  /** Added to the diagonal of KL's Hessian. */
  readonly damping: number;
  readonly lineSearchTries: number;
  readonly lineSearchBacktrack: number;
  /** Timesteps per task for curvature products; 0: all. */
  readonly curvatureRows: number;

  // --- test time: never alters training; testInnerSteps is 0 … 4
  readonly testTrajectories: number;
  /** Factor on α after the first step; [MAML] halves it. */
  readonly testLaterStepFactor: number;
}
