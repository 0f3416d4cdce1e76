// Where the fields of the policy kernels' records lie, in bytes; shared by the kernels (policy-*.ts) and by the code
// that fills the records (../policy-layout.ts). Fields are 32-bit numbers, pointers byte addresses in the memory.

/** Bytes to which every row of units is filled up: one vector. */
export const VECTOR_BYTES = 16;
/** Timesteps that go through the net together: their levels and a layer's weights stay in a core's first cache. */
export const POLICY_CHUNK = 64;

/** Net: a policy's shape, its parameters and the buffers for one chunk of timesteps. */
export const POLICY_LAYERS = 0;
export const POLICY_ACTIVATION = 4;
/** θ and v, each padded, with the transposed weights after them. */
export const POLICY_PARAMS = 8;
export const POLICY_VECTOR = 12;
/** Sums over timesteps of derivatives, padded; no transposed weights. */
export const POLICY_SUMS = 16;
export const POLICY_SUM_BYTES = 20;
/** A row of zeros, as long as the longest row. */
export const POLICY_ZEROS = 24;
/** float64 [A]: logStd that acts, 1 / std, the direction's logStd, sums for logStd, and a place for what nobody wants. */
export const POLICY_LOG_STD = 28;
export const POLICY_INVERSE_STD = 32;
export const POLICY_R_LOG_STD = 36;
export const POLICY_LOG_STD_SUMS = 40;
export const POLICY_SPARE = 44;
/** float64: surrogate loss and KL. */
export const POLICY_VALUES = 48;
/** First of the level records, level 0 being the observations; the layer records, an address. */
export const POLICY_LAYER_RECORDS = 52;
export const POLICY_LEVEL_0 = 64;

export const POLICY_LAYER_BYTES = 32;
export const WEIGHTS_INPUTS = 0;
export const WEIGHTS_OUTPUTS = 4;
/** Bytes from one input's row of weights to the next. */
export const WEIGHTS_STRIDE = 8;
/** Offsets in a padded vector. */
export const WEIGHTS_AT = 12;
export const BIAS_AT = 16;
/** The transposed weights, one row per output; layer 0 has none. */
export const TRANSPOSED_AT = 20;
export const TRANSPOSED_STRIDE = 24;

export const POLICY_LEVEL_BYTES = 64;
/** Bytes from one timestep's row to the next. */
export const ROW_STRIDE = 0;
/** The rows of the chunk at work: a, and ∂loss/∂a. */
export const VALUES = 4;
export const VALUE_GRADIENTS = 8;
/** ∂loss/∂z */
export const DELTAS = 12;
/** R{z} (the outputs' is R{a} too), R{a}, and R{∂loss/∂z}, which on the way there is R{∂loss/∂a}. */
export const R_SUMS = 16;
export const R_VALUES = 20;
export const R_DELTAS = 24;
/** Where VALUES and VALUE_GRADIENTS point when the timesteps keep none of their own. */
export const OWN_VALUES = 28;
export const OWN_VALUE_GRADIENTS = 32;
/** Bytes that one timestep takes of the kept values of the levels below this one. */
export const KEPT_AT = 36;

/** Rows: one task's timesteps. */
export const ROWS_COUNT = 0;
/** float32 [N, O], [N, A], [N]. */
export const ROWS_OBSERVATIONS = 4;
export const ROWS_ACTIONS = 8;
export const ROWS_ADVANTAGES = 12;
/** The old policy: float64 [N], float32 [N, A], float64 [A] logStd and [A] variance. */
export const ROWS_OLD_LOG_PROBS = 16;
export const ROWS_OLD_MEANS = 20;
export const ROWS_OLD_LOG_STD = 24;
export const ROWS_OLD_VARIANCE = 28;
/** Values and ∂loss/∂a of all timesteps, level after level; 0 where they are not kept. */
export const ROWS_KEPT_VALUES = 32;
export const ROWS_KEPT_GRADIENTS = 36;
/** float64: c of the surrogate's clipped ratios, Infinity for none. */
export const ROWS_RATIO_CLIP = 40;
export const ROWS_BYTES = 64;

/** Heads of policyGradient. */
export const REINFORCE = 0;
export const SURROGATE = 1;
