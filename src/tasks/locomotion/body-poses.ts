// Where the cheetah's capsules are, for drawing: end points in the plane, from a state's positions alone. Not the physics
// (assembly/ has its own); a canvas draws a line of width 2·RADIUS with round caps from one end to the other.
import { sin } from '../../math/elementary.ts';
import { capsuleEnds, type Point } from './capsule-ends.ts';
import {
  BACK_LEG,
  FRONT_LEG,
  JOINTS,
  type LegFigures,
  TORSO_CAPSULES,
  TORSO_HEIGHT,
} from './cheetah-figures.ts';

/** The order of the capsules, from the far side to the near one. */
export const CAPSULES = ['bthigh', 'bshin', 'bfoot', 'torso', 'head', 'fthigh', 'fshin', 'ffoot'] as const;
/** Numbers per capsule: x and z of one end, x and z of the other, in metres, z above the floor. */
export const CAPSULE_NUMBERS = 4;
/** [8, 4] of one cheetah. */
export const POSE_SIZE = CAPSULES.length * CAPSULE_NUMBERS;

const TORSO_ENDS = TORSO_CAPSULES.map(capsuleEnds);
const LEGS = [BACK_LEG, FRONT_LEG].map((leg) => leg.map(({ capsule }) => capsuleEnds(capsule)));
const FIRST_LEG_JOINT = 3;
const TORSO_AT = 3;
const FRONT_LEG_AT = 5;

/**
 * Writes the capsules of the cheetah whose 9 positions (root x, z, pitch, joints) begin at positions[from] to poses[at …],
 * POSE_SIZE numbers. The root, for a camera, is the state's own x and z + TORSO_HEIGHT. Throws a RangeError when the
 * positions are not all there.
 */
export function bodyPoses(
  positions: ArrayLike<number>,
  from: number,
  poses: Float32Array | Float64Array,
  at = 0,
): void {
  if (from + JOINTS > positions.length) {
    throw new RangeError(
      `bodyPoses: got ${positions.length} positions, expected ${JOINTS} from index ${from} on.`,
    );
  }
  const torso = frameAt(positions[from]!, TORSO_HEIGHT + positions[from + 1]!, positions[from + 2]!);
  TORSO_ENDS.forEach((ends, index) => {
    writeCapsule(torso, ends, poses, at + (TORSO_AT + index) * CAPSULE_NUMBERS);
  });
  const joints = from + FIRST_LEG_JOINT;
  writeLeg(0, torso, { positions, from: joints }, { poses, at });
  const front = at + FRONT_LEG_AT * CAPSULE_NUMBERS;
  writeLeg(1, torso, { positions, from: joints + BACK_LEG.length }, { poses, at: front });
}

/** A link's place and turn in the world. */
interface Frame {
  readonly x: number;
  readonly z: number;
  readonly angle: number;
  readonly cos: number;
  readonly sin: number;
}

/** A full turn's worth of angles is taken off first: sin of math/ ends at 2²⁰. */
function frameAt(x: number, z: number, angle: number): Frame {
  const turned = angle % (2 * Math.PI);
  return { x, z, angle, cos: sin(turned + Math.PI / 2), sin: sin(turned) };
}

/** A point of the link's frame in the world: angles turn z towards x. */
function place({ x, z, cos, sin }: Frame, point: Point): Point {
  return { x: x + cos * point.x + sin * point.z, z: z - sin * point.x + cos * point.z };
}

function writeLeg(
  side: 0 | 1,
  torso: Frame,
  joints: { readonly positions: ArrayLike<number>; readonly from: number },
  into: { readonly poses: Float32Array | Float64Array; readonly at: number },
): void {
  const figures: LegFigures = side === 0 ? BACK_LEG : FRONT_LEG;
  let frame = torso;
  figures.forEach((link, index) => {
    const { x, z } = place(frame, link);
    frame = frameAt(x, z, frame.angle + joints.positions[joints.from + index]!);
    writeCapsule(frame, LEGS[side]![index]!, into.poses, into.at + index * CAPSULE_NUMBERS);
  });
}

function writeCapsule(
  frame: Frame,
  [one, other]: readonly [Point, Point],
  poses: Float32Array | Float64Array,
  at: number,
): void {
  const a = place(frame, one);
  const b = place(frame, other);
  poses[at] = a.x;
  poses[at + 1] = a.z;
  poses[at + 2] = b.x;
  poses[at + 3] = b.z;
}
