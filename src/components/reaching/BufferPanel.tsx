// The buffer of the strategy in focus: the batch sorted by score with the chosen part lit, distances, L over time.
import { useRef } from 'react';
import { themeOf } from '../../charts/palette.ts';
import {
  describeReachingBuffer,
  layoutReachingBuffer,
  type ReachingBufferData,
  type ReachingBufferScene,
  tableReachingBuffer,
} from '../../charts/reaching-buffer.ts';
import type { AppStores } from '../../state/store-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { StrategyName } from '../StrategyName.tsx';
import { useReaching, useReachingExperiment, useStores } from '../stores-context.ts';

function readBuffer(stores: AppStores): ReachingBufferData {
  const { reachingData: data } = stores;
  const { focus } = stores.reaching.getState();
  return {
    run: data.runs.find((run) => run.strategy === focus) ?? null,
    tasks: data.tasks,
    iteration: data.iteration,
    maxReplayedTasks: data.experiment.maxReplayedTasks,
  };
}

export function BufferPanel() {
  const stores = useStores();
  const previous = useRef<ReachingBufferScene | null>(null);
  const focus = useReaching((state) => state.focus);
  const size = useReachingExperiment((state) => state.experiment.metaBatchSize);
  return (
    <ChartPanel
      title={words.buffer}
      qualifier={
        <>
          {size}
          {words.distancesSorted}
          <StrategyName id={focus} label={themeOf('light').agents[focus].label} />
        </>
      }
      restMs={100}
      layout={(view) => {
        previous.current = layoutReachingBuffer(readBuffer(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => describeReachingBuffer(readBuffer(stores))}
      table={() => tableReachingBuffer(readBuffer(stores))}
    />
  );
}
