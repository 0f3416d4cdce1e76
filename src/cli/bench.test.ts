// The benchmark: which cases there are, what it refuses, what it leaves out, and the shape of what it prints. How fast
// anything is, is not tested here.
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { benchCommand } from './bench.ts';
import { BENCH_CASES, type BenchCase, findBenchCase, workOf } from './bench-cases.ts';
import { type BenchMeasurement, measureCases } from './bench-rounds.ts';
import { type BenchRow, fitLinear, formatBench, toRatios, toRows } from './bench-table.ts';
import { UsageError } from './usage-error.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const caseOf = (name: string): BenchCase => {
  const found = findBenchCase(name);
  if (found === undefined) throw new Error(`no case ${name}`);
  return found;
};

describe('the cases', () => {
  it('are every algorithm at every width, and the series, each once', () => {
    const names = BENCH_CASES.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const suffix of ['', '-64', '-100']) {
      const one = suffix === '' ? 'maml-paper' : `maml${suffix}`;
      const others = ['maml-5', 'fomaml', 'reptile', 'rmaml-parameter'].map((name) => name + suffix);
      expect(names).toEqual(expect.arrayContaining([one, ...others]));
    }
    for (const tasks of [5, 10, 25, 50, 100, 250, 1000]) {
      expect(caseOf(`maml-tasks-${tasks}`).experiment.metaBatchSize).toBe(tasks);
    }
    for (const width of [10, 20, 40, 64, 100, 200]) {
      expect(caseOf(`maml-width-${width}`).experiment.hiddenWidths).toEqual([width, width]);
    }
    for (const steps of [1, 2, 5, 10])
      expect(caseOf(`maml-steps-${steps}`).experiment.innerSteps).toBe(steps);
    expect(findBenchCase('toString')).toBeUndefined();
  });

  it('name the paper’s setting and count its arithmetic', () => {
    expect(caseOf('maml-paper').experiment).toMatchObject({
      algorithms: ['maml'],
      metaBatchSize: 25,
      supportSize: 10,
      querySize: 10,
      hiddenWidths: [40, 40],
      activation: 'relu',
      innerSteps: 1,
      metaOptimizer: 'adam',
    });
    expect(workOf(caseOf('maml-paper'))).toEqual({
      tasks: 25,
      points: 40,
      parameters: 1761,
      product: 25 * 40 * 1761,
    });
    expect(workOf(caseOf('reptile')).points).toBe(50);
    expect(caseOf('rmaml-parameter').experiment).toMatchObject({
      adaptiveAlpha: 'rmaml',
      taskBuffer: 'rmaml',
    });
  });
});

describe('bad arguments', () => {
  it.each([
    [['--case', 'maml-papper'], /no case “maml-papper”. Known: maml-paper, maml-5/],
    [['--case', 'maml-paper,'], /no case “”/],
    [['--engine', 'steam'], /no engine “steam”. Known: fused-wasm/],
    [['--seconds', 'soon'], /--seconds must be a whole number/],
    [['--fast'], /Known options: --case, --engine/],
    [['maml-paper'], /Unexpected arguments: maml-paper/],
    [['--policies', '--case', 'maml-paper'], /--policies: measures all its cases/],
  ])('%j', async (argv, message) => {
    const refused = benchCommand(argv);
    await expect(refused).rejects.toThrow(UsageError);
    await expect(refused).rejects.toThrow(message);
  });
});

