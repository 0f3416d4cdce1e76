// What an engine's `train` refuses: see training-request.ts.
import { inputSizeOf } from '../tasks/sinusoid.ts';
import type { TrainingRequest } from './training-request.ts';

/** Rejects what would read beyond an array; everything else is the caller's business, as in algorithms/. */
export function assertTraining({ stream, shape, replay, outer, iterations, state }: TrainingRequest): void {
  const inputs = inputSizeOf(stream.points.inputs);
  const outputs = shape.sizes[shape.sizes.length - 1];
  if (shape.sizes[0] !== inputs || outputs !== 1) {
    throw new RangeError(
      `train: got a ${shape.sizes.join('-')} network, expected ${inputs} inputs and 1 output for these points.`,
    );
  }
  if (!Number.isInteger(iterations) || iterations < 1) {
    throw new RangeError(`train: got ${iterations} iterations, expected a whole number, 1 or more.`);
  }
  const lists = {
    'replay.counts': replay?.counts,
    'outer.stepSizes': outer.kind === 'steps' ? outer.stepSizes : null,
  };
  for (const [name, list] of Object.entries(lists)) {
    if (list && list.length < iterations) {
      throw new RangeError(
        `train: ${name} has ${list.length} entries, expected one per iteration, ${iterations}.`,
      );
    }
  }
  const first = replay?.counts[0] ?? 0;
  if (first > state.buffer.length || (replay?.counts ?? []).some((count) => count > stream.metaBatchSize)) {
    throw new RangeError(
      `train: replay.counts asks for more tasks than there are (${state.buffer.length} in the buffer, batches of ` +
        `${stream.metaBatchSize}). Replay at most as many as the buffer holds.`,
    );
  }
}
