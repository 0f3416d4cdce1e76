// What the experiments of all meta-RL labs have in common: policy, roll-outs, inner and outer loop, RMAML's parts, test
// time. A lab's own experiment adds its environment and its tasks (navigation-experiment.ts). No defaults here.
import type {
  Activation,
  AlgorithmId,
  AlphaMode,
  AppliesTo,
  Initialisation,
  Strategy,
} from './experiment.ts';

export const OUTER_OPTIMIZERS = ['trpo', 'adam'] as const;
/** trpo: natural gradient within a trust region ([MAML]); adam: first-order steps on the same meta-gradient. */
export type OuterOptimizer = (typeof OUTER_OPTIMIZERS)[number];

/** Field names are also the keys in links. */
export interface PolicyExperiment {
  readonly preset: string;
  /** Unsigned 32-bit integer from which every random draw is derived. */
  readonly seed: number;
  /** In canonical order (ALGORITHM_IDS), at least one, no repeats. */
  readonly algorithms: readonly AlgorithmId[];

  // --- policy: a diagonal Gaussian around an MLP's output
  readonly hiddenWidths: readonly number[];
  readonly activation: Activation;
  readonly initialisation: Initialisation;
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

  // --- inner loop
  /** k: REINFORCE steps in training (MAML, FOMAML, RMAML). */
  readonly innerSteps: number;
  /** α (the initial value where it is learned). */
  readonly innerLearningRate: number;

  // --- outer loop
  readonly metaIterations: number;
  /** M: tasks per meta-update. */
  readonly metaBatchSize: number;
  readonly outerOptimizer: OuterOptimizer;
  /** β, Adam's. */
  readonly metaLearningRate: number;
  /** Adam's steps per batch; later ones are taken only while KL stays within maxKl. */
  readonly outerSteps: number;
  /** KL(old ‖ new) of the adapted policies, at most: TRPO's trust region, and where Adam's further steps stop. */
  readonly maxKl: number;
  readonly conjugateGradientIterations: number;
  /** Added to the diagonal of KL's Hessian. */
  readonly damping: number;
  readonly lineSearchTries: number;
  readonly lineSearchBacktrack: number;
  /** Timesteps per task for curvature products; 0: all. */
  readonly curvatureRows: number;

  // --- Reptile
  readonly reptileInnerSteps: number;
  /** ε. */
  readonly reptileStepSize: number;

  // --- RMAML: adaptive α
  readonly adaptiveAlpha: AppliesTo;
  readonly alphaMode: AlphaMode;
  /** α₀, the learning rate of α. */
  readonly alphaLearningRate: number;
  readonly alphaMin: number;
  readonly alphaMax: number;

  // --- RMAML: prioritised task buffer; a task's score is its negative mean return after adaptation
  readonly taskBuffer: AppliesTo;
  readonly strategy: Strategy;
  /** MAX_L, at most metaBatchSize. */
  readonly maxReplayedTasks: number;
  /** Meta-iterations over which L grows linearly from 0 to MAX_L. */
  readonly replayRampIterations: number;

  // --- test time: never alters training
  /** Inner steps that are shown, 0 … 4. */
  readonly testInnerSteps: number;
  readonly testTrajectories: number;
  /** null: what training has (learned or not). */
  readonly testInnerLearningRate: number | null;
  /** Factor on α after the first step; [MAML] halves it. */
  readonly testLaterStepFactor: number;
}
