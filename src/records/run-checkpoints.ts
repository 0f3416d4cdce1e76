// Between a session's checkpoints and those of a kept run, which hold only what adapting needs: θ and α. Training that
// goes on from a kept one begins with a fresh optimiser and an empty buffer.
import { createOptimizer } from '../algorithms/optimizers.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { OptimizerState } from '../models/optimizer-state.ts';
import type { PolicyCheckpoint } from '../training/policy-session-events.ts';
import type { Checkpoint } from '../training/session-events.ts';
import type { RecordedCheckpoint, RunRecord } from './run-record.ts';

/** What a record keeps of a checkpoint of any lab's session; supervised runs count no environment steps. */
interface KeptCheckpoint {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly state: {
      readonly metaParams: Float32Array;
      readonly alpha: RecordedCheckpoint['runs'][number]['alpha'];
    };
    readonly environmentSteps?: number;
    readonly seconds: number;
  }[];
}

/** A session's checkpoints as a record keeps them, copied; at most `limit` of them, as thinCheckpoints chooses. */
export function fromCheckpoints(
  checkpoints: readonly KeptCheckpoint[],
  limit = Number.POSITIVE_INFINITY,
): RecordedCheckpoint[] {
  return thinCheckpoints(checkpoints, limit).map(({ iteration, runs }) => ({
    iteration,
    runs: runs.map(({ algorithm, state, environmentSteps = 0, seconds }) => ({
      algorithm,
      metaParams: state.metaParams.slice(),
      alpha: { mode: state.alpha.mode, values: state.alpha.values.slice() },
      environmentSteps,
      seconds,
    })),
  }));
}

/**
 * At most `limit` (2 or more) of the checkpoints, which ascend: always the first and the last, the others about evenly
 * spaced in log(iteration + a hundredth of the end), since the very first updates look alike.
 */
export function thinCheckpoints<C extends { readonly iteration: number }>(
  checkpoints: readonly C[],
  limit: number,
): C[] {
  if (!(limit >= 2)) {
    throw new RangeError(
      `Thinning checkpoints: got a limit of ${limit}, expected at least 2, the first and the last.`,
    );
  }
  const kept = [...checkpoints];
  const offset = Math.max(1, (checkpoints.at(-1)?.iteration ?? 0) / 100);
  const place = (at: number) => Math.log(kept[at]!.iteration + offset);
  while (kept.length > limit) {
    // Without this one the gap between its neighbours is the smallest.
    let least = 1;
    for (let at = 2; at < kept.length - 1; at++) {
      if (place(at + 1) - place(at - 1) < place(least + 1) - place(least - 1)) least = at;
    }
    kept.splice(least, 1);
  }
  return kept;
}

/** The record's checkpoint of that meta-iteration, for a session of the Sinusoid lab to go on from. Shares its arrays. */
export function toSinusoidCheckpoint(
  record: Omit<RunRecord, 'experiment'> & { readonly experiment: SinusoidExperiment },
  iteration: number,
): Checkpoint {
  const { metaOptimizer } = record.experiment;
  const { runs } = checkpointAt(record, iteration);
  return {
    iteration,
    runs: runs.map((run) => ({
      ...stateOf(run, createOptimizer(metaOptimizer, run.metaParams.length)),
      gradientEvaluations: gradientEvaluationsBy(record, run.algorithm, iteration),
      seconds: run.seconds,
      divergedAt: divergedBy(record, run.algorithm, iteration),
    })),
  };
}

/** The same for sessions of meta-RL. */
export function toPolicyCheckpoint(
  record: Omit<RunRecord, 'experiment'>,
  iteration: number,
): PolicyCheckpoint {
  const { runs } = checkpointAt(record, iteration);
  return {
    iteration,
    runs: runs.map((run) => ({
      ...stateOf(run, createOptimizer('adam', run.metaParams.length)),
      environmentSteps: run.environmentSteps,
      seconds: run.seconds,
      divergedAt: divergedBy(record, run.algorithm, iteration),
    })),
  };
}

type RecordedState = RecordedCheckpoint['runs'][number];

function stateOf({ algorithm, metaParams, alpha }: RecordedState, optimizer: OptimizerState) {
  return { algorithm, state: { metaParams, alpha, optimizer, buffer: [] } };
}

function checkpointAt(
  { checkpoints }: Pick<RunRecord, 'checkpoints'>,
  iteration: number,
): RecordedCheckpoint {
  const found = checkpoints.find((checkpoint) => checkpoint.iteration === iteration);
  if (found !== undefined) return found;
  const known = checkpoints.map((checkpoint) => checkpoint.iteration).join(', ');
  throw new RangeError(
    `The record has no checkpoint of meta-iteration ${iteration}; it has ${known}. Ask for one of these.`,
  );
}

/** When a run had diverged by then; null: it had not. */
function divergedBy(
  { runs }: Pick<RunRecord, 'runs'>,
  algorithm: AlgorithmId,
  iteration: number,
): number | null {
  const at = runs.find((run) => run.algorithm === algorithm)?.divergedAt ?? null;
  return at !== null && at <= iteration ? at : null;
}

/** Gradient evaluations by then: they grow evenly, so what lies between two rows of thinned metrics is known. */
function gradientEvaluationsBy(
  { runs }: Pick<RunRecord, 'runs'>,
  algorithm: AlgorithmId,
  iteration: number,
): number {
  const { iteration: rows = [], gradientEvaluations: counts = [] } =
    runs.find((run) => run.algorithm === algorithm)?.metrics ?? {};
  const next = rows.findIndex((row) => row >= iteration);
  if (next < 0) return counts.at(-1) ?? 0;
  const [from, to] = [rows[next - 1] ?? 0, rows[next]!];
  const [low, high] = [counts[next - 1] ?? 0, counts[next] ?? 0];
  return to === from ? high : Math.round(low + ((high - low) * (iteration - from)) / (to - from));
}
