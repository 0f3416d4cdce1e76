// One cheetah as marks: its capsules with their true lengths and widths, the far leg paler, or all of it as a ghost. Where
// it stands comes from recorded positions, straight lines between two of them.
import { bodyPoses, CAPSULES, POSE_SIZE } from '../tasks/locomotion/body-poses.ts';
import { RADIUS } from '../tasks/locomotion/cheetah-figures.ts';
import { mixColours } from './palette.ts';
import type { ChartView, Mark, Rect } from './scene.ts';

/** Positions of a cheetah over time: root x, z, pitch and six joints, in metres and radians. */
export interface CheetahMotion {
  /** [frames, 9] */
  readonly positions: ArrayLike<number>;
  readonly frames: number;
}

/** Numbers per frame. */
export const FRAME_SIZE = 9;

/** The 9 positions at `frame` (fractional, clamped to the recording). */
export function positionsAt(motion: CheetahMotion, frame: number): Float64Array {
  const into = new Float64Array(FRAME_SIZE);
  positionsInto(motion, frame, into);
  return into;
}

/** The same, written to `into` [9]. */
export function positionsInto({ positions, frames }: CheetahMotion, frame: number, into: Float64Array): void {
  const last = Math.max(frames - 1, 0);
  const at = Math.min(Math.max(frame, 0), last);
  const low = Math.floor(at);
  const high = Math.min(low + 1, last);
  for (let i = 0; i < FRAME_SIZE; i++) {
    const from = positions[low * FRAME_SIZE + i] ?? 0;
    into[i] = from + (at - low) * ((positions[high * FRAME_SIZE + i] ?? from) - from);
  }
}

/** Speed of the root over the half second before `frame`, in m/s; from the start on while there is less. */
export function speedAt(motion: CheetahMotion, frame: number, dt: number): number {
  const to = Math.min(Math.max(frame, 0), motion.frames - 1);
  const from = Math.max(to - 0.5 / dt, 0);
  if (to <= from) return 0;
  return (positionsAt(motion, to)[0]! - positionsAt(motion, from)[0]!) / ((to - from) * dt);
}

/** From metres to pixels: x to the right, z upward from the ground line. */
export interface LaneGround {
  /** Pixels per metre. */
  readonly unit: number;
  /** Metres at the plot's left edge. */
  readonly left: number;
  readonly plot: Rect;
  /** Pixel height of z = 0. */
  readonly floor: number;
}

const FAR_LEG = CAPSULES.indexOf('bfoot') + 1;
/** The far leg's share of the colour. */
const FAR_STRENGTH = 0.55;
const GHOST_OPACITY = 0.38;

export interface BodyLook {
  readonly role: string;
  readonly color: string;
  readonly ghost: boolean;
}

/** The cheetah at `positions` [9]. */
export function layoutBody(
  positions: ArrayLike<number>,
  ground: LaneGround,
  view: ChartView,
  look: BodyLook,
): readonly Mark[] {
  const poses = new Float64Array(POSE_SIZE);
  bodyPoses(positions, 0, poses);
  const capsules = (from: number, to: number): Float64Array => {
    const pixels: number[] = [];
    for (let i = from; i < to; i++) {
      const [x0, z0, x1, z1] = poses.subarray(4 * i, 4 * i + 4);
      pixels.push(ground.plot.x + (x0! - ground.left) * ground.unit, ground.floor - z0! * ground.unit);
      pixels.push(ground.plot.x + (x1! - ground.left) * ground.unit, ground.floor - z1! * ground.unit);
      pixels.push(Number.NaN, Number.NaN);
    }
    return Float64Array.from(pixels);
  };
  const line = (part: string, stroke: string, from: number, to: number): Mark => ({
    kind: 'line',
    role: `${look.role}:${part}`,
    points: capsules(from, to),
    stroke,
    // A line this wide with round ends is the capsule's exact outline.
    lineWidth: Math.max(2 * RADIUS * ground.unit, 1.5),
    cap: 'round',
    opacity: look.ghost ? GHOST_OPACITY : 1,
    clip: ground.plot,
  });
  if (look.ghost) return [line('body', look.color, 0, CAPSULES.length)];
  // System colours cannot be mixed.
  const far =
    view.theme.name === 'forced' ? look.color : mixColours(view.theme.surface, look.color, FAR_STRENGTH);
  return [line('far', far, 0, FAR_LEG), line('near', look.color, FAR_LEG, CAPSULES.length)];
}
