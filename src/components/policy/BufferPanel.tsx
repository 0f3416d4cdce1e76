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
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import type { PolicyTask } from '../../tasks/policy-environments.ts';
import type { PolicyBatchSnapshot, TrainablePolicyExperiment } from '../../training/policy-session-events.ts';
import type { ColumnName } from '../../words/columns.ts';
import { policyWords as words } from '../../words/policy.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { usePolicyExperiment, usePolicyLab, usePolicyView } from './policy-lab-context.ts';

function bufferOwner(experiment: TrainablePolicyExperiment, focus: AlgorithmId): AlgorithmId {
  const owners = experiment.algorithms.filter((id) => usesTaskBuffer(experiment, id));
  return owners.includes(focus) ? focus : (owners[0] ?? focus);
}

function readBatch({ experiment, view, data }: ReadablePolicyStores): PolicyBatchSnapshot | null {
  const owner = bufferOwner(experiment.getState().experiment, view.getState().focus);
  return data.snapshot?.runs.find((run) => run.algorithm === owner)?.batch ?? null;
}

function readBuffer(stores: ReadablePolicyStores): BufferChartData {
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
  const goals = batch === null || !hasVelocities(experiment) ? null : batch.tasks.map(velocityOf);
  return { algorithm, strategy: experiment.strategy, snapshot, enabled: true, ...(goals && { goals }) };
}

/** Whether one number says what a task is. */
function hasVelocities(experiment: TrainablePolicyExperiment): boolean {
  return experiment.lab === 'cheetah' && experiment.family !== 'dir';
}

/** "1.5": two such tasks that look alike are alike for any eye. */
function velocityOf(task: PolicyTask): string {
  return 'goal' in task ? task.goal.toFixed(1) : '';
}

function goalOf(task: PolicyTask): readonly number[] {
  return 'goal' in task ? [task.goal] : [task.x, task.y];
}

/** One row per task, from easy to hard. */
function tableBuffer(stores: ReadablePolicyStores): ChartTable {
  const batch = readBatch(stores);
  const goalColumns: readonly ColumnName[] =
    stores.experiment.getState().experiment.lab === 'cheetah' ? ['goal'] : ['goal x', 'goal y'];
  const yes = (value: boolean | undefined) => (value ? 'yes' : 'no');
  const rows = (batch?.tasks ?? []).map((task, i) => ({
    score: -batch!.returnsAfter[i]!,
    cells: [...goalOf(task), yes(batch!.replayed[i] === 1), yes(batch!.chosen[i] === 1), yes(task.isNoise)],
  }));
  return {
    columns: ['score', ...goalColumns, 'replayed', 'chosen', 'noise'],
    rows: rows.sort((a, b) => a.score - b.score).map(({ score, cells }) => [score, ...cells]),
  };
}

export function BufferPanel() {
  const stores = usePolicyLab();
  const previous = useRef<BufferScene | null>(null);
  const experiment = usePolicyExperiment((all) => all);
  const focus = usePolicyView((view) => view.focus);
  return (
    <ChartPanel
      title={words.buffer}
      heading={<h2 className="visually-hidden">{words.buffer}</h2>}
      qualifier={
        <>
          <AlgorithmName id={bufferOwner(experiment, focus)} /> {words.minusReturn}
          {hasVelocities(experiment) ? words.goalsOverBars : null}
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
