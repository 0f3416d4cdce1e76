// Recordings for tests of the Cheetah charts, without physics: a cheetah that glides at a steady speed and swings its legs.
import { type CheetahMotion, FRAME_SIZE } from './cheetah-body.ts';
import type { CheetahLanesData } from './cheetah-lanes.ts';

/** `frames` frames of a cheetah at `speed` m/s, `dt` seconds apart. */
export function glide(speed: number, frames: number, dt: number): CheetahMotion {
  const positions = new Float32Array(frames * FRAME_SIZE);
  for (let frame = 0; frame < frames; frame++) {
    const swing = Math.sin(frame * dt * 9 * Math.sign(speed));
    positions.set(
      [speed * frame * dt, -0.1, 0.08 * swing, 0.4 * swing, 0.2, -0.1, -0.4 * swing, 0.1, 0.2],
      frame * FRAME_SIZE,
    );
  }
  return { positions, frames };
}

/** Two runs towards 2 m/s, 3 seconds in. */
export const LANES: CheetahLanesData = {
  task: 'velocity',
  time: 3,
  dt: 0.05,
  lanes: [
    { algorithm: 'maml', note: '', before: glide(0.6, 101, 0.05), after: glide(1.9, 101, 0.05), goal: 2 },
    { algorithm: 'rmaml', note: '', before: glide(0.8, 101, 0.05), after: glide(2.1, 101, 0.05), goal: 2 },
  ],
};
