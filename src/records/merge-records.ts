// Several kept runs of one experiment, each of other algorithms, as one run: they were trained on the same tasks and
// draws, so that side by side they are a race.
import { ALGORITHM_IDS, type Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import { hasEffect } from '../experiment/lab.ts';
import { inLabOf } from '../experiment/labs.ts';
import { validateExperiment } from '../experiment/schema.ts';
import { isRecorded } from './recorded-experiments.ts';
import type { RunRecord } from './run-record.ts';

/**
 * The records as one, algorithms in their usual order, up to the last meta-iteration of which all have a checkpoint;
 * null where they are not of one experiment, share an algorithm, or have no checkpoint in common but the beginning.
 */
export function mergeRecords(records: readonly RunRecord[]): RunRecord | null {
  const [first, ...others] = records;
  if (first === undefined || others.length === 0) return first ?? null;
  const shared = sharedExperiment(records.map(({ experiment }) => experiment));
  if (shared === null || !isRecorded(shared)) return null;
  const all = records.flatMap(({ runs }) => runs.map(({ algorithm }) => algorithm));
  if (new Set(all).size !== all.length) return null;
  const algorithms = ALGORITHM_IDS.filter((id) => all.includes(id));
  const common = first.checkpoints
    .map(({ iteration }) => iteration)
    .filter((iteration) =>
      others.every(({ checkpoints }) => checkpoints.some((one) => one.iteration === iteration)),
    );
  const end = common.at(-1) ?? 0;
  if (end === 0) return null;
  const runs = records.flatMap((record) => record.runs);
  return {
    title: null,
    program: first.program,
    experiment: { ...shared, algorithms },
    engine: first.engine,
    seconds: records.reduce((sum, { seconds }) => sum + seconds, 0),
    iterations: end,
    runs: algorithms.map((id) => upTo(runs.find(({ algorithm }) => algorithm === id)!, end)),
    checkpoints: common.map((iteration) => {
      const states = records.flatMap(
        ({ checkpoints }) => checkpoints.find((one) => one.iteration === iteration)!.runs,
      );
      return { iteration, runs: algorithms.map((id) => states.find(({ algorithm }) => algorithm === id)!) };
    }),
  };
}

/** These differ between runs of one experiment: who trained, and for how long. */
const OWN = new Set(['algorithms', 'metaIterations']);

/**
 * The experiment of all, each setting as those have it whom it concerns (Reptile's step size is nothing to MAML); null
 * where two differ in a setting that concerns both.
 */
function sharedExperiment([first, ...others]: readonly Experiment[]): Experiment | null {
  if (first === undefined) return null;
  const values = new Map<string, unknown>(Object.entries(first));
  const concerned = new Set(settingsInEffect(first));
  for (const other of others) {
    if (other.lab !== first.lab || other.preset !== first.preset) return null;
    const own = new Map<string, unknown>(Object.entries(other));
    for (const key of settingsInEffect(other)) {
      if (OWN.has(key)) continue;
      if (concerned.has(key) && !sameValue(values.get(key), own.get(key))) return null;
      values.set(key, own.get(key));
      concerned.add(key);
    }
  }
  const { experiment, issues } = validateExperiment(Object.fromEntries(values));
  return issues.length === 0 ? experiment : null;
}

function settingsInEffect(experiment: Experiment): readonly string[] {
  return inLabOf<readonly string[]>(experiment, (lab, e) =>
    lab.fieldKeys.filter((key) => hasEffect(lab, key, e)),
  );
}

/** A run without what came after `end`. */
function upTo(run: RunRecord['runs'][number], end: number): RunRecord['runs'][number] {
  const rows = run.metrics.iteration ?? [];
  const kept = rows.filter((iteration) => iteration <= end).length;
  const isKept = ({ iteration }: { readonly iteration: number }) => iteration <= end;
  return {
    ...run,
    divergedAt: run.divergedAt !== null && run.divergedAt <= end ? run.divergedAt : null,
    metrics: Object.fromEntries(
      Object.entries(run.metrics).map(([name, values]) => [name, values.slice(0, kept)]),
    ),
    adaptations: run.adaptations.filter(isKept),
    heldOut: run.heldOut.filter(isKept),
  };
}
