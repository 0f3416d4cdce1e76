// Where everything lies in the module's memory, in bytes; shared with ../model-table.ts, which writes the model's numbers.
// Every field is a pair of doubles: back leg, front leg. Vectors are (x, z) in the frame that the comment names.
// Links are numbered along a leg: 0 torso, 1 thigh, 2 shin, 3 foot; joint j joins link j to link j − 1.

/** Bytes of one field. */
export const PAIR = 16;

/** The state of an environment: q, v, warm-start acceleration; 9 doubles each, in MuJoCo's order of joints. */
export const STATE_BYTES = 216;
export const ACTION_BYTES = 48;

// ── The model's records, links 0 … 3 ──
export const MODEL = 1024;
export const LINK_BYTES = 320;
/** Σ mass · position of all that hangs on the link, in its own frame; for the torso in lane 0, and 0 in lane 1. */
export const MOMENT_X = 0;
export const MOMENT_Z = 16;
/** The next joint in the link's frame; for the torso the two hips. */
export const NEXT_X = 32;
export const NEXT_Z = 48;
/** The diagonal of the mass matrix: a constant when angles are absolute. Armatures are in it. The torso's: lanes add up. */
export const INERTIA = 64;
/** The link's own joint. */
export const ARMATURE = 80;
export const STIFFNESS = 96;
export const DAMPING = 112;
/** Timestep · damping. */
export const STEP_DAMPING = 128;
export const GEAR = 144;
export const LOWER = 160;
export const UPPER = 176;
/** 1 / inverse weight of the joint. */
export const LIMIT_WEIGHT = 192;
/** 1 / (2μ²(1 + μ²) · inverse weight of the body). */
export const CONTACT_WEIGHT = 208;
/** The centres of the link's two contact spheres; of the torso: its capsule's ends, then the head's. */
export const SPHERE_A_X = 224;
export const SPHERE_A_Z = 240;
export const SPHERE_B_X = 256;
export const SPHERE_B_Z = 272;

// ── Numbers that hold for the whole model ──
export const WHOLE = 2304;
/** (total mass, 0): lanes add up. */
export const MASS = WHOLE;
/** (total weight, 0). */
export const WEIGHT = WHOLE + 16;
export const GRAVITY = WHOLE + 32;
/** Height of the root above the floor at z = 0. */
export const HEIGHT = WHOLE + 48;
export const RADIUS = WHOLE + 64;
export const FRICTION = WHOLE + 80;
export const TIMESTEP = WHOLE + 96;
/** B and K of the constraints' reference acceleration. */
export const REFERENCE_DAMPING = WHOLE + 112;
export const REFERENCE_STIFFNESS = WHOLE + 128;
export const IMPEDANCE_LEAST = WHOLE + 144;
export const IMPEDANCE_RISE = WHOLE + 160;
/** 1 / width of the impedance's rise, of limits and of contacts. */
export const LIMIT_STEEPNESS = WHOLE + 176;
export const CONTACT_STEEPNESS = WHOLE + 192;
/** Newton steps taken whole before their length is searched for; not the model's, but tests ask for 0. */
export const BOLD_STEPS = WHOLE + 208;

// ── Work space: links 0 … 3 ──
export const WORK = 4096;
export const WORK_BYTES = 384;
export const COS = 0;
export const SIN = 16;
/** Absolute angular velocity. */
export const SPIN = 32;
/** MOMENT and NEXT, turned into the world. */
export const S_X = 48;
export const S_Z = 64;
export const D_X = 80;
export const D_Z = 96;
/** Angle and velocity of the joint. */
export const JOINT = 112;
export const JOINT_RATE = 128;
/** Height of the link's own joint (of the torso: its origin) above the floor. */
export const JOINT_Z = 144;
/** Motor torque on the joint. */
export const MOTOR = 160;
/** Sums over the link's contacts in use: stiffness W (tangential, mixed, normal), W·turned lever, turned lever·W·turned lever. */
export const W_TT = 176;
export const W_TN = 192;
export const W_NN = 208;
export const WL_T = 224;
export const WL_N = 240;
export const LWL = 256;
/** Force and moment that the contacts in use would exert at zero acceleration. */
export const PUSH_T = 272;
export const PUSH_N = 288;
export const PUSH_M = 304;
/** Velocity or acceleration of the link's own joint: see newton.ts. */
export const ANCHOR_X = 320;
export const ANCHOR_Z = 336;

