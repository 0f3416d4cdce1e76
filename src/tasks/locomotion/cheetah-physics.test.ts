import { describe, expect, it } from 'vitest';
import { foldIn, key, uniform } from '../../math/rng.ts';
import { BOLD_STEPS } from './assembly/fields.ts';
import { type CheetahState, expectedOfCheetahCase, runCheetahCase } from './cheetah-case.ts';
import { TIMESTEP } from './cheetah-figures.ts';
import { LINK_INERTIAS } from './cheetah-inertias.ts';
import { createCheetahPhysics, STATE_SIZE } from './cheetah-physics.ts';
import golden from './fixtures/cheetah-steps.json' with { type: 'json' };
import { openOracle } from './half-cheetah.testing.ts';
import { fingerprintPhysics, measurePhysics } from './measure-physics.ts';
import { compiledInertias } from './write-inertias.testing.ts';

/** The largest difference between the positions and velocities of two states. */
function distance(one: CheetahState, other: CheetahState): number {
  const numbers = [...other.qpos, ...other.qvel];
  return Math.max(...[...one.qpos, ...one.qvel].map((value, index) => Math.abs(value - numbers[index]!)));
}

/** One cheetah, thrown from `seed`'s state and not commanded. */
function throwOne(seed: number, size = 0.3) {
  const physics = createCheetahPhysics(1);
  physics.states.set(uniform(key(seed), 18, -size, size));
  return physics;
}

describe('the golden case', () => {
  const computed = runCheetahCase(golden);
  const expected = expectedOfCheetahCase(golden);
  const distances = (a: readonly CheetahState[], b: readonly CheetahState[]) =>
    a.map((state, index) => distance(state, b[index]!));

  it('is met by every single step, each within 1e-9', () => {
    expect(computed.steps).toHaveLength(200);
    expect(Math.max(...distances(computed.steps, expected.steps))).toBeLessThan(1e-9);
  });

  it('is met by its roll-out: the first 20 environment steps within 1e-8, all 60 within 1e-4', () => {
    const apart = distances(computed.rollout.states, expected.rollout.states);
    expect(apart).toHaveLength(60);
    expect(Math.max(...apart.slice(0, 20))).toBeLessThan(1e-8);
    expect(Math.max(...apart)).toBeLessThan(1e-4);
  });
});

describe('the model', () => {
  it('has the inertias that MuJoCo compiles from the same figures', async () => {
    const compiled = compiledInertias(await openOracle());
    expect(LINK_INERTIAS).toHaveLength(7);
    expect(LINK_INERTIAS).toEqual(compiled);
  });
});

describe('several environments', () => {
  it('do not touch each other, and one that rests stays as it is', () => {
    const together = createCheetahPhysics(5);
    const states = uniform(key(3), 5 * STATE_SIZE, -0.3, 0.3);
    const actions = uniform(key(4), 30, -1.5, 1.5);
    together.states.set(states);
    together.actions.set(actions);
    together.resting[3] = 1;
    for (let step = 0; step < 40; step++) together.step(5);
    const alone = createCheetahPhysics(1);
    for (let index = 0; index < 5; index++) {
      const own = states.subarray(index * STATE_SIZE, (index + 1) * STATE_SIZE);
      alone.states.set(own);
      alone.actions.set(actions.subarray(index * 6, index * 6 + 6));
      if (index !== 3) for (let step = 0; step < 40; step++) alone.step(5);
      expect(together.states.subarray(index * STATE_SIZE, (index + 1) * STATE_SIZE)).toEqual(alone.states);
    }
  });

  it('are as many as asked for, or refused', () => {
    const many = createCheetahPhysics(3000);
    many.actions.fill(0.5);
    many.step(1);
    expect(many.states.subarray(2999 * STATE_SIZE)).toEqual(many.states.subarray(0, STATE_SIZE));
    expect(() => createCheetahPhysics(0)).toThrow(/got 0 environments, expected a positive integer/);
    expect(() => createCheetahPhysics(1.5)).toThrow(RangeError);
  });
});