describe('what it prints', () => {
  it('is one JSON object with rows, ratios and the machine', async () => {
    let printed = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed += text;
      return true;
    });
    const options = [
      '--case',
      'maml-width-10',
      '--engine',
      'reference,fused-wasm',
      '--seconds',
      '1',
      '--json',
    ];
    expect(await benchCommand(options)).toBe(0);
    const result = JSON.parse(printed);
    expect(Object.keys(result)).toEqual(
      expect.arrayContaining(['rows', 'ratios', 'unavailable', 'leftOut', 'machine', 'date']),
    );
    expect(result.rows.map((row: BenchRow) => row.engine)).toContain('reference');
    for (const row of result.rows as BenchRow[]) {
      expect(row).toMatchObject({ case: 'maml-width-10', where: 'node' });
      expect(row.msPerStep).toBeGreaterThan(0);
      expect(row.stepsPerSecond).toBeCloseTo(1000 / row.msPerStep, 6);
    }
    expect(result.rows.length + result.unavailable.length).toBe(2);
  });

  it('compares fused engines with composed ones round by round, and says what is missing', () => {
    const lanes = (times: number[]) => ({ session: times });
    const measurement: BenchMeasurement = {
      samples: [
        { engine: 'composed-wasm', case: 'maml-paper', lanes: lanes([10, 30, 20]) },
        { engine: 'fused-wasm', case: 'maml-paper', lanes: lanes([1, 3, 1]) },
      ],
      unavailable: [{ engine: 'composed-webgpu', reason: 'no adapter' }],
      leftOut: [{ engine: 'composed-cpu', case: 'maml-tasks-1000', reason: 'too long' }],
      adapter: null,
    };
    const rows = toRows(measurement, 'node');
    expect(rows.map(({ engine, msPerStep, rounds }) => [engine, msPerStep, rounds])).toEqual([
      ['composed-wasm', 20, 3],
      ['fused-wasm', 1, 3],
    ]);
    expect(toRatios(measurement)).toEqual({ 'composed-wasm / fused-wasm': { 'maml-paper': 10 } });
    const text = formatBench(rows, toRatios(measurement), measurement);
    expect(text).toMatch(/maml-paper +20\.0 +1\.00 +10\.0×/);
    expect(text).toMatch(/composed-webgpu: not measured: no adapter/);
    expect(text).toMatch(/composed-cpu: left out, too long: maml-tasks-1000/);
  });

  it('finds overhead and unit cost of an engine whose cost is linear', () => {
    const rows = [
      'maml-tasks-5',
      'maml-paper',
      'maml-tasks-1000',
      'maml-width-200',
      'maml-points-50',
      'fomaml',
    ].map((name): BenchRow => {
      const msPerStep = name === 'fomaml' ? 99 : 0.25 + 3e-7 * workOf(caseOf(name)).product;
      const row = { engine: 'fused-wasm', case: name, where: 'node', mode: 'session' } as const;
      return { ...row, msPerStep, stepsPerSecond: 1000 / msPerStep, rounds: 1 };
    });
    const fit = fitLinear(rows, 'fused-wasm');
    expect(fit?.overheadMs).toBeCloseTo(0.25, 9);
    expect(fit?.nanosecondsPerUnit).toBeCloseTo(0.3, 9);
    expect(fit?.cases).toHaveLength(5);
    expect(fitLinear(rows, 'reference')).toBeNull();
  });
});

describe('the clockwork', () => {
  /** Time passes only while the engine computes: 1 ms per task. */
  async function measure(names: readonly string[], engines: readonly EngineId[], maxStepMs: number) {
    let now = 0;
    const reference = createReferenceEngine();
    return measureCases(
      { cases: names.map(caseOf), engines, rounds: 3, budgetMs: 60_000, maxStepMs },
      {
        openEngine: async (id) => {
          if (id === 'fused-wasm') throw new Error('no SIMD here');
          const metaGradient = (request: Parameters<typeof reference.metaGradient>[0]) => {
            now += request.tasks.taskCount;
            return reference.metaGradient(request);
          };
          return { engine: { ...reference, id, metaGradient }, detail: '', isSoftware: false };
        },
        clock: () => now,
        onProgress: () => {},
      },
    );
  }

  it('measures what can be had, names what cannot, and leaves out what would take too long', async () => {
    const { samples, unavailable, leftOut } = await measure(
      ['maml-width-10', 'maml-tasks-50', 'maml-tasks-250'],
      ['fused-wasm', 'reference'],
      2000,
    );
    expect(unavailable).toEqual([{ engine: 'fused-wasm', reason: 'no SIMD here' }]);
    expect(samples.map(({ engine, case: name, lanes }) => [engine, name, lanes.session])).toEqual([
      ['reference', 'maml-width-10', [25, 25, 25]],
      ['reference', 'maml-tasks-50', [50, 50, 50]],
    ]);
    expect(leftOut.map(({ engine, case: name }) => [engine, name])).toEqual([
      ['reference', 'maml-tasks-250'],
    ]);
    expect(leftOut[0]?.reason).toMatch(/expected to take/);
  });
});
