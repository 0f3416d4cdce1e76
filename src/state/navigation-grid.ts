// The small runnable ablation of [FO] Figs. 1–2: one short run per cell of a grid of batch sizes, one after the other in
// a worker of its own, with the experiment's other settings. Results stay until the next start.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { type NavigationKinds, POLICY_METRIC_COLUMNS } from '../training/policy-session-events.ts';
import type { ClientEventOf, TrainingClientOf } from '../worker/training-client.ts';

/** M and E of the cells, ascending. */
export const GRID_TASKS = [5, 10, 20] as const;
export const GRID_TRAJECTORIES = [5, 10, 20] as const;
/** Meta-iterations of each cell's run; its value is the mean over the last ones. */
export const GRID_ITERATIONS = 15;
export const GRID_AVERAGED = 5;

export interface GridCell {
  readonly tasks: number;
  readonly trajectories: number;
  /** Mean return after adaptation over the last GRID_AVERAGED iterations, per algorithm; null: not there yet. */
  readonly values: ReadonlyMap<AlgorithmId, number> | null;
  /** 0 … 1 while it runs, else null. */
  readonly progress: number | null;
}

export interface NavigationGridState {
  readonly status: 'idle' | 'running' | 'done' | 'cancelled' | 'failed';
  /** Plain words, when failed. */
  readonly problem: string | null;
  readonly cells: readonly GridCell[];
  /** What the cells were computed with; null before the first start. */
  readonly experiment: NavigationExperiment | null;
  /** Begins anew with these settings. */
  start(experiment: NavigationExperiment): void;
  /** Ends the run and its worker; finished cells stay. */
  cancel(): void;
}

/** The experiment of one cell. */
export function cellExperiment(
  experiment: NavigationExperiment,
  tasks: number,
  trajectories: number,
): NavigationExperiment {
  return {
    ...experiment,
    metaBatchSize: tasks,
    trajectoriesPerTask: trajectories,
    metaIterations: GRID_ITERATIONS,
    maxReplayedTasks: Math.min(experiment.maxReplayedTasks, tasks),
  };
}

function emptyCells(): GridCell[] {
  const cells = GRID_TRAJECTORIES.flatMap((trajectories) =>
    GRID_TASKS.map((tasks) => ({ tasks, trajectories, values: null, progress: null })),
  );
  // The cheap ones first: there is something to see at once.
  return cells.sort((a, b) => a.tasks * a.trajectories - b.tasks * b.trajectories);
}

const ITERATION = POLICY_METRIC_COLUMNS.indexOf('iteration');
const RETURN_AFTER = POLICY_METRIC_COLUMNS.indexOf('returnAfter');

/** `createClient`: a training client with a worker of its own, made at the first start. */
export function createNavigationGrid(
  createClient: () => TrainingClientOf<NavigationKinds>,
): StoreApi<NavigationGridState> {
  let client: TrainingClientOf<NavigationKinds> | null = null;
  /** Number of the running cell in the state's list. */
  let at = 0;
  /** The running cell's returns by algorithm, in the order of iterations. */
  let returns = new Map<AlgorithmId, number[]>();

  const store = createStore<NavigationGridState>()((set) => ({
    status: 'idle',
    problem: null,
    cells: emptyCells(),
    experiment: null,
    start(experiment) {
      set({ status: 'running', problem: null, cells: emptyCells(), experiment });
      at = 0;
      startCell();
    },
    cancel() {
      if (store.getState().status !== 'running') return;
      client?.stop();
      setCell({ progress: null });
      set({ status: 'cancelled' });
    },
  }));

  function setCell(patch: Partial<GridCell>): void {
    const { cells } = store.getState();
    store.setState({ cells: cells.map((cell, i) => (i === at ? { ...cell, ...patch } : cell)) });
  }

  function startCell(): void {
    const { cells, experiment } = store.getState();
    const cell = cells[at];
    if (cell === undefined || experiment === null) {
      client?.stop();
      store.setState({ status: 'done' });
      return;
    }
    if (client === null) {
      client = createClient();
      client.listen(hear);
    }
    returns = new Map();
    setCell({ progress: 0 });
    client.start({
      experiment: cellExperiment(experiment, cell.tasks, cell.trajectories),
      engine: 'auto',
      resume: null,
      paused: false,
    });
  }

  function hear(event: ClientEventOf<NavigationKinds>): void {
    if (store.getState().status !== 'running') return;
    switch (event.type) {
      case 'metrics':
        for (const { algorithm, rows } of event.batches) keepReturns(algorithm, rows);
        break;
      case 'state':
        if (event.state === 'finished' || event.state === 'paused') endCell();
        break;
      case 'restarted':
        // Whatever came after that iteration is sent again.
        for (const list of returns.values()) list.length = Math.min(list.length, event.iteration);
        break;
      case 'gave-up':
        setCell({ progress: null });
        store.setState({ status: 'failed', problem: event.message });
        break;
    }
  }

  function keepReturns(algorithm: AlgorithmId, rows: Float64Array): void {
    const width = POLICY_METRIC_COLUMNS.length;
    const list = returns.get(algorithm) ?? [];
    returns.set(algorithm, list);
    for (let row = 0; row * width < rows.length; row++) {
      list[rows[row * width + ITERATION]! - 1] = rows[row * width + RETURN_AFTER]!;
    }
    const slowest = Math.min(...[...returns.values()].map((each) => each.length));
    setCell({ progress: slowest / GRID_ITERATIONS });
  }

  /** The run is over; one that diverged or stalled before its end has the value of what it did. */
  function endCell(): void {
    const values = new Map<AlgorithmId, number>();
    for (const [algorithm, list] of returns) {
      const last = list.slice(-GRID_AVERAGED);
      values.set(algorithm, last.reduce((sum, value) => sum + value, 0) / last.length);
    }
    setCell({ values, progress: null });
    at += 1;
    startCell();
  }

  return store;
}
