// From the benchmark's samples to what is printed: medians, ratios between engines, the fit that shows whether cost is
// linear, and the tables.
import type { EngineId } from '../gradients/meta-gradient.ts';
import { median } from '../math/statistics.ts';
import { BENCH_CASES, type BenchGroup, findBenchCase, workOf } from './bench-cases.ts';
import type { LaneKind } from './bench-lanes.ts';
import type { BenchMeasurement, BenchSamples } from './bench-rounds.ts';

export interface BenchRow {
  readonly engine: EngineId;
  readonly case: string;
  readonly where: 'node' | 'chromium';
  /** A whole meta-iteration: median over rounds. */
  readonly msPerStep: number;
  readonly stepsPerSecond: number;
  /** burst: several meta-iterations in one go, as the app trains; session: one at a time (long ones, no difference). */
  readonly mode: 'session' | 'burst';
  /** How many turns the median is of. */
  readonly rounds: number;
  /** mode burst: a meta-iteration on its own. */
  readonly sessionMsPerStep?: number;
  /** The engine's call alone, without sampling, Adam and metrics. */
  readonly engineMsPerStep?: number;
}

/** By pair ("composed-wasm / fused-wasm"), by case: how many times faster the second is. */
export type BenchRatios = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** The engine of each pair that is slower by design, first. */
const COMPARED: readonly (readonly [slow: EngineId, fast: EngineId])[] = [
  ['composed-wasm', 'fused-wasm'],
  ['composed-webgpu', 'fused-webgpu'],
];

const mainLane = (lanes: BenchSamples['lanes']): 'session' | 'burst' => (lanes.burst ? 'burst' : 'session');

/** One row per engine and case that was measured, in the tables' order. */
export function toRows({ samples }: BenchMeasurement, where: BenchRow['where']): BenchRow[] {
  const place = (row: BenchRow) => BENCH_CASES.findIndex(({ name }) => name === row.case);
  const rows = samples.map(({ engine, case: name, lanes }): BenchRow => {
    const typical = (kind: LaneKind) => (lanes[kind]?.length ? median(lanes[kind]) : undefined);
    const mode = mainLane(lanes);
    const msPerStep = typical(mode) ?? Number.NaN;
    const sessionMsPerStep = mode === 'burst' ? typical('session') : undefined;
    const engineMsPerStep = typical('engine');
    return {
      engine,
      case: name,
      where,
      msPerStep,
      stepsPerSecond: 1000 / msPerStep,
      mode,
      rounds: lanes[mode]?.length ?? 0,
      ...(sessionMsPerStep !== undefined && { sessionMsPerStep }),
      ...(engineMsPerStep !== undefined && { engineMsPerStep }),
    };
  });
  return rows.sort((a, b) => place(a) - place(b));
}

/** The median over common rounds of the ratio within a round; of the medians where turns were not in step. */
export function toRatios({ samples }: BenchMeasurement): BenchRatios {
  const ratios: Record<string, Record<string, number>> = {};
  for (const [slow, fast] of COMPARED) {
    const byCase: Record<string, number> = {};
    for (const of of samples.filter(({ engine }) => engine === fast)) {
      const other = samples.find(({ engine, case: name }) => engine === slow && name === of.case);
      if (other === undefined) continue;
      const slowTimes = other.lanes[mainLane(other.lanes)] ?? [];
      const fastTimes = of.lanes[mainLane(of.lanes)] ?? [];
      byCase[of.case] =
        slowTimes.length === fastTimes.length
          ? median(slowTimes.map((time, round) => time / fastTimes[round]!))
          : median(slowTimes) / median(fastTimes);
    }
    if (Object.keys(byCase).length > 0) ratios[`${slow} / ${fast}`] = byCase;
  }
  return ratios;
}

export interface LinearFit {
  /** Of what every unit of work costs: one task, one point, one parameter. */
  readonly nanosecondsPerUnit: number;
  /** Of a meta-iteration without work. */
  readonly overheadMs: number;
  readonly cases: readonly {
    readonly case: string;
    readonly tasks: number;
    readonly points: number;
    readonly parameters: number;
    readonly ms: number;
    /** ms by the fit, divided by ms. */
    readonly fitted: number;
  }[];
}

const SERIES: readonly BenchGroup[] = ['tasks', 'points', 'width', 'steps'];
const ON_THE_LINE = ['maml-paper', 'maml-64', 'maml-100', 'maml-5'];

/**
 * ms ≈ overhead + unit · tasks × points × parameters over the scaling series of one engine, by least squares of the
 * relative deviations (so that the small cases count). Null with fewer than four cases. The engine's call alone where
 * it was timed: what surrounds it grows with tasks and points only.
 */
