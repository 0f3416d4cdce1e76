// Run files: what `train --out` writes and `evaluate` reads. An experiment, what was measured, and the final θ and
// α of every run. Reading checks everything it uses and says what is wrong.
import { shapeFor } from '../algorithms/run-shape.ts';
import {
  ALGORITHM_IDS,
  ALPHA_MODES,
  type AlgorithmId,
  type AlphaMode,
  type Experiment,
  type SinusoidExperiment,
} from '../experiment/experiment.ts';
import { validateExperiment } from '../experiment/schema.ts';
import { layerRanges, parameterCount } from '../models/mlp-shape.ts';
import type { Subject } from '../training/evaluation.ts';
import type { AdaptationCurve, MetricColumn } from '../training/session-events.ts';
import { readJsonFile, refuse, sinusoidOnly } from './load-experiment.ts';
import { UsageError } from './usage-error.ts';

/** Numbers by metric; entry i of every list belongs to the same meta-iteration. */
export type MetricHistory = Readonly<Record<MetricColumn, readonly number[]>>;

export interface Evaluation {
  readonly tasks: number;
  /** Of the experiment's first algorithm: one entry per K and number of steps. */
  readonly adaptationCurve: readonly CurveEntry[];
  readonly algorithms: Readonly<
    Partial<Record<AlgorithmId, { readonly adaptationCurve: readonly CurveEntry[] }>>
  >;
}

export interface CurveEntry {
  readonly supportSize: number;
  readonly steps: number;
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
  readonly diverged: number;
}

export interface RunResult {
  readonly experiment: SinusoidExperiment;
  readonly engine: string;
  /** Meta-iterations done. */
  readonly iterations: number;
  /** Wall-clock seconds of training. */
  readonly seconds: number;
  readonly metrics: Readonly<Partial<Record<AlgorithmId, MetricHistory>>>;
  readonly evaluation: Evaluation;
  /** Runs that became non-finite; their θ is the last good one. */
  readonly diverged: readonly { algorithm: AlgorithmId; iteration: number; cause: string }[];
}

const FORMAT = 'metascope-run';
const VERSION = 1;
const MAX_BYTES = 64 * 1024 * 1024;

/** The text of a run file. */
export function encodeRunFile(
  result: { readonly experiment: Experiment },
  subjects: readonly Subject[],
): string {
  const runs = subjects.map(({ algorithm, metaParams, alpha }) => ({
    algorithm,
    metaParams: [...metaParams],
    alpha: { mode: alpha.mode, values: [...alpha.values] },
  }));
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...result, runs })}\n`;
}

export interface RunFile {
  readonly experiment: SinusoidExperiment;
  readonly engine: string;
  readonly iterations: number;
  readonly subjects: readonly Subject[];
}

/** A run file of any lab, of which the header and the experiment have been checked. */
export interface OpenedRunFile {
  readonly path: string;
  readonly experiment: Experiment;
  readonly engine: string;
  readonly iterations: number;
  readonly runs: readonly unknown[];
}

/** Opens a run file; a UsageError says what is wrong with it. */
export function openRunFile(path: string): OpenedRunFile {
  const file = asRecord(readJsonFile(path, MAX_BYTES), path);
  if (file.format !== FORMAT) {
    throw new UsageError(`${path} is not a run file. “train --out ${path}” writes one.`);
  }
  if (file.version !== VERSION) {
    throw new UsageError(
      `${path} is a run file of version ${String(file.version)}; this program reads version ${VERSION}.`,
    );
  }
  const { experiment, issues } = validateExperiment(file.experiment);
  refuse(`The experiment in ${path}`, issues);
  if (!Array.isArray(file.runs) || file.runs.length === 0) {
    throw new UsageError(`${path}: “runs” must be a list with the parameters of at least one run.`);
  }
  const runs: readonly unknown[] = file.runs;
  return { path, experiment, engine: String(file.engine), iterations: Number(file.iterations), runs };
}

/** The Sinusoid lab's part of a run file; a UsageError says what is wrong with it. */
export function readRunFile({ path, experiment: read, runs, ...header }: OpenedRunFile): RunFile {
  const experiment = sinusoidOnly(read, `The experiment in ${path}`);
  const countsOf = (algorithm: AlgorithmId): ParameterCounts => {
    const shape = shapeFor(experiment, algorithm);
    const parameter = parameterCount(shape);
    return { scalar: 1, layer: layerRanges(shape).length, parameter };
  };
  return { ...header, experiment, subjects: readSubjects({ path, runs }, countsOf) };
}

/** How many values α has in each mode; 'parameter' is also θ's length. */
export type ParameterCounts = Readonly<Record<AlphaMode, number>>;

/** The trained parameters in a run file, each as long as `countsOf` its algorithm says. */
export function readSubjects(
  { path, runs }: Pick<OpenedRunFile, 'path' | 'runs'>,
  countsOf: (algorithm: AlgorithmId) => ParameterCounts,
): Subject[] {
  return runs.map((run, i) => readSubject(run, countsOf, `${path}: runs[${i}]`));
}

function readSubject(
  value: unknown,
  countsOf: (algorithm: AlgorithmId) => ParameterCounts,
  where: string,
): Subject {
  const run = asRecord(value, where);
  const algorithm = ALGORITHM_IDS.find((id) => id === run.algorithm);
  if (algorithm === undefined) {
    throw new UsageError(`${where}.algorithm must be one of ${ALGORITHM_IDS.join(', ')}.`);
  }
  const counts = countsOf(algorithm);
  const alpha = asRecord(run.alpha, `${where}.alpha`);
  const mode = ALPHA_MODES.find((candidate) => candidate === alpha.mode);
  if (mode === undefined)
    throw new UsageError(`${where}.alpha.mode must be one of ${ALPHA_MODES.join(', ')}.`);
  return {
    algorithm,
    metaParams: readNumbers(run.metaParams, counts.parameter, `${where}.metaParams`),
    alpha: { mode, values: readNumbers(alpha.values, counts[mode], `${where}.alpha.values`) },
  };
}

function readNumbers(value: unknown, length: number, where: string): Float32Array {
  if (!Array.isArray(value) || value.length !== length || !value.every(Number.isFinite)) {
    const got = Array.isArray(value) ? `a list of ${value.length}` : typeof value;
    throw new UsageError(`${where} must be a list of ${length} finite numbers; got ${got}.`);
  }
  return Float32Array.from(value);
}

function asRecord(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError(`${where} must be an object.`);
  }
  return Object.fromEntries(Object.entries(value));
}

/** One entry per number of steps. */
export function curveEntries(curves: readonly AdaptationCurve[]): CurveEntry[] {
  return curves.flatMap((curve) =>
    curve.steps.map((steps, i) => ({
      supportSize: curve.supportSize,
      steps,
      mean: curve.mean[i]!,
      median: curve.median[i]!,
      q25: curve.q25[i]!,
      q75: curve.q75[i]!,
      diverged: curve.diverged[i]!,
    })),
  );
}
