import { describe, expect, it } from 'vitest';
import { key, uniform } from '../../math/rng.ts';
import { bodyPoses, CAPSULES, POSE_SIZE } from './body-poses.ts';
import { TORSO_HEIGHT } from './cheetah-figures.ts';
import { openOracle } from './half-cheetah.testing.ts';

/** The geoms of the compiled model, whose 0 is the floor: torso, head, back leg, front leg. */
const GEOMS: Record<(typeof CAPSULES)[number], number> = {
  torso: 1,
  head: 2,
  bthigh: 3,
  bshin: 4,
  bfoot: 5,
  fthigh: 6,
  fshin: 7,
  ffoot: 8,
};

describe('bodyPoses', () => {
  it('puts every capsule where MuJoCo has it', async () => {
    const { mujoco, model, data } = await openOracle();
    const qpos: Float64Array = data.qpos;
    const centres: Float64Array = data.geom_xpos;
    const turns: Float64Array = data.geom_xmat;
    const sizes: Float64Array = model.geom_size;
    const poses = new Float64Array(POSE_SIZE + 5);
    for (let pose = 0; pose < 50; pose++) {
      qpos.set(uniform(key(pose), 9, -3, 3));
      mujoco.mj_kinematics(model, data);
      bodyPoses(qpos, 0, poses, 5);
      CAPSULES.forEach((name, index) => {
        const geom = GEOMS[name];
        const half = sizes[3 * geom + 1]!;
        for (const [end, side] of [-1, 1].entries()) {
          const at = 5 + 4 * index + 2 * end;
          // The third column of a geom's turn is its axis.
          const x = centres[3 * geom]! + side * half * turns[9 * geom + 2]!;
          const z = centres[3 * geom + 2]! + side * half * turns[9 * geom + 8]!;
          expect(poses[at], name).toBeCloseTo(x, 9);
          expect(poses[at + 1], name).toBeCloseTo(z, 9);
        }
      });
    }
  });

  it('reads one of several states, and survives many turns', () => {
    const states = new Float64Array(54);
    states[27] = 12;
    states[29] = 4_000_000 * Math.PI;
    const poses = new Float32Array(POSE_SIZE);
    bodyPoses(states, 27, poses);
    const torso = poses.subarray(12, 16);
    expect([...torso].map((value) => value.toFixed(3))).toEqual(['11.500', '0.700', '12.500', '0.700']);
    expect(torso[1]).toBeCloseTo(TORSO_HEIGHT, 5);
    expect(() => bodyPoses(states, 46, poses)).toThrow(/54 positions, expected 9 from index 46/);
  });
});
