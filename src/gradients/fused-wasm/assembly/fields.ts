// Where the fields of the kernels' records lie, in bytes; shared by the kernels and by the code that fills the records
// (../arena.ts). Every field is a 32-bit number; a pointer is a byte address in the module's memory.

/** Bytes to which every row of units is filled up with zeros: two vectors, so that no loop has a remainder. */
export const ROW_BYTES = 32;
/** Points that one mask word tells active from inactive. */
export const CHUNK = 32;

export const RELU = 0;
export const TANH = 1;
export const SIGMOID = 2;
export const SOFTPLUS = 3;

/** Net: what depends on the shape alone. */
export const NET_LAYERS = 0;
export const NET_ACTIVATION = 4;
/** Bytes of a parameter vector in the kernels' padded layout. */
export const NET_PARAM_BYTES = 8;
/** A row of zeros, as long as the longest row. */
export const NET_ZEROS = 12;
/** The number 1 as a float. */
export const NET_ONE = 16;
/** First of the layer records. */
export const NET_LAYER_0 = 32;
export const LAYER_BYTES = 32;
export const LAYER_INPUTS = 0;
export const LAYER_OUTPUTS = 4;
/** Bytes from one row of weights to the next: over outputs, in the last layer over inputs (it lies transposed). */
export const LAYER_ROW_STRIDE = 8;
/** Offsets in the padded parameter vector. */
export const LAYER_WEIGHTS_AT = 12;
export const LAYER_BIAS_AT = 16;

/** Pass: the buffers of one forward and backward pass over N points. */
export const PASS_POINTS = 0;
/** List of all points: [N, 0, 1, …, N − 1]. */
export const PASS_POINT_LIST = 4;
/**
 * Per unit of level 1 the bytes from PASS_SUMS to its slot of running sums; 0 where the first two layers are computed
 * point by point: see hinges.ts.
 */
export const PASS_SLOTS = 8;
/** 2 (N + 1) slots of four rows of level 2 each. */
export const PASS_SUMS = 12;
export const PASS_LEVEL_0 = 16;
export const LEVEL_BYTES = 64;
export const LEVEL_UNITS = 0;
/** Bytes from one point's row to the next. */
export const LEVEL_STRIDE = 4;
/** a */
export const LEVEL_VALUES = 8;
/** f′(z); unused with ReLU. */
export const LEVEL_SLOPES = 12;
/** ∂loss/∂a; the same buffer as the deltas with ReLU. */
export const LEVEL_VALUE_GRADIENTS = 16;
/** ∂loss/∂z */
export const LEVEL_DELTAS = 20;
/** Per point a list [count, unit, unit, …] of the active units. */
export const LEVEL_LISTS = 24;
/** Bytes from one point's list to the next; 0 where all units are always active. */
export const LEVEL_LIST_STRIDE = 28;
/** Per chunk of points and per unit a word whose bit n tells whether the unit is active at the chunk's n-th point. */
export const LEVEL_MASKS = 32;
/** R{z} (the same buffer as R{a} with ReLU), R{a} and R{∂loss/∂z}, which on the way there is R{∂loss/∂a}. */
export const LEVEL_R_SUMS = 36;
export const LEVEL_R_VALUES = 40;
export const LEVEL_R_DELTAS = 44;

/** Job: one request. */
export const JOB_KIND = 0;
export const JOB_STEPS = 4;
export const JOB_TASKS = 8;
export const JOB_SETS = 12;
/** Per task points and targets, and the bytes from one task to the next. */
export const JOB_SUPPORT_X = 16;
export const JOB_SUPPORT_Y = 20;
export const JOB_QUERY_X = 24;
export const JOB_QUERY_Y = 28;
export const JOB_SUPPORT_X_STRIDE = 32;
export const JOB_SUPPORT_Y_STRIDE = 36;
export const JOB_QUERY_X_STRIDE = 40;
export const JOB_QUERY_Y_STRIDE = 44;
/** θ_0 … θ_k, one after the other. */
export const JOB_PATH = 48;
export const JOB_ALPHA = 52;
/** ∇L(θ_0) …; a stride of 0 where nobody needs the earlier ones. */
export const JOB_GRADIENTS = 56;
export const JOB_GRADIENT_STRIDE = 60;
/** Support passes; a stride of 0 where nobody needs the earlier ones. */
export const JOB_PASSES = 64;
export const JOB_PASS_STRIDE = 68;
export const JOB_QUERY_PASS = 72;
/** v */
export const JOB_COTANGENT = 76;
/** −α∘v */
export const JOB_SCALED = 80;
/** Sum over tasks of the meta-gradients. */
export const JOB_TOTAL = 84;
/** Sum over tasks of ∂Q/∂α per parameter; 0 when not asked for. */
export const JOB_ALPHA_TOTAL = 88;
/** [M], for adapt [k + 1, M]. */
export const JOB_SUPPORT_LOSSES = 92;
export const JOB_QUERY_LOSSES = 96;
/** θ_k of every task, flat [M, P]; 0 when not asked for. */
export const JOB_ADAPTED = 100;
export const JOB_BYTES = 128;

/** Task: what draw.ts draws, as float64. */
export const TASK_BYTES = 24;
export const TASK_AMPLITUDE = 0;
export const TASK_PHASE = 8;
/** 1 or 0. */
export const TASK_IS_NOISE = 16;

/** Range of tasks, float64. */
export const RANGE_BYTES = 32;
export const RANGE_AMPLITUDE_MIN = 0;
export const RANGE_AMPLITUDE_MAX = 8;
export const RANGE_PHASE_MIN = 16;
export const RANGE_PHASE_MAX = 24;

export const SECOND = 0;
export const FIRST = 1;
export const REPTILE = 2;
