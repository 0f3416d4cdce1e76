import { describe, expect, it } from 'vitest';
import type { EngineLimits } from '../gradients/meta-gradient.ts';
import { createSession } from '../training/session.ts';
import { createSinusoidPool, fakeEntry, smallExperiment } from './loop-harness.testing.ts';

const experiment = smallExperiment();
const wide = smallExperiment({ hiddenWidths: [100] });
const going = () => false;

const narrow = {
  unsupported: ({ shape }: EngineLimits) => {
    const widest = Math.max(...shape.sizes);
    return widest > 64 ? `holds up to 64 units per layer; got ${widest}` : null;
  },
};
const absent = { open: () => Promise.reject(new Error('this browser has no WebGPU')) };
const reason = 'holds up to 64 units per layer; got 100';

describe('the engine asked for', () => {
  it('is taken without a race where it can run the experiment', async () => {
    const got = await createSinusoidPool([fakeEntry('fused-webgpu', narrow), fakeEntry('reference')]).acquire(
      'fused-webgpu',
      experiment,
      going,
    );
    expect(got).toMatchObject({ engine: { id: 'fused-webgpu' }, race: null, fallback: null });
  });

  it.each(['fused-wasm', 'fused-webgpu'] as const)('%s: its composed sibling takes over', async (asked) => {
    const sibling = asked === 'fused-wasm' ? 'composed-wasm' : 'composed-webgpu';
    const entries = [fakeEntry(asked, narrow), fakeEntry('reference'), fakeEntry(sibling)];
    const got = await createSinusoidPool(entries).acquire(asked, wide, going);
    expect(got).toMatchObject({ engine: { id: sibling }, race: null, fallback: { asked, reason } });
  });

  it('is replaced by the fastest where its sibling cannot be had either', async () => {
    const entries = [fakeEntry('fused-webgpu', narrow), fakeEntry('composed-webgpu', absent)];
    const got = await createSinusoidPool([...entries, fakeEntry('reference')]).acquire(
      'fused-webgpu',
      wide,
      going,
    );
    expect(got.engine.id).toBe('reference');
    expect(got.fallback).toEqual({ asked: 'fused-webgpu', reason });
    expect(got.race?.timings.map((timing) => ('cause' in timing ? timing.cause : 'measured'))).toEqual([
      'unsupported',
      'missing',
      'measured',
    ]);
  });

  it('is replaced by the fastest, and not by its sibling, where it cannot be opened', async () => {
    let opened = 0;
    const sibling = fakeEntry('composed-webgpu');
    const counted = {
      ...sibling,
      beatenBy: ['reference'] as const,
      open: () => sibling.open().finally(() => opened++),
    };
    const entries = [fakeEntry('fused-webgpu', absent), fakeEntry('reference'), counted];
    const got = await createSinusoidPool(entries).acquire('fused-webgpu', experiment, going);
    expect(got.engine.id).toBe('reference');
    expect(got.fallback).toEqual({ asked: 'fused-webgpu', reason: 'this browser has no WebGPU' });
    expect(opened).toBe(0);
  });
});

describe('an engine that was warmed', () => {
  it('is opened once, ahead of its use', async () => {
    const entry = fakeEntry('reference');
    let opened = 0;
    const open = () => {
      opened += 1;
      return entry.open();
    };
    const pool = createSinusoidPool([{ ...entry, open }]);
    pool.warm('reference');
    expect(opened).toBe(1);
    expect((await pool.acquire('reference', experiment, going)).engine.id).toBe('reference');
    expect(opened).toBe(1);
  });

  it('is tried again, and replaced, where it could not be opened', async () => {
    const pool = createSinusoidPool([fakeEntry('fused-webgpu', absent), fakeEntry('reference')]);
    pool.warm('fused-webgpu');
    const got = await pool.acquire('fused-webgpu', experiment, going);
    expect(got).toMatchObject({ engine: { id: 'reference' }, fallback: { asked: 'fused-webgpu' } });
  });
});

describe('the fastest engine', () => {
  it('says so where the fused CPU engine cannot be opened or cannot run the experiment', async () => {
    const entries = [fakeEntry('fused-wasm', narrow), fakeEntry('reference')];
    expect((await createSinusoidPool(entries).acquire('auto', experiment, going)).fallback).toBeNull();
    expect(await createSinusoidPool(entries).acquire('auto', wide, going)).toMatchObject({
      engine: { id: 'reference' },
      fallback: { asked: 'fused-wasm', reason },
    });
    const noSimd = fakeEntry('fused-wasm', {
      open: () => Promise.reject(new Error('WebAssembly SIMD is unavailable')),
    });
    expect(
      (await createSinusoidPool([noSimd, fakeEntry('reference')]).acquire('auto', experiment, going))
        .fallback,
    ).toEqual({
      asked: 'fused-wasm',
      reason: 'WebAssembly SIMD is unavailable',
    });
  });

  it('is raced once per experiment, and again when engines would have to hold something else', async () => {
    const fewPoints = {
      unsupported: ({ points }: EngineLimits) =>
        points > 40 ? `holds up to 40 points; got ${points}` : null,
    };
    const engines = createSinusoidPool([
      fakeEntry('fused-wasm', fewPoints),
      { ...fakeEntry('reference'), beatenBy: ['fused-wasm'] },
    ]);
    const first = await engines.acquire('auto', experiment, going);
    const second = await engines.acquire('auto', smallExperiment({ testSupportSize: 12 }), going);
    expect(second.race).toBe(first.race);
    const third = await engines.acquire('auto', smallExperiment({ testSupportSize: 50 }), going);
    expect(third).toMatchObject({
      engine: { id: 'reference' },
      fallback: { asked: 'fused-wasm', reason: 'holds up to 40 points; got 50' },
    });
    // Fewer points again: the race that found it unsupported does not stand for this experiment.
    expect((await engines.acquire('auto', experiment, going)).engine.id).toBe('fused-wasm');
  });

  it('is timed in bursts that grow, as a run trains', async () => {
    const bursts: number[] = [];
    const engines = createSinusoidPool([fakeEntry('fused-wasm')], (raced, engine, burst) => {
      const noted = () => {
        bursts.push(burst());
        return bursts.at(-1)!;
      };
      return createSession(raced, engine, {
        clock: () => performance.now(),
        burst: noted,
        evaluationTasks: 0,
      });
    });
    await engines.acquire('auto', experiment, going);
    expect(bursts[0]).toBe(1);
    expect(Math.max(...bursts)).toBeGreaterThan(3);
  });
});