describe('sanity', () => {
  it('keeps its momentum in flight, whatever the motors do, but for gravity', () => {
    const physics = throwOne(5, 0.1);
    physics.states.fill(0, 9);
    physics.states[1] = 5;
    physics.actions.set([1, -1, 0.5, -0.5, 1, -1]);
    const [x, z] = physics.centres().slice();
    physics.step(10);
    const after = physics.centres();
    expect(Math.max(...physics.states.subarray(9, 18).map(Math.abs))).toBeGreaterThan(2);
    // Semi-implicit Euler falls g·h²·n(n + 1)/2 in n steps. Its error in the momentum is of the order of the timestep.
    expect(Math.abs(after[0]! - x!)).toBeLessThan(0.002);
    expect(Math.abs(after[1]! - z! + 9.81 * TIMESTEP * TIMESTEP * 55)).toBeLessThan(0.002);
    expect(Math.abs(after[2]!)).toBeLessThan(0.02);
  });

  it('comes to rest on its feet when nothing moves it', () => {
    const physics = throwOne(6);
    physics.step(3000);
    const speeds = physics.states.subarray(9, 18);
    expect(Math.max(...speeds.map(Math.abs))).toBeLessThan(1e-3);
    // The torso is lower than in the default pose by what the springs give, and has not tipped over.
    expect(physics.states[1]).toBeLessThan(0);
    expect(physics.states[1]).toBeGreaterThan(-0.25);
    expect(Math.abs(physics.states[2]!)).toBeLessThan(0.5);
  });

  it('is the same everywhere along x and after a full turn', () => {
    const here = throwOne(7);
    const there = throwOne(7);
    const turned = throwOne(7);
    there.states[0]! += 1000;
    turned.states[2]! += 2 * Math.PI;
    for (const physics of [here, there, turned]) {
      physics.actions.set([1, 0.2, -0.7, 0.4, -1, 0.9]);
      physics.step(60);
    }
    expect(there.states.subarray(1)).toEqual(here.states.subarray(1));
    for (let index = 9; index < 18; index++) expect(turned.states[index]).toBeCloseTo(here.states[index]!, 6);
  });

  it('ends in numbers that are not finite, not in a loop, when it starts with them', () => {
    const physics = throwOne(8);
    physics.states[12] = Number.NaN;
    physics.step(5);
    expect(Number.isNaN(physics.states[9])).toBe(true);
    physics.states.fill(1e300);
    physics.step(5);
    expect(physics.states.every(Number.isFinite)).toBe(false);
  });
});

describe("Newton's steps", () => {
  it('end in the same place whether they are taken whole or their length is searched for', () => {
    const bold = createCheetahPhysics(8);
    const careful = createCheetahPhysics(8);
    new DataView(careful.states.buffer).setFloat64(BOLD_STEPS, 0, true);
    bold.states.set(uniform(key(10), bold.states.length, -0.3, 0.3));
    let [boldSolves, carefulSolves, worst] = [0, 0, 0];
    for (let step = 0; step < 1000; step++) {
      if (step % 5 === 0) bold.actions.set(uniform(foldIn(key(11), step), 48, -1, 1));
      // From rest in places, so that the guess of the rows is bad.
      if (step % 7 === 0) for (let at = 18; at < 27; at++) bold.states[at] = 0;
      careful.actions.set(bold.actions);
      careful.states.set(bold.states);
      boldSolves += bold.step(1);
      carefulSolves += careful.step(1);
      for (const [at, value] of bold.states.entries()) {
        if (at % STATE_SIZE >= 18) continue;
        const apart = Math.abs(careful.states[at]! - value);
        if (!(apart <= worst)) worst = apart;
      }
    }
    expect(worst).toBeLessThan(1e-10);
    expect(boldSolves).toBeGreaterThan(5000);
    expect(carefulSolves).not.toBe(boldSolves);
  });
});

describe('bits', () => {
  it('are those of every other machine', () => {
    // Compared in Chromium too (docs/physics.md). A new number here means that old links give other runs.
    expect(fingerprintPhysics()).toBe('b59dd0c4a60b0a82');
  });

  it('do not depend on the warm start beyond rounding', () => {
    const cold = throwOne(9);
    const warm = throwOne(9);
    for (let step = 0; step < 50; step++) {
      cold.states.fill(0, 18);
      warm.states.set(uniform(foldIn(key(9), step), 9, -100, 100), 18);
      cold.step(1);
      warm.step(1);
    }
    for (let index = 0; index < 18; index++) expect(warm.states[index]).toBeCloseTo(cold.states[index]!, 7);
  });
});

describe('measurePhysics', () => {
  it('counts environment steps by the clock that it is given', () => {
    let time = 0;
    const speed = measurePhysics(() => {
      time += 1;
      return time;
    }, 2);
    // 5 pieces of 1 ms for 10,000 steps.
    expect(speed.environmentStepsPerSecond).toBeCloseTo(2_000_000, 6);
    expect(speed.solvesPerPhysicsStep).toBeGreaterThan(0.5);
    expect(speed.solvesPerPhysicsStep).toBeLessThan(2.5);
  });
});
