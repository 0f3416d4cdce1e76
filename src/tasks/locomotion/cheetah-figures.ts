// The standard half-cheetah as its designers wrote it down (the model file of the common benchmark suites): lengths in
// metres, angles in radians, x forward, z up, angles about +y. What follows from it by integration is in
// cheetah-inertias.ts; how it moves, in assembly/.

/** Joints: root x, z, pitch; thigh, shin, foot of the back leg; of the front leg. */
export const JOINTS = 9;

/** A capsule, drawn and touching the floor with its two end spheres. */
export interface CapsuleFigures {
  /** Its centre in the link's frame. */
  readonly x: number;
  readonly z: number;
  /** Of its axis, from +z towards +x. */
  readonly angle: number;
  readonly halfLength: number;
}

export interface JointFigures {
  readonly lower: number;
  readonly upper: number;
  /** N m/rad, towards angle 0. */
  readonly stiffness: number;
  /** N m s/rad */
  readonly damping: number;
  /** N m at an action of 1. */
  readonly gear: number;
}

export interface LinkFigures {
  readonly name: string;
  /** Where it hangs on the link above, in that link's frame; the joint is there. */
  readonly x: number;
  readonly z: number;
  readonly joint: JointFigures;
  readonly capsule: CapsuleFigures;
}

export const TORSO_CAPSULES: readonly [CapsuleFigures, CapsuleFigures] = [
  { x: 0, z: 0, angle: Math.PI / 2, halfLength: 0.5 },
  { x: 0.6, z: 0.1, angle: 0.87, halfLength: 0.15 },
];

/** Thigh, shin, foot. */
export type LegFigures = readonly [LinkFigures, LinkFigures, LinkFigures];

export const BACK_LEG: LegFigures = [
  {
    name: 'bthigh',
    x: -0.5,
    z: 0,
    joint: { lower: -0.52, upper: 1.05, stiffness: 240, damping: 6, gear: 120 },
    capsule: { x: 0.1, z: -0.13, angle: -3.8, halfLength: 0.145 },
  },
  {
    name: 'bshin',
    x: 0.16,
    z: -0.25,
    joint: { lower: -0.785, upper: 0.785, stiffness: 180, damping: 4.5, gear: 90 },
    capsule: { x: -0.14, z: -0.07, angle: -2.03, halfLength: 0.15 },
  },
  {
    name: 'bfoot',
    x: -0.28,
    z: -0.14,
    joint: { lower: -0.4, upper: 0.785, stiffness: 120, damping: 3, gear: 60 },
    capsule: { x: 0.03, z: -0.097, angle: -0.27, halfLength: 0.094 },
  },
];

export const FRONT_LEG: LegFigures = [
  {
    name: 'fthigh',
    x: 0.5,
    z: 0,
    joint: { lower: -1, upper: 0.7, stiffness: 180, damping: 4.5, gear: 120 },
    capsule: { x: -0.07, z: -0.12, angle: 0.52, halfLength: 0.133 },
  },
  {
    name: 'fshin',
    x: -0.14,
    z: -0.24,
    joint: { lower: -1.2, upper: 0.87, stiffness: 120, damping: 3, gear: 60 },
    capsule: { x: 0.065, z: -0.09, angle: -0.6, halfLength: 0.106 },
  },
  {
    name: 'ffoot',
    x: 0.13,
    z: -0.18,
    joint: { lower: -0.5, upper: 0.5, stiffness: 60, damping: 1.5, gear: 30 },
    capsule: { x: 0.045, z: -0.07, angle: -0.6, halfLength: 0.07 },
  },
];

/** Of all capsules. */
export const RADIUS = 0.046;
/** Height of the torso's origin above the floor in the default pose. */
export const TORSO_HEIGHT = 0.7;
export const TOTAL_MASS = 14;
export const GRAVITY = 9.81;
/** Rotor inertia of each joint, kg m². */
export const ARMATURE = 0.1;
export const FRICTION = 0.4;
/** Seconds of one physics step. */
export const TIMESTEP = 0.01;

/** MuJoCo's solref and solimp of one kind of constraint. */
export interface SoftConstraint {
  readonly timeConstant: number;
  readonly dampingRatio: number;
  readonly impedanceLeast: number;
  readonly impedanceMost: number;
  /** Depth over which the impedance rises, rad or m. */
  readonly width: number;
}

export const LIMITS: SoftConstraint = {
  timeConstant: 0.02,
  dampingRatio: 1,
  impedanceLeast: 0,
  impedanceMost: 0.8,
  width: 0.03,
};

export const CONTACTS: SoftConstraint = { ...LIMITS, width: 0.01 };
