// The task buffer of one run in its frame: the focus' own where it has one, else the first run that has. A task's score
// is minus its mean return after adaptation.
import { useRef } from 'react';
import { usesTaskBuffer } from '../../algorithms/task-buffer.ts';
import {
  type BufferChartData,
  type BufferScene,
  layoutBufferChart,
  summariseBufferChart,
} from '../../charts/buffer-chart.ts';
import type { ChartTable } from '../../charts/table.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { NavigationExperiment } from '../../experiment/navigation-experiment.ts';
import type { NavigationStores } from '../../state/navigation-types.ts';
import type { NavigationTask } from '../../tasks/navigation.ts';
import type { PolicyBatchSnapshot } from '../../training/policy-session-events.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useNavigation, useNavigationExperiment, useNavigationView } from './use-navigation.ts';

function bufferOwner(experiment: NavigationExperiment, focus: AlgorithmId): AlgorithmId {
  const owners = experiment.algorithms.filter((id) => usesTaskBuffer(experiment, id));
  return owners.includes(focus) ? focus : (owners[0] ?? focus);
}

function readBatch({ experiment, view, data }: NavigationStores): PolicyBatchSnapshot<NavigationTask> | null {
  const owner = bufferOwner(experiment.getState().experiment, view.getState().focus);
  return data.snapshot?.runs.find((run) => run.algorithm === owner)?.batch ?? null;
}

function readBuffer(stores: NavigationStores): BufferChartData {
  const { experiment } = stores.experiment.getState();
  const algorithm = bufferOwner(experiment, stores.view.getState().focus);
  const batch = readBatch(stores);
  const snapshot =
    batch === null
      ? null
      : {
          scores: batch.returnsAfter.map((value) => -value),
          replayed: batch.replayed,
          chosen: batch.chosen,
          isNoise: Uint8Array.from(batch.tasks, (task) => (task.isNoise === true ? 1 : 0)),
          tasks: new Float32Array(2 * batch.tasks.length),
        };
  return { algorithm, strategy: experiment.strategy, snapshot, enabled: true };
}

/** One row per task, from easy to hard. */
function tableBuffer(stores: NavigationStores): ChartTable {
  const batch = readBatch(stores);
  const yes = (value: boolean | undefined) => (value ? 'yes' : 'no');
  const rows = (batch?.tasks ?? []).map((task, i) => ({
    score: -batch!.returnsAfter[i]!,
    cells: [task.x, task.y, yes(batch!.replayed[i] === 1), yes(batch!.chosen[i] === 1), yes(task.isNoise)],
  }));
  return {
    columns: ['score', 'goal x', 'goal y', 'replayed', 'chosen', 'noise'],
    rows: rows.sort((a, b) => a.score - b.score).map(({ score, cells }) => [score, ...cells]),
  };
}

export function BufferPanel() {
  const stores = useNavigation();
  const previous = useRef<BufferScene | null>(null);
  const experiment = useNavigationExperiment((all) => all);
  const focus = useNavigationView((view) => view.focus);
  return (
    <ChartPanel
      title="Task buffer"
      heading={<h2 className="visually-hidden">Task buffer</h2>}
      qualifier={
        <>
          <AlgorithmName id={bufferOwner(experiment, focus)} /> −return
        </>
      }
      layout={(view) => {
        previous.current = layoutBufferChart(readBuffer(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => summariseBufferChart(readBuffer(stores), labelOf)}
      table={() => tableBuffer(stores)}
    />
  );
}
