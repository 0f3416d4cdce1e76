// The small ablation of [FO] Figs. 1–2: nine short runs with other batch sizes, computed when asked, one after the other.
// Training waits meanwhile; the pausing is use-grid-pause.ts's.
import { useStore } from 'zustand';
import {
  describeReturnGrid,
  layoutReturnGrid,
  type ReturnGridData,
  tableReturnGrid,
} from '../../charts/return-grid.ts';
import {
  GRID_AVERAGED,
  GRID_ITERATIONS,
  GRID_TASKS,
  GRID_TRAJECTORIES,
} from '../../state/navigation-grid.ts';
import type { NavigationStores } from '../../state/navigation-types.ts';
import { navigationWords } from '../../words/navigation.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { formatDuration } from '../format.ts';
import { labelOf } from '../labels.ts';
import { navigationGrid } from './grid-store.ts';
import {
  useNavigation,
  useNavigationExperiment,
  useNavigationText,
  useNavigationView,
} from './use-navigation.ts';

function readGrid({ experiment: store, view }: NavigationStores): ReturnGridData {
  const { experiment } = store.getState();
  const { cells, experiment: computed } = navigationGrid.getState();
  const { focus } = view.getState();
  const inGrid = computed?.algorithms ?? experiment.algorithms;
  const algorithm = inGrid.includes(focus) ? focus : inGrid[0]!;
  return {
    algorithm,
    tasks: GRID_TASKS,
    trajectories: GRID_TRAJECTORIES,
    cells: cells.map((cell) => ({ ...cell, value: cell.values?.get(algorithm) ?? null })),
    current: { tasks: experiment.metaBatchSize, trajectories: experiment.trajectoriesPerTask },
  };
}

/** Trajectories per task that the grid rolls out, over those that an iteration of the experiment does. */
function costRatio(metaBatchSize: number, trajectoriesPerTask: number): number {
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const rolled = sum(GRID_TASKS) * sum(GRID_TRAJECTORIES) * GRID_ITERATIONS;
  return rolled / (metaBatchSize * trajectoriesPerTask);
}

/** About how long the grid takes here, by what iterations have taken so far; null: none yet. */
function useEstimate(): number | null {
  const stores = useNavigation();
  const ratio = useNavigationExperiment(({ metaBatchSize, trajectoriesPerTask }) =>
    costRatio(metaBatchSize, trajectoriesPerTask),
  );
  const perIteration = useNavigationText((data) => {
    const { algorithms } = stores.experiment.getState().experiment;
    const seconds = algorithms.map((id) => {
      const metrics = data.metrics(id);
      return metrics === null || metrics.length === 0
        ? Number.NaN
        : metrics.column('seconds')[metrics.length - 1]! / metrics.length;
    });
    return seconds.reduce((sum, value) => sum + value, 0);
  }, 1000);
  return Number.isFinite(perIteration) ? perIteration * ratio : null;
}

function useGridWords(): string {
  const { status, problem, cells, experiment } = useStore(navigationGrid);
  const now = useNavigationExperiment((current) => current);
  const estimate = useEstimate();
  const done = cells.filter(({ values }) => values !== null).length;
  if (status === 'failed') return navigationWords.gridFailed(problem ?? '');
  if (status === 'running') return navigationWords.gridRunning(done, cells.length);
  const about = estimate === null ? '' : navigationWords.gridTakes(formatDuration(estimate));
  if (status === 'idle') return navigationWords.gridPlan(cells.length, GRID_ITERATIONS) + about;
  const isStale = experiment !== null && experiment !== now ? navigationWords.gridStale : '';
  const end = status === 'cancelled' ? navigationWords.gridCancelled(done) : '';
  return `${end || navigationWords.gridDone(GRID_AVERAGED, GRID_ITERATIONS)}${isStale}`;
}

function GridBar() {
  const { experiment } = useNavigation();
  const running = useStore(navigationGrid, (state) => state.status === 'running');
  const words = useGridWords();
  return (
    <div className="grid-bar">
      <p className="number quiet" data-testid="grid-words">
        {words}
      </p>
      <button
        type="button"
        onClick={() =>
          running
            ? navigationGrid.getState().cancel()
            : navigationGrid.getState().start(experiment.getState().experiment)
        }
      >
        {running ? navigationWords.cancel : navigationWords.run}
        <span className="visually-hidden">{navigationWords.theGrid}</span>
      </button>
    </div>
  );
}

export function GridPanel() {
  const stores = useNavigation();
  // Read so that the drawing follows them: nothing of the grid comes through the frame loop.
  useStore(navigationGrid, (state) => state.cells);
  useNavigationView((view) => view.focus);
  useNavigationExperiment((experiment) => experiment);
  const { algorithm } = readGrid(stores);
  return (
    <ChartPanel
      title={navigationWords.grid}
      heading={<h2 className="visually-hidden">{navigationWords.grid}</h2>}
      qualifier={labelOf(algorithm)}
      controls={<GridBar />}
      layout={(view) => layoutReturnGrid(readGrid(stores), view)}
      summary={() => describeReturnGrid(readGrid(stores), labelOf)}
      table={() => tableReturnGrid(readGrid(stores))}
    />
  );
}
