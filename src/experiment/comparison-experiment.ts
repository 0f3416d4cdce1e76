// What the experiments of all labs that compare meta-learning algorithms have in common, supervised or by reward. A
// lab's own experiment adds its tasks and its data. No defaults here.
import type {
  Activation,
  AlgorithmId,
  AlphaMode,
  AppliesTo,
  Initialisation,
  Strategy,
} from './experiment.ts';

/** Field names are also the keys in links. */
export interface ComparisonExperiment {
  /** The preset that this experiment started from; links list only what differs from it. */
  readonly preset: string;
  /** Unsigned 32-bit integer from which every random draw is derived. */
  readonly seed: number;
  /** In canonical order (ALGORITHM_IDS), at least one, no repeats. */
  readonly algorithms: readonly AlgorithmId[];

  // --- network
  readonly hiddenWidths: readonly number[];
  readonly activation: Activation;
  readonly initialisation: Initialisation;

  // --- inner loop
  /** k: inner gradient steps in training (MAML, FOMAML, RMAML). */
  readonly innerSteps: number;
  /** α (the initial value where it is learned). */
  readonly innerLearningRate: number;

  // --- outer loop
  readonly metaIterations: number;
  /** M: tasks per meta-update. */
  readonly metaBatchSize: number;
  /** β. */
  readonly metaLearningRate: number;

  // --- Reptile (its inner steps see fresh data each)
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

  // --- RMAML: prioritised task buffer
  readonly taskBuffer: AppliesTo;
  readonly strategy: Strategy;
  /** MAX_L, at most metaBatchSize. */
  readonly maxReplayedTasks: number;
  /** Meta-iterations over which L grows linearly from 0 to MAX_L. */
  readonly replayRampIterations: number;

  // --- test time: never alters training
  readonly testInnerSteps: number;
  /** null: what training has (learned or not). */
  readonly testInnerLearningRate: number | null;
}
