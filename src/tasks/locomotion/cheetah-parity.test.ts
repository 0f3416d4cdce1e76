// Our physics against MuJoCo's, step by step from the same states: the states are MuJoCo's own, with random actions, kept up
// by random resets. Tolerances are of velocities after one step, in m/s and rad/s, all of size 10 and more.
import { describe, expect, it } from 'vitest';
import { foldIn, type Key, key, uniform } from '../../math/rng.ts';
import { createCheetahPhysics, STATE_SIZE } from './cheetah-physics.ts';
import { type Oracle, openOracle } from './half-cheetah.testing.ts';

const EPISODE = 200;
/** Largest actions, by episode: the motors take 1 at most. */
const AMPLITUDES = [0.3, 1, 1.5, 3];
/** Environments stepped by our engine at once. */
const BATCH = 8;

interface Walk {
  readonly states: number;
  /** Steps with contacts, steps with joints beyond their limits, contacts of torso or head. */
  readonly touching: number;
  readonly limited: number;
  readonly onTorso: number;
  /** Largest |Δv|, and how many steps had more than 1e-6. */
  readonly worst: number;
  readonly loose: number;
}

/** Collects states and what MuJoCo makes of them in batches, and has ours step each batch at once. */
function walk({ mujoco, model, data }: Oracle, source: Key, episodes: number): Walk {
  const views: Record<'qpos' | 'qvel' | 'ctrl' | 'warm', Float64Array> = {
    qpos: data.qpos,
    qvel: data.qvel,
    ctrl: data.ctrl,
    warm: data.qacc_warmstart,
  };
  const physics = createCheetahPhysics(BATCH);
  const after = new Float64Array(BATCH * 9);
  const counts = { states: 0, touching: 0, limited: 0, onTorso: 0, worst: 0, loose: 0 };
  for (let episode = 0; episode < episodes; episode++) {
    const random = foldIn(source, episode);
    reset(views, random, episode);
    mujoco.mj_forward(model, data);
    const actions = uniform(foldIn(random, 1), EPISODE * 6, -1, 1);
    for (let step = 0; step < EPISODE; step++) {
      const slot = step % BATCH;
      // A new action every 5 steps, or each step.
      const row = (episode % 2 === 0 ? step - (step % 5) : step) * 6;
      views.ctrl.forEach((_, motor) => {
        views.ctrl[motor] = actions[row + motor]! * AMPLITUDES[episode % AMPLITUDES.length]!;
      });
      physics.states.set(views.qpos, slot * STATE_SIZE);
      physics.states.set(views.qvel, slot * STATE_SIZE + 9);
      physics.states.set(views.warm, slot * STATE_SIZE + 18);
      physics.actions.set(views.ctrl, slot * 6);
      mujoco.mj_step(model, data);
      after.set(views.qvel, slot * 9);
      counts.states += 1;
      counts.touching += data.ncon > 0 ? 1 : 0;
      counts.limited += data.nefc > 4 * data.ncon ? 1 : 0;
      counts.onTorso += touchesTorso(views.qpos) ? 1 : 0;
      if (slot < BATCH - 1) continue;
      physics.step(1);
      compare(physics.states, after, counts);
    }
  }
  return counts;
}

function reset(
  { qpos, qvel, warm }: Readonly<Record<'qpos' | 'qvel' | 'warm', Float64Array>>,
  random: Key,
  episode: number,
): void {
  const draws = uniform(random, 19, -1, 1);
  qpos.forEach((_, joint) => {
    qpos[joint] = 0.1 * draws[joint]!;
    qvel[joint] = 0.3 * draws[9 + joint]!;
  });
  warm.fill(0);
  // Half of the episodes begin anywhere between standing and lying on the back.
  if (episode % 8 >= 4) qpos[2] = Math.PI * draws[18]!;
}

/** Pitched by more than a quarter turn and low: what touches is the torso or the head. */
function touchesTorso(qpos: Float64Array): boolean {
  return Math.abs(qpos[2]!) > Math.PI / 2 && qpos[1]! < -0.4;
}

function compare(states: Float64Array, after: Float64Array, counts: { worst: number; loose: number }): void {
  for (let slot = 0; slot < BATCH; slot++) {
    let error = 0;
    for (let joint = 0; joint < 9; joint++) {
      const difference = Math.abs(states[slot * STATE_SIZE + 9 + joint]! - after[slot * 9 + joint]!);
      // Not Math.max, which would let NaN pass as the greater one only if asked in the right order.
      if (!(difference <= error)) error = difference;
    }
    if (!(error <= counts.worst)) counts.worst = error;
    if (!(error <= 1e-6)) counts.loose += 1;
  }
}

describe('against MuJoCo', async () => {
  const oracle = await openOracle();

  it('one step differs by at most 1e-5 in 51,200 states, and by 1e-6 in all but a few', () => {
    const seen = walk(oracle, key(11), 256);
    expect(seen.states).toBe(51_200);
    // Not a walk in the air.
    expect(seen.touching).toBeGreaterThan(20_000);
    expect(seen.limited).toBeGreaterThan(2_000);
    expect(seen.onTorso).toBeGreaterThan(2_000);
    expect(seen.worst).toBeLessThan(1e-5);
    expect(seen.loose).toBeLessThan(20);
  });

  it('by at most 1e-10 where MuJoCo too solves to the end', () => {
    const { opt } = oracle.model;
    opt.tolerance = 1e-15;
    opt.ls_tolerance = 1e-6;
    opt.iterations = 100;
    const seen = walk(oracle, key(12), 24);
    expect(seen.states).toBe(4_800);
    expect(seen.worst).toBeLessThan(1e-10);
  });
});
