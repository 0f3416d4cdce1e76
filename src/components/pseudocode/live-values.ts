// The live values beside the pseudocode, by phase: phases may call different values alike. A slow lab's snapshots come in
// mid-iteration; what its phases have not told yet is then what they told in the iteration before.
import type { PhaseEvent } from '../../algorithms/algorithm.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { LabData } from '../lab-context.ts';

type Values = Readonly<Record<string, number>>;

export interface LiveValues {
  /** null before anything was trained. */
  readonly iteration: number | null;
  /** Of every phase that is known, in the order in which they run. */
  readonly values: ReadonlyMap<string, Values>;
  /** The phase that ran last; null: none yet. */
  readonly last: string | null;
  /** Training stops at every phase. */
  readonly stepped: boolean;
}

/** Makes the function that reads an algorithm's values as of now. One per panel: it remembers. */
export function createLiveReader(): (data: LabData, algorithm: AlgorithmId) => LiveValues {
  const known = new Map<AlgorithmId, { iteration: number; readonly values: Map<string, Values> }>();

  const remember = (algorithm: AlgorithmId, iteration: number, events: readonly PhaseEvent<string>[]) => {
    const before = known.get(algorithm);
    // A run that has begun anew, or gone back to a checkpoint, has told nothing yet.
    const kept =
      before === undefined || iteration < before.iteration
        ? { iteration, values: new Map<string, Values>() }
        : before;
    kept.iteration = iteration;
    for (const { phase, values } of events) kept.values.set(phase, values);
    known.set(algorithm, kept);
    return kept.values;
  };

  return (data, algorithm) => {
    const snapshot = data.snapshot?.runs.find((run) => run.algorithm === algorithm) ?? null;
    const stepped = data.steppedPhase;
    const mine = stepped !== null && stepped.algorithm === algorithm ? stepped : null;
    const iteration = stepped?.iteration ?? snapshot?.iteration ?? null;
    if (iteration === null) {
      known.delete(algorithm);
      return { iteration, values: new Map(), last: null, stepped: false };
    }
    const events = [...(snapshot?.phases ?? []), ...(mine === null ? [] : [mine.event])];
    const values = remember(algorithm, snapshot?.iteration ?? iteration, events);
    return {
      iteration,
      values: new Map(values),
      last: events.at(-1)?.phase ?? null,
      stepped: stepped !== null,
    };
  };
}
