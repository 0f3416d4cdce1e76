// What of the lab on the screen is trained, as the share dialog wants it: the state that is looked at, and by whom.
import type { AlgorithmId, Experiment } from '../experiment/experiment.ts';
import type { TrainedState } from './share-trained.ts';
import type { AppStores } from './store-types.ts';

export interface ShownTraining {
  /** The checkpoint that is scrubbed to, else the newest state; null: none yet. */
  readonly state: TrainedState | null;
  /** Whose pseudocode is shown; the one to share where not all fit. */
  readonly focus: AlgorithmId;
}

type RunsOf = {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly state: Omit<TrainedState['runs'][number], 'algorithm'>;
  }[];
};

/** null in a lab that trains nothing. */
export function shownTraining(stores: AppStores): ShownTraining | null {
  const { experiment } = stores.current.getState();
  switch (experiment.lab) {
    case 'reaching':
      return null;
    case 'sinusoid':
      return read(stores, experiment);
    case 'navigation':
    case 'cheetah':
      return read(stores[experiment.lab], experiment);
    default:
      return experiment satisfies never;
  }
}

interface LabStores {
  readonly view: { getState(): { readonly scrubIteration: number | null; readonly focus: AlgorithmId } };
  readonly data: {
    readonly snapshot: TrainedState | null;
    readonly checkpoints: readonly RunsOf[];
    readonly newest: RunsOf | null;
  };
}

function read(
  { view, data }: LabStores,
  { algorithms }: Extract<Experiment, { algorithms: unknown }>,
): ShownTraining {
  const { scrubIteration, focus } = view.getState();
  const scrubbed =
    scrubIteration === null
      ? undefined
      : data.checkpoints.findLast((each) => each.iteration <= scrubIteration);
  const kept = scrubbed ?? data.newest ?? data.checkpoints.at(-1) ?? null;
  // Snapshots come several times a second, checkpoints seldom.
  const isLive = scrubbed === undefined && (data.snapshot?.iteration ?? -1) >= (kept?.iteration ?? -1);
  const state = isLive ? data.snapshot : kept === null ? null : stateOf(kept);
  return { state, focus: algorithms.includes(focus) ? focus : algorithms[0]! };
}

function stateOf({ iteration, runs }: RunsOf): TrainedState {
  return { iteration, runs: runs.map(({ algorithm, state }) => ({ algorithm, ...state })) };
}
