// Many cheetahs at once, as stick figures: one mark for all of a task, so that hundreds of them are drawn in a frame's
// time. Who is out of view costs nothing but a look.
import { bodyPoses, CAPSULES, POSE_SIZE } from '../tasks/locomotion/body-poses.ts';
import { type CheetahMotion, FRAME_SIZE, type LaneGround, positionsInto } from './cheetah-body.ts';
import { viridis } from './palette.ts';
import type { ChartView, Mark } from './scene.ts';

/** The trajectories of one task. */
export interface CheetahSwarm {
  /** Where the task's goal lies in the range of goals, 0 … 1; null: they are not told apart. */
  readonly share: number | null;
  readonly motions: readonly CheetahMotion[];
}

const LINE_WIDTH = 1.25;
const OPACITY = 0.45;
/** Viridis ends in a yellow that nobody sees on white. */
const LIGHTEST = 0.82;
/** Half a cheetah with its legs out, in metres. */
const REACH = 1.2;
/** Per capsule: two ends and a lifted pen. */
const SEGMENT = 6;

// Of all swarms in turn: nothing is allocated per animal.
const positions = new Float64Array(FRAME_SIZE);
const poses = new Float64Array(POSE_SIZE);

/** The swarms at `frame`, in the lane on `ground`; `color` where they are not told apart. */
export function layoutSwarms(
  swarms: readonly CheetahSwarm[],
  frame: number,
  ground: LaneGround,
  { view, color, role }: { readonly view: ChartView; readonly color: string; readonly role: string },
): readonly Mark[] {
  return swarms.map(({ share, motions }, index) => {
    const isTold = share !== null && view.theme.name !== 'forced';
    return {
      kind: 'line',
      role: `${role}:${index}`,
      points: pixelsOf(motions, frame, ground),
      stroke: isTold ? viridis(LIGHTEST * share) : color,
      lineWidth: LINE_WIDTH,
      opacity: OPACITY,
      clip: ground.plot,
    };
  });
}

/** The capsules of all motions in view as one line that lifts its pen between two. */
function pixelsOf(motions: readonly CheetahMotion[], frame: number, ground: LaneGround): Float64Array {
  const { unit, left, plot, floor } = ground;
  const right = left + plot.width / unit;
  const pixels = new Float64Array(motions.length * CAPSULES.length * SEGMENT);
  let at = 0;
  for (const motion of motions) {
    if (motion.frames === 0) continue;
    positionsInto(motion, frame, positions);
    const x = positions[0]!;
    if (x < left - REACH || x > right + REACH) continue;
    bodyPoses(positions, 0, poses);
    for (let i = 0; i < POSE_SIZE; i += 4) {
      pixels[at] = plot.x + (poses[i]! - left) * unit;
      pixels[at + 1] = floor - poses[i + 1]! * unit;
      pixels[at + 2] = plot.x + (poses[i + 2]! - left) * unit;
      pixels[at + 3] = floor - poses[i + 3]! * unit;
      pixels[at + 4] = Number.NaN;
      pixels[at + 5] = Number.NaN;
      at += SEGMENT;
    }
  }
  return pixels.subarray(0, at);
}

/** The least and the greatest root x of all swarms at `frame`, in metres; null without any. */
export function swarmExtent(
  swarms: readonly CheetahSwarm[],
  frame: number,
): readonly [number, number] | null {
  let least = Number.POSITIVE_INFINITY;
  let greatest = Number.NEGATIVE_INFINITY;
  for (const { motions } of swarms) {
    for (const motion of motions) {
      if (motion.frames === 0) continue;
      positionsInto(motion, frame, positions);
      const x = positions[0]!;
      if (x < least) least = x;
      if (x > greatest) greatest = x;
    }
  }
  return least <= greatest ? [least, greatest] : null;
}
