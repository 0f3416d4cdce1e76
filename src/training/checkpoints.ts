// When checkpoints are kept, and how they are copied and checked. A checkpoint is everything a run needs to go
// on bit-exactly; scheduled ones also let the past be scrubbed.

import { shapeFor } from '../algorithms/run-shape.ts';
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import type { TrainingState } from '../gradients/training-request.ts';
import { parameterCount } from '../models/mlp-shape.ts';
import type { Checkpoint } from './session-events.ts';

/** About four per octave: 0, 1, …, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, … */
export function isCheckpointIteration(iteration: number): boolean {
  return isOnLogGrid(iteration, 4);
}

/** About eight per octave, and at least 50 evenly spaced ones, so that linear axes have points too. */
export function isHeldOutIteration(iteration: number, metaIterations: number): boolean {
  return isOnLogGrid(iteration, 8) || iteration % Math.max(1, Math.round(metaIterations / 50)) === 0;
}

/** Whether t is a multiple of (the largest power of two ≤ t) / perOctave. */
function isOnLogGrid(iteration: number, perOctave: number): boolean {
  if (iteration <= perOctave) return true;
  const octave = 2 ** (31 - Math.clz32(iteration));
  return iteration % (octave / perOctave) === 0;
}

/** A deep copy that shares no memory with `state`. */
export function copyRunState<Task extends object>(state: TrainingState<Task>): TrainingState<Task> {
  const { metaParams, optimizer, alpha, buffer } = state;
  return {
    metaParams: metaParams.slice(),
    optimizer:
      optimizer.kind === 'adam'
        ? {
            ...optimizer,
            firstMoment: optimizer.firstMoment.slice(),
            secondMoment: optimizer.secondMoment.slice(),
          }
        : optimizer,
    alpha: { mode: alpha.mode, values: alpha.values.slice() },
    buffer: buffer.map((entry) => ({ ...entry, task: { ...entry.task } })),
  };
}

/** Throws when `checkpoint` cannot belong to `experiment`: other algorithms, or another network. */
export function assertCheckpointFits(checkpoint: Checkpoint, experiment: SinusoidExperiment): void {
  assertRunsFit(checkpoint, experiment.algorithms, (algorithm) =>
    parameterCount(shapeFor(experiment, algorithm)),
  );
}

/** The same for any lab: the runs are those of `algorithms`, each with `parametersOf` it. */
export function assertRunsFit(
  checkpoint: {
    readonly runs: readonly {
      readonly algorithm: AlgorithmId;
      readonly state: { readonly metaParams: Float32Array };
    }[];
  },
  algorithms: readonly AlgorithmId[],
  parametersOf: (algorithm: AlgorithmId) => number,
): void {
  const got = checkpoint.runs.map((run) => run.algorithm).join(', ');
  const expected = algorithms.join(', ');
  if (got !== expected) {
    throw new Error(
      `The checkpoint has the runs ${got}, the experiment has ${expected}. Start the experiment afresh.`,
    );
  }
  for (const { algorithm, state } of checkpoint.runs) {
    const parameters = parametersOf(algorithm);
    if (state.metaParams.length !== parameters) {
      throw new Error(
        `The checkpoint's ${algorithm} has ${state.metaParams.length} parameters, the experiment's network ` +
          `${parameters}. Start the experiment afresh.`,
      );
    }
  }
}
