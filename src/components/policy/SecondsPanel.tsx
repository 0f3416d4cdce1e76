// Where a meta-iteration's seconds go, in its frame: means over each run's last iterations.
import { useRef } from 'react';
import {
  describePhaseSeconds,
  layoutPhaseSeconds,
  type PhaseSeconds,
  type PhaseSecondsData,
  type PhaseSecondsScene,
  tablePhaseSeconds,
} from '../../charts/phase-seconds.ts';
import type { PolicyMetricHistory, ReadablePolicyStores } from '../../state/policy-types.ts';
import { policyWords as words } from '../../words/policy.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { usePolicyLab } from './policy-lab-context.ts';

const AVERAGED = 20;

function lastMean(values: Float64Array, length: number): number {
  const from = Math.max(0, length - AVERAGED);
  return values.subarray(from, length).reduce((sum, value) => sum + value, 0) / (length - from);
}

function secondsOf(metrics: PolicyMetricHistory): PhaseSeconds['seconds'] {
  const mean = (name: 'rollOutSeconds' | 'innerSeconds' | 'outerSeconds') =>
    lastMean(metrics.column(name), metrics.length);
  return [mean('rollOutSeconds'), mean('innerSeconds'), mean('outerSeconds')];
}

function readSeconds({ experiment, data }: ReadablePolicyStores): PhaseSecondsData {
  const { algorithms } = experiment.getState().experiment;
  return {
    runs: algorithms.flatMap((algorithm) => {
      const metrics = data.metrics(algorithm);
      return metrics === null || metrics.length === 0 ? [] : [{ algorithm, seconds: secondsOf(metrics) }];
    }),
  };
}

export function SecondsPanel() {
  const stores = usePolicyLab();
  const previous = useRef<PhaseSecondsScene | null>(null);
  return (
    <ChartPanel
      title={words.seconds}
      heading={<h2 className="visually-hidden">{words.seconds}</h2>}
      qualifier={words.secondsOf(AVERAGED)}
      restMs={500}
      layout={(view) => {
        previous.current = layoutPhaseSeconds(readSeconds(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => describePhaseSeconds(readSeconds(stores), labelOf)}
      table={() => tablePhaseSeconds(readSeconds(stores), labelOf)}
    />
  );
}
