// Run files of older versions, brought up to today's one step at a time, as parsed JSON that nobody has checked yet. A
// version is a format, not the program's release. Frozen files of every version are in fixtures/.

export const RUN_FILE_FORMAT = 'metascope-run';
/** The version that this program writes, and the newest that it reads. */
export const RUN_FILE_VERSION = 2;
/** The oldest version that was ever written. */
export const OLDEST_RUN_FILE_VERSION = 1;

type Json = Readonly<Record<string, unknown>>;

/** Whether this program reads files of this version. */
export function isRunFileVersion(version: unknown): version is number {
  return (
    typeof version === 'number' &&
    Number.isInteger(version) &&
    version >= OLDEST_RUN_FILE_VERSION &&
    version <= RUN_FILE_VERSION
  );
}

/** The file as the newest version would have it; odd values pass, for the schema to refuse. */
export function upgradeRunFile(file: Json & { readonly version: number }): Json {
  return file.version === 1 ? fromVersion1(file) : file;
}

/**
 * Version 1 is what `train --out` wrote: the settings, thinned metrics and an evaluation by algorithm, and in `runs` only
 * the last θ and α, as lists of numbers. It becomes a record with that one checkpoint. What it never kept (the program's
 * version, each task's own returns) is "unknown" or empty.
 */
function fromVersion1(file: Json): Json {
  const { experiment, engine, iterations, seconds } = file;
  const runs = list(file.runs).map(object);
  const diverged = list(file.diverged).map(object);
  const metrics = object(file.metrics);
  const evaluation = object(file.evaluation);
  const costsOf = (algorithm: unknown) => {
    const columns = object(metrics[name(algorithm)]);
    return { environmentSteps: lastOf(columns.environmentSteps), seconds: lastOf(columns.seconds) };
  };
  return {
    version: 2,
    title: null,
    program: 'unknown',
    experiment,
    engine,
    seconds,
    iterations,
    runs: runs.map(({ algorithm }) => ({
      algorithm,
      divergedAt: diverged.find((one) => one.algorithm === algorithm)?.iteration ?? null,
      metrics: metrics[name(algorithm)] ?? { iteration: [] },
      adaptations: adaptationOf(evaluation, { algorithm, iteration: iterations, ...costsOf(algorithm) }),
      heldOut: [],
    })),
    checkpoints: [
      {
        iteration: iterations,
        runs: runs.map(({ algorithm, metaParams, alpha }) => ({
          algorithm,
          metaParams,
          alpha,
          ...costsOf(algorithm),
        })),
      },
    ],
  };
}

/** The evaluation at the end as the one point there is; [] where there was none. */
function adaptationOf(evaluation: Json, head: Json): Json[] {
  const entries = list(object(object(evaluation.algorithms)[name(head.algorithm)]).adaptationCurve).map(
    object,
  );
  if (entries.length === 0) return [];
  const { algorithm, iteration } = head;
  const { tasks } = evaluation;
  if ('supportSize' in entries[0]!) return [{ algorithm, iteration, tasks, curves: curvesOf(entries) }];
  const column = (key: string) => entries.map((entry) => entry[key]);
  const lists = { meanReturn: column('meanReturn'), standardError: column('standardError') };
  const quartiles = { q25: column('q25'), q75: column('q75') };
  return [
    { ...head, tasks, steps: column('steps'), ...lists, ...quartiles, returnsByTask: entries.map(() => []) },
  ];
}

function curvesOf(entries: readonly Json[]): Json[] {
  const sizes = [...new Set(entries.map(({ supportSize }) => supportSize))];
  return sizes.map((supportSize) => {
    const own = entries.filter((entry) => entry.supportSize === supportSize);
    const column = (key: string) => own.map((entry) => entry[key]);
    const quartiles = { q25: column('q25'), q75: column('q75') };
    return {
      supportSize,
      steps: column('steps'),
      mean: column('mean'),
      median: column('median'),
      ...quartiles,
      diverged: column('diverged'),
    };
  });
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A key that is one of the object's own, or of none. */
function name(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** 0 where there is none. */
function lastOf(column: unknown): unknown {
  return list(column).at(-1) ?? 0;
}
