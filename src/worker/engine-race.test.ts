import { describe, expect, it } from 'vitest';
import type { EngineId, EngineLimits, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { type Probe, type RaceEntry, raceEngines } from './engine-race.ts';

interface FakeEngine {
  /** Milliseconds of the first step and of later ones. */
  readonly first: number;
  readonly later: number | ((count: number) => number);
  /** Meta-steps in each of them; 1 unless told. */
  readonly burst?: number;
}

const LIMITS: EngineLimits = {
  shape: { sizes: [1, 100, 1], activation: 'relu' },
  innerSteps: 1,
  taskCount: 4,
  points: 10,
};

/** A race on a clock that only the steps move. */
function fakeRace(fakes: Partial<Record<EngineId, FakeEngine>>) {
  let now = 0;
  const steps: EngineId[] = [];
  const step = async ({ id }: MetaGradientEngine): Promise<number> => {
    const fake = fakes[id];
    if (fake === undefined) throw new Error('matMul is broken');
    const count = steps.filter((stepped) => stepped === id).length;
    const later = typeof fake.later === 'number' ? fake.later : fake.later(count);
    now += count > 0 ? later : fake.first;
    steps.push(id);
    return fake.burst ?? 1;
  };
  return {
    step,
    unsupported: (engine: MetaGradientEngine) => engine.unsupported?.(LIMITS) ?? null,
    clock: () => now,
    steps,
  };
}

function entry(
  id: EngineId,
  probe: Probe = hardware(id),
  beatenBy: readonly EngineId[] = [],
): RaceEntry<MetaGradientEngine> & { readonly engine: MetaGradientEngine } {
  const engine: MetaGradientEngine = {
    id,
    metaGradient: () => Promise.reject(new Error('not asked for')),
    adapt: () => Promise.reject(new Error('not asked for')),
    dispose() {},
  };
  return { id, beatenBy, probe: async () => probe, open: async () => engine, engine };
}

function hardware(id: EngineId): Probe {
  return { kind: 'available', detail: `${id} detail`, isSoftware: false };
}

const software: Probe = { kind: 'available', detail: 'SwiftShader', isSoftware: true };

describe('the engine race', () => {
  it('takes the fastest, by its settled time and not by its first step', async () => {
    const race = fakeRace({ reference: { first: 10, later: 10 }, 'composed-wasm': { first: 40, later: 4 } });
    const result = await raceEngines([entry('reference'), entry('composed-wasm')], {
      ...race,
      extent: 'start',
    });
    expect(result.chosen).toBe('composed-wasm');
    expect(result.timings).toEqual([
      { engine: 'reference', status: 'measured', msPerStep: 10, detail: 'reference detail' },
      { engine: 'composed-wasm', status: 'measured', msPerStep: 4, detail: 'composed-wasm detail' },
    ]);
    expect(result.reason).toMatch(/composed-wasm takes 4\.0 ms .* shortest .* reference 10 ms/);
  });

  it('stays with the earlier engine unless a later one is clearly faster', async () => {
    const race = fakeRace({ reference: { first: 10, later: 10 }, 'composed-wasm': { first: 9, later: 9 } });
    const entries = [entry('reference'), entry('composed-wasm')];
    const result = await raceEngines(entries, { ...race, extent: 'start' });
    expect(result.chosen).toBe('reference');
    expect(result.reason).toContain('no other is clearly faster');
  });

  it('waits for an engine whose steps still become faster, within bounds', async () => {
    const warming = fakeRace({
      reference: { first: 30, later: (count) => Math.max(5, 30 - 3 * count) },
      'composed-wasm': { first: 8, later: 8 },
    });
    const entries = [entry('reference'), entry('composed-wasm')];
    const result = await raceEngines(entries, { ...warming, extent: 'start' });
    expect(result.timings[0]).toMatchObject({ engine: 'reference', msPerStep: 5 });
    expect(result.chosen).toBe('reference');

    const endless = fakeRace({ reference: { first: 100, later: (count) => 100 * 0.9 ** count } });
    await raceEngines([entry('reference')], { ...endless, extent: 'start' });
    expect(endless.clock()).toBeLessThan(350);
  });

  it('spends about the budget on each engine', async () => {
    const race = fakeRace({ reference: { first: 12, later: 12 } });
    await raceEngines([entry('reference')], { ...race, extent: 'start', budgetMs: 50 });
    expect(race.steps).toHaveLength(5);
  });

  it('stops an engine whose first three steps are five times slower than the best', async () => {
    const race = fakeRace({ reference: { first: 5, later: 5 }, 'composed-wasm': { first: 90, later: 26 } });
    const result = await raceEngines([entry('reference'), entry('composed-wasm')], {
      ...race,
      extent: 'start',
    });
    expect(race.steps.filter((id) => id === 'composed-wasm')).toHaveLength(3);
    expect(result.timings[1]).toMatchObject({ engine: 'composed-wasm', msPerStep: 26 });
    expect(result.chosen).toBe('reference');

    const hanging = fakeRace({
      reference: { first: 5, later: 5 },
      'composed-wasm': { first: 900, later: 900 },
    });
    await raceEngines([entry('reference'), entry('composed-wasm')], { ...hanging, extent: 'start' });
    expect(hanging.steps.filter((id) => id === 'composed-wasm')).toHaveLength(1);
  });

  it('gives the slow ones their time in a full race, whose figures are looked at', async () => {
    const race = fakeRace({
      'fused-wasm': { first: 1, later: 0.5 },
      reference: { first: 60, later: (count) => Math.max(4, 60 - 8 * count) },
    });
    const entries = [entry('fused-wasm'), entry('reference')];
    const result = await raceEngines(entries, { ...race, extent: 'full' });
    expect(result.timings[1]).toMatchObject({ msPerStep: 4 });
  });

  it('measures nothing in a full race before all have been opened', async () => {
    const race = fakeRace({ reference: { first: 5, later: 5 }, 'composed-wasm': { first: 9, later: 9 } });
    const late = entry('composed-wasm');
    let stepsAtOpening = -1;
    const open = async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      stepsAtOpening = race.steps.length;
      return late.engine;
    };
    await raceEngines([entry('reference'), { ...late, open }], { ...race, extent: 'full' });
    expect(stepsAtOpening).toBe(0);
    expect(race.steps).toContain('composed-wasm');
  });

  it('leaves a software adapter out at start and says why', async () => {
    const race = fakeRace({ reference: { first: 50, later: 50 }, 'composed-webgpu': { first: 1, later: 1 } });
    const entries = [entry('reference'), entry('composed-webgpu', software)];
    const result = await raceEngines(entries, { ...race, extent: 'start' });
    expect(result.chosen).toBe('reference');
    expect(race.steps).not.toContain('composed-webgpu');
    expect(result.timings[1]).toMatchObject({
      status: 'unavailable',
      reason: expect.stringContaining('software adapter: SwiftShader'),
    });
  });

  it('measures a software adapter with two steps in a full race, and never chooses it', async () => {
    const race = fakeRace({
      reference: { first: 50, later: 50 },
      'composed-webgpu': { first: 900, later: 1 },
    });
    const entries = [entry('reference'), entry('composed-webgpu', software)];
    const result = await raceEngines(entries, { ...race, extent: 'full' });
    expect(race.steps.filter((id) => id === 'composed-webgpu')).toHaveLength(2);
    expect(result.timings[1]).toMatchObject({ status: 'measured', msPerStep: 1 });
    expect(result.chosen).toBe('reference');
    expect(result.reason).toContain('never chosen for speed');
  });

  it('lists what is unavailable, fails to open or fails in the race, and goes on', async () => {
    const race = fakeRace({ 'composed-cpu': { first: 9, later: 9 } });
    const cannotOpen = { ...entry('composed-wasm'), open: () => Promise.reject(new Error('no such file')) };
    const noGpu = entry('composed-webgpu', { kind: 'unavailable', reason: 'this browser has no WebGPU' });
    const entries = [entry('reference'), cannotOpen, noGpu, entry('composed-cpu')];
    const result = await raceEngines(entries, { ...race, extent: 'start' });
    expect(result.chosen).toBe('composed-cpu');
    expect(result.timings.map((timing) => ('reason' in timing ? timing.reason : null))).toEqual([
      'failed in the race: matMul is broken',
      'no such file',
      'this browser has no WebGPU',
      null,
    ]);
  });

  it('neither opens nor measures at start what another entry beats, but does in a full race', async () => {
    const fakes = { 'fused-wasm': { first: 1, later: 0.25 }, reference: { first: 9, later: 5 } };
    const slow = entry('reference', hardware('reference'), ['fused-wasm']);
    const opened: string[] = [];
    const watched = {
      ...slow,
      open: () => {
        opened.push('reference');
        return slow.open();
      },
    };
    const entries = [entry('fused-wasm'), watched];
    const start = await raceEngines(entries, { ...fakeRace(fakes), extent: 'start' });
    expect(start.timings[1]).toMatchObject({
      cause: 'left-out',
      reason: 'not raced at start: fused-wasm is faster wherever both run',
    });
    expect(opened).toEqual([]);
    const full = await raceEngines(entries, { ...fakeRace(fakes), extent: 'full' });
    expect(full.timings[1]).toMatchObject({ status: 'measured', msPerStep: 5 });
    expect(full.chosen).toBe('fused-wasm');
  });

  it('measures what is beaten where the one that beats it cannot run', async () => {
    const beaten = entry('reference', hardware('reference'), ['fused-wasm']);
    const fakes = { reference: { first: 9, later: 5 } };
    const missing = { ...entry('fused-wasm'), open: () => Promise.reject(new Error('no SIMD here')) };
    const without = await raceEngines([missing, beaten], { ...fakeRace(fakes), extent: 'start' });
    expect(without.chosen).toBe('reference');
    expect(without.timings[0]).toMatchObject({ cause: 'missing', reason: 'no SIMD here' });
    // It opens but breaks when it is measured.
    const broken = await raceEngines([entry('fused-wasm'), beaten], { ...fakeRace(fakes), extent: 'start' });
    expect(broken.chosen).toBe('reference');
    expect(broken.timings[0]).toMatchObject({ cause: 'failed' });
  });

  it('asks each engine whether it can run the experiment, and names what it says', async () => {
    const asked: EngineLimits[] = [];
    const fused = entry('fused-webgpu');
    const engine: MetaGradientEngine = {
      ...fused.engine,
      unsupported(limits) {
        asked.push(limits);
        return 'fused-webgpu holds up to 64 units per layer; got 100';
      },
    };
    const entries = [{ ...fused, open: async () => engine }, entry('reference')];
    const fakes = { 'fused-webgpu': { first: 1, later: 1 }, reference: { first: 9, later: 5 } };
    const race = fakeRace(fakes);
    const result = await raceEngines(entries, { ...race, extent: 'full' });
    expect(asked).toEqual([LIMITS]);
    expect(race.steps).not.toContain('fused-webgpu');
    expect(result.timings[0]).toEqual({
      engine: 'fused-webgpu',
      status: 'unavailable',
      cause: 'unsupported',
      reason: 'fused-webgpu holds up to 64 units per layer; got 100',
    });
  });

  it('takes the time of one meta-step from a burst of them', async () => {
    const race = fakeRace({
      'fused-wasm': { first: 1, later: 1 },
      'fused-webgpu': { first: 40, later: 8, burst: 32 },
    });
    const entries = [entry('fused-wasm'), entry('fused-webgpu')];
    const result = await raceEngines(entries, { ...race, extent: 'start' });
    expect(result.timings[1]).toMatchObject({ msPerStep: 0.25 });
    expect(result.chosen).toBe('fused-webgpu');
  });

  it('does not wait at start for an engine that is still loading', async () => {
    const race = fakeRace({ reference: { first: 5, later: 5 } });
    const never = { ...entry('composed-wasm'), open: () => new Promise<MetaGradientEngine>(() => {}) };
    const result = await raceEngines([entry('reference'), never], {
      ...race,
      extent: 'start',
      patienceMs: 10,
    });
    expect(result.chosen).toBe('reference');
    expect(result.timings[1]).toMatchObject({ reason: expect.stringContaining('still loading') });
  });

  it('throws with every reason when nothing can train', async () => {
    const noGpu = entry('composed-webgpu', { kind: 'unavailable', reason: 'no WebGPU here' });
    await expect(raceEngines([noGpu], { ...fakeRace({}), extent: 'start' })).rejects.toThrow(
      'composed-webgpu: no WebGPU here',
    );
  });
});
