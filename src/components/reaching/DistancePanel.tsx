// Distance to the goal over the iterations: the run on the stage, and the quartiles of many seeds.
import { useRef } from 'react';
import {
  describeReachingDistance,
  layoutReachingDistance,
  type ReachingDistanceData,
  type ReachingDistanceScene,
  tableReachingDistance,
} from '../../charts/reaching-distance.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { AppStores } from '../../state/store-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useStores } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';

function readDistance(stores: AppStores, hoverX: number | null): ReachingDistanceData {
  const { reachingData: data } = stores;
  return {
    runs: data.runs,
    outcome: data.outcome,
    isOutcomeStale: data.isOutcomeStale,
    now: data.iteration + data.fraction,
    hoverX,
  };
}

export function DistancePanel() {
  const stores = useStores();
  const previous = useRef<ReachingDistanceScene | null>(null);
  const seeds = useReachingText((data) => data.outcome?.seeds ?? null);
  return (
    <ChartPanel
      title={words.distance}
      qualifier={seeds === null ? words.thisRun : words.thisRunAndSeeds(groupThousands(seeds))}
      restMs={100}
      layout={(view, pointer) => {
        previous.current = layoutReachingDistance(
          readDistance(stores, pointer?.x ?? null),
          view,
          previous.current,
        );
        return previous.current;
      }}
      summary={() => describeReachingDistance(readDistance(stores, null))}
      table={() => tableReachingDistance(readDistance(stores, null))}
    />
  );
}
