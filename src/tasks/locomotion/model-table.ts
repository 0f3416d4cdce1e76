// Writes the half-cheetah's numbers into the compiled module's memory, in the form its equations want (assembly/fields.ts).
// All arithmetic on the model that does not depend on a state is done here, once.
import {
  ARMATURE as ARMATURE_FIELD,
  BOLD_STEPS as BOLD_STEPS_FIELD,
  CONTACT_STEEPNESS,
  CONTACT_WEIGHT,
  DAMPING,
  FRICTION as FRICTION_FIELD,
  GEAR,
  GRAVITY as GRAVITY_FIELD,
  HEIGHT,
  IMPEDANCE_LEAST,
  IMPEDANCE_RISE,
  INERTIA,
  LIMIT_STEEPNESS,
  LIMIT_WEIGHT,
  LINK_BYTES,
  LOWER,
  MASS,
  MODEL,
  MOMENT_X,
  MOMENT_Z,
  NEXT_X,
  NEXT_Z,
  RADIUS as RADIUS_FIELD,
  REFERENCE_DAMPING,
  REFERENCE_STIFFNESS,
  SPHERE_A_X,
  SPHERE_A_Z,
  SPHERE_B_X,
  SPHERE_B_Z,
  STEP_DAMPING,
  STIFFNESS,
  TIMESTEP as TIMESTEP_FIELD,
  UPPER,
  WEIGHT,
} from './assembly/fields.ts';
import { capsuleEnds, type Point } from './capsule-ends.ts';
import {
  ARMATURE,
  BACK_LEG,
  CONTACTS,
  FRICTION,
  FRONT_LEG,
  GRAVITY,
  type LegFigures,
  LIMITS,
  RADIUS,
  TIMESTEP,
  TORSO_CAPSULES,
  TORSO_HEIGHT,
} from './cheetah-figures.ts';
import { LINK_INERTIAS, type LinkInertia } from './cheetah-inertias.ts';

/** More than were ever needed in a million steps; where they do not settle, they never would. */
const BOLD_STEPS = 10;
/** MuJoCo's bounds of an impedance. */
const LEAST_IMPEDANCE = 1e-4;
const MOST_IMPEDANCE = 0.9999;

/** Writes all fields from MODEL to WORK. */
export function writeModel(memory: DataView): void {
  const put = (field: number, back: number, front = back) => {
    memory.setFloat64(field, back, true);
    memory.setFloat64(field + 8, front, true);
  };
  writeWhole(put);
  writeTorso(put);
  for (const level of [1, 2, 3] as const) writeLink(put, level);
}

/** One number per leg; the same for both where only one is given. */
type Put = (field: number, back: number, front?: number) => void;

const TORSO = LINK_INERTIAS[0]!;
const LEGS: readonly [readonly LinkInertia[], readonly LinkInertia[]] = [
  LINK_INERTIAS.slice(1, 4),
  LINK_INERTIAS.slice(4, 7),
];

function massOf(links: readonly LinkInertia[]): number {
  return links.reduce((sum, { mass }) => sum + mass, 0);
}

function writeWhole(put: Put): void {
  const mass = massOf(LINK_INERTIAS);
  put(MASS, mass, 0);
  put(WEIGHT, mass * GRAVITY, 0);
  put(GRAVITY_FIELD, GRAVITY);
  put(HEIGHT, TORSO_HEIGHT);
  put(RADIUS_FIELD, RADIUS);
  put(FRICTION_FIELD, FRICTION);
  put(TIMESTEP_FIELD, TIMESTEP);
  // Limits and contacts differ in their width only.
  const least = Math.max(LEAST_IMPEDANCE, LIMITS.impedanceLeast);
  const most = Math.min(MOST_IMPEDANCE, LIMITS.impedanceMost);
  const timeConstant = Math.max(LIMITS.timeConstant, 2 * TIMESTEP);
  put(REFERENCE_DAMPING, 2 / (most * timeConstant));
  put(REFERENCE_STIFFNESS, 1 / square(most * timeConstant * LIMITS.dampingRatio));
  put(IMPEDANCE_LEAST, least);
  put(IMPEDANCE_RISE, most - least);
  put(LIMIT_STEEPNESS, 1 / LIMITS.width);
  put(CONTACT_STEEPNESS, 1 / CONTACTS.width);
  put(BOLD_STEPS_FIELD, BOLD_STEPS);
}

