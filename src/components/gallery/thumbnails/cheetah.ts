// [MAML] Fig. 5, direction: the half-cheetah after one step each way, as it ran (data/cheetah.json): our physics, our θ.
import { FRAME_SIZE } from '../../../charts/cheetah-body.ts';
import { layoutCheetahLanes } from '../../../charts/cheetah-lanes.ts';
import stored from '../data/cheetah.json';
import type { Thumbnail } from '../thumbnail.ts';

/** Seconds from frame to frame: five steps of physics. */
const DT = 0.05;

const motion = (positions: readonly number[]) => ({ positions, frames: positions.length / FRAME_SIZE });

const LANES = stored.lanes.map(({ goal, before, after }) => ({
  algorithm: 'maml' as const,
  note: '',
  before: motion(before),
  after: motion(after),
  goal,
}));

export const cheetah: Thumbnail = {
  panels: [null],
  seconds: 4,
  layout: (_, view, second) =>
    layoutCheetahLanes({ lanes: LANES, task: 'direction', time: second, dt: DT }, view),
};
