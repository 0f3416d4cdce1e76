// The live values beside the pseudocode, by phase: phases may call different values alike. A slow lab's snapshots come in
// mid-iteration; what its phases have not told yet is then what they told in the iteration before.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { LabData } from '../lab-context.ts';

export interface LiveValues {
  /** null before anything was trained. */
  readonly iteration: number | null;
  /** Of every phase that is known, in the order in which they run. */
  readonly values: ReadonlyMap<string, Readonly<Record<string, number>>>;
  /** The phase that ran last; null: none yet. */
  readonly last: string | null;
  /** Training stops at every phase. */
  readonly stepped: boolean;
}

/** The algorithm's values as of now: the snapshot's, overlaid by the phase just stepped to. */
export function readLive(data: LabData, algorithm: AlgorithmId): LiveValues {
  const snapshot = data.snapshot?.runs.find((run) => run.algorithm === algorithm) ?? null;
  const stepped = data.steppedPhase;
  const mine = stepped !== null && stepped.algorithm === algorithm ? [stepped.event] : [];
  const events = [...(snapshot?.earlierPhases ?? []), ...(snapshot?.phases ?? []), ...mine];
  return {
    iteration: stepped?.iteration ?? snapshot?.iteration ?? null,
    values: new Map(events.map(({ phase, values }) => [phase, values])),
    last: events.at(-1)?.phase ?? null,
    stepped: stepped !== null,
  };
}
