// Several kept runs of one experiment, each of other algorithms, as one run: they were trained on the same tasks and
// draws, so that side by side they are a race.
import { ALGORITHM_IDS } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/fields.ts';
import { isRecorded } from './recorded-experiments.ts';
import type { RunRecord } from './run-record.ts';

/**
 * The records as one, algorithms in their usual order, up to the last meta-iteration of which all have a checkpoint;
 * null where they are not of one experiment, share an algorithm, or have no checkpoint in common but the beginning.
 */
export function mergeRecords(records: readonly RunRecord[]): RunRecord | null {
  const [first, ...others] = records;
  if (first === undefined || others.length === 0) return first ?? null;
  const { experiment } = first;
  if (!isRecorded(experiment) || !others.every((other) => isSameButAlgorithms(first, other))) return null;
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
    experiment: { ...experiment, algorithms },
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

function isSameButAlgorithms(first: RunRecord, other: RunRecord): boolean {
  const values = new Map<string, unknown>(Object.entries(other.experiment));
  return Object.entries(first.experiment).every(
    ([key, value]) => key === 'algorithms' || key === 'metaIterations' || sameValue(value, values.get(key)),
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