export function fitLinear(rows: readonly BenchRow[], engine: EngineId): LinearFit | null {
  const cases = rows.flatMap((row) => {
    const benchCase = findBenchCase(row.case);
    if (row.engine !== engine || benchCase === undefined) return [];
    if (!SERIES.includes(benchCase.group) && !ON_THE_LINE.includes(row.case)) return [];
    return [{ case: row.case, ...workOf(benchCase), ms: row.engineMsPerStep ?? row.msPerStep }];
  });
  if (cases.length < 4) return null;
  // Weights 1/ms² make the residuals relative.
  let [s0, s1, s2, t0, t1] = [0, 0, 0, 0, 0];
  for (const { product, ms } of cases) {
    const weight = 1 / (ms * ms);
    s0 += weight;
    s1 += weight * product;
    s2 += weight * product * product;
    t0 += weight * ms;
    t1 += weight * product * ms;
  }
  const unit = (s0 * t1 - s1 * t0) / (s0 * s2 - s1 * s1);
  const overheadMs = (t0 - unit * s1) / s0;
  return {
    nanosecondsPerUnit: unit * 1e6,
    overheadMs,
    cases: cases.map(({ product, ...rest }) => ({
      ...rest,
      fitted: (overheadMs + unit * product) / rest.ms,
    })),
  };
}

/** The result as text: a matrix of milliseconds, the ratios, the fit, and what was not measured. */
export function formatBench(
  rows: readonly BenchRow[],
  ratios: BenchRatios,
  missing: Pick<BenchMeasurement, 'unavailable' | 'leftOut'>,
): string {
  const engines = [...new Set(rows.map(({ engine }) => engine))];
  const names = [...new Set(rows.map((row) => row.case))];
  const pairs = Object.keys(ratios);
  const head = ['ms per step', ...engines, ...pairs];
  const body = names.map((name) => [
    name,
    ...engines.map((engine) => {
      const row = rows.find((candidate) => candidate.engine === engine && candidate.case === name);
      return row === undefined ? '–' : figures(row.msPerStep);
    }),
    ...pairs.map((pair) => {
      const ratio = ratios[pair]?.[name];
      return ratio === undefined ? '' : `${figures(ratio)}×`;
    }),
  ]);
  return [
    ...alignColumns([head, ...body]),
    ...formatParts(rows),
    ...formatFit(fitLinear(rows, 'fused-wasm')),
    ...formatMissing(missing),
  ].join('\n');
}

/** For the paper's setting, what of a meta-iteration is the engine's call, and what one costs on its own. */
function formatParts(rows: readonly BenchRow[]): string[] {
  const parts = rows.flatMap(({ engine, case: name, engineMsPerStep, msPerStep, sessionMsPerStep }) => {
    if (engineMsPerStep === undefined || name !== 'maml-paper') return [];
    const one = sessionMsPerStep === undefined ? '' : figures(sessionMsPerStep);
    return [[engine, figures(msPerStep), figures(engineMsPerStep), one]];
  });
  if (parts.length === 0) return [];
  return [
    '',
    ...alignColumns([['maml-paper, ms', 'as trained', 'engine call alone', 'step by step'], ...parts]),
  ];
}

function formatFit(fit: LinearFit | null): string[] {
  if (fit === null) return [];
  const rows = fit.cases.map(({ case: name, tasks, points, parameters, ms, fitted }) => [
    name,
    String(tasks),
    String(points),
    String(parameters),
    figures(ms),
    ((1e6 * ms) / (tasks * points * parameters)).toFixed(3),
    fitted.toFixed(2),
  ]);
  const head = ['fused-wasm', 'tasks', 'points', 'parameters', 'ms', 'ns per product', 'fit / ms'];
  const line = `${fit.overheadMs.toPrecision(2)} ms + ${fit.nanosecondsPerUnit.toPrecision(3)} ns`;
  return ['', `Linear fit: ${line} · tasks × points × parameters`, ...alignColumns([head, ...rows])];
}

function formatMissing({
  unavailable,
  leftOut,
}: Pick<BenchMeasurement, 'unavailable' | 'leftOut'>): string[] {
  const lines = unavailable.map(({ engine, reason }) => `${engine}: not measured: ${reason}`);
  const groups = new Map<string, string[]>();
  for (const { engine, case: name, reason } of leftOut) {
    const key = `${engine}: left out, ${reason.replace(/expected to take [\d.]+ s/, 'expected to take too long')}`;
    groups.set(key, [...(groups.get(key) ?? []), name]);
  }
  for (const [key, names] of groups) lines.push(`${key}: ${names.join(', ')}`);
  return lines.length > 0 ? ['', ...lines] : [];
}

/** Three significant digits, no exponent. */
function figures(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}

/** The first column to the left, the others to the right. */
function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]! + 2)))
      .join('')
      .trimEnd(),
  );
}