// ── Vectors (absolute angles of links 0 … 3, root x, root z) and symmetric matrices over them ──
// Rows and columns X, Z and 0 belong to both legs: there the lanes of a force and of a matrix add up, and those of an
// acceleration are equal.
export const V0 = 0;
export const V1 = 16;
export const V2 = 32;
export const V3 = 48;
export const VX = 64;
export const VZ = 80;
export const VECTOR_BYTES = 96;

export const M33 = 0;
export const M23 = 16;
export const M13 = 32;
export const M03 = 48;
export const MX3 = 64;
export const MZ3 = 80;
export const M22 = 96;
export const M12 = 112;
export const M02 = 128;
export const MX2 = 144;
export const MZ2 = 160;
export const M11 = 176;
export const M01 = 192;
export const MX1 = 208;
export const MZ1 = 224;
export const M00 = 240;
export const MX0 = 256;
export const MZ0 = 272;
export const MXX = 288;
export const MXZ = 304;
export const MZZ = 320;
export const MATRIX_BYTES = 336;

const ALGEBRA = 6144;
/** Mass matrix. */
export const MASS_MATRIX = ALGEBRA;
/** The matrix to be solved with. */
export const SYSTEM = ALGEBRA + MATRIX_BYTES;
const VECTORS = SYSTEM + MATRIX_BYTES;
/** All forces but those of constraints. */
export const FORCE = VECTORS;
/** The right-hand side to be solved for. */
export const LOAD = VECTORS + VECTOR_BYTES;
/** Velocities and accelerations of (absolute angles, root). */
export const VELOCITY = VECTORS + 2 * VECTOR_BYTES;
export const ACCELERATION = VECTORS + 3 * VECTOR_BYTES;
export const CANDIDATE = VECTORS + 4 * VECTOR_BYTES;

// ── Constraints: three pairs of joint limits, eight pairs of contacts ──
export const ROWS = 8192;
export const ROW_BYTES = 256;
export const LIMIT_ROWS = 3;
export const CONTACT_ROWS = 8;
/** The number of the row's link, as a 32-bit number. */
export const ROW_LINK = 0;
/** 1/R, and 0 in a lane that has no such constraint now. */
export const STIFF = 16;
/** −(reference acceleration): what must be added to J·a. Of a limit, in OFFSET_N. */
export const OFFSET_T = 32;
export const OFFSET_N = 48;
/** The contact's lever from the link's own joint; of a limit, SIGN: +1 at the lower end, −1 at the upper one. */
export const LEVER_X = 64;
export const LEVER_Z = 80;
export const SIGN = 64;
/** J·a − reference of the constraint, at ACCELERATION and at CANDIDATE. */
export const NOW_T = 96;
export const NOW_N = 112;
export const NEXT_T = 128;
export const NEXT_N = 144;
/** Which of the pyramid's edges n + μt, n − μt and n push, at ACCELERATION; a limit uses the last. */
export const USED_PLUS = 160;
export const USED_MINUS = 176;
export const USED_N = 192;
/** The lanes that have this constraint now. */
export const HERE = 208;

/** List of the constraints present: addresses of rows, 32-bit numbers. */
export const PRESENT = 11264;
// What hangs on the link that rows.ts has come to: stiffness and push of all contacts further down; and the coupling of the
// link's angle with the root's x and z.
export const BELOW_TT = 11392;
export const BELOW_TN = BELOW_TT + 16;
export const BELOW_NN = BELOW_TT + 32;
export const BELOW_T = BELOW_TT + 48;
export const BELOW_N = BELOW_TT + 64;
export const BELOW_BYTES = 80;
export const TO_X = BELOW_TT + 80;
export const TO_Z = BELOW_TT + 96;
/** Sums over the rows along a line (newton.ts). */
export const ROWS_SLOPE = BELOW_TT + 112;
export const ROWS_CURVATURE = BELOW_TT + 128;
/** The step's acceleration in joint space. */
export const STEPPED = BELOW_TT + 144;

/** First byte of the environments' states. */
export const FREE = 12288;