/** The torso's numbers in lane 0, where lanes add up; its hips and its spheres in one lane each. */
function writeTorso(put: Put): void {
  const [backHip, frontHip] = [BACK_LEG[0], FRONT_LEG[0]];
  const [back, front] = [massOf(LEGS[0]), massOf(LEGS[1])];
  put(MODEL + MOMENT_X, TORSO.mass * TORSO.x + back * backHip.x + front * frontHip.x, 0);
  put(MODEL + MOMENT_Z, TORSO.mass * TORSO.z + back * backHip.z + front * frontHip.z, 0);
  put(MODEL + NEXT_X, backHip.x, frontHip.x);
  put(MODEL + NEXT_Z, backHip.z, frontHip.z);
  const own = TORSO.inertia + TORSO.mass * squaredLength(TORSO);
  const legs = back * squaredLength(backHip) + front * squaredLength(frontHip);
  put(MODEL + INERTIA, own + legs + ARMATURE, ARMATURE);
  put(MODEL + CONTACT_WEIGHT, contactWeight(TORSO));
  const [[rear, fore], [neck, crown]] = TORSO_CAPSULES.map(capsuleEnds) as [Ends, Ends];
  put(MODEL + SPHERE_A_X, rear.x, fore.x);
  put(MODEL + SPHERE_A_Z, rear.z, fore.z);
  put(MODEL + SPHERE_B_X, neck.x, crown.x);
  put(MODEL + SPHERE_B_Z, neck.z, crown.z);
}

type Ends = ReturnType<typeof capsuleEnds>;

function writeLink(put: Put, level: 1 | 2 | 3): void {
  const at = MODEL + level * LINK_BYTES;
  const [back, front] = [linkNumbers(BACK_LEG, LEGS[0], level), linkNumbers(FRONT_LEG, LEGS[1], level)];
  back.forEach(([field, value], index) => {
    put(at + field, value, front[index]![1]);
  });
}

/** [field, number] of one link of one leg. */
function linkNumbers(figures: LegFigures, inertias: readonly LinkInertia[], level: 1 | 2 | 3) {
  const { joint, capsule } = figures[level - 1]!;
  const own = inertias[level - 1]!;
  const next = level === 3 ? { x: 0, z: 0 } : figures[level];
  const below = massOf(inertias.slice(level));
  // Of the link's own joint and of the next one, whose rates both have this link's angle in them.
  const armatures = level === 3 ? ARMATURE : 2 * ARMATURE;
  const [a, b] = capsuleEnds(capsule);
  const numbers: [number, number][] = [
    [MOMENT_X, own.mass * own.x + below * next.x],
    [MOMENT_Z, own.mass * own.z + below * next.z],
    [NEXT_X, next.x],
    [NEXT_Z, next.z],
    [INERTIA, own.inertia + own.mass * squaredLength(own) + below * squaredLength(next) + armatures],
    [ARMATURE_FIELD, ARMATURE],
    [STIFFNESS, joint.stiffness],
    [DAMPING, joint.damping],
    [STEP_DAMPING, TIMESTEP * joint.damping],
    [GEAR, joint.gear],
    [LOWER, joint.lower],
    [UPPER, joint.upper],
    [LIMIT_WEIGHT, 1 / own.jointInverseWeight!],
    [CONTACT_WEIGHT, contactWeight(own)],
    [SPHERE_A_X, a.x],
    [SPHERE_A_Z, a.z],
    [SPHERE_B_X, b.x],
    [SPHERE_B_Z, b.z],
  ];
  return numbers;
}

/** 1/R of a pyramid's edge is impedance / (1 − impedance) times this. */
function contactWeight({ inverseWeight }: LinkInertia): number {
  const squared = square(FRICTION);
  return 1 / (2 * squared * (1 + squared) * inverseWeight);
}

/** Not x ** 2: that is Math.pow, which each browser may round as it likes. */
function square(x: number): number {
  return x * x;
}

function squaredLength({ x, z }: Point): number {
  return x * x + z * z;
}
