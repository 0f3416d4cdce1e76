// The last outer step of the algorithm in focus in its frame: its tries by KL and change of the surrogate.
import { useRef } from 'react';
import { adamKlLimit } from '../../algorithms/meta-rl/outer-step.ts';
import {
  describeOuterStep,
  layoutOuterStep,
  type OuterStepData,
  type OuterStepScene,
  sayOuterStep,
  tableOuterStep,
} from '../../charts/outer-step.ts';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import { policyWords as words } from '../../words/policy.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { usePolicyLab, usePolicyText, usePolicyView } from './policy-lab-context.ts';

function readOuterStep({ experiment: store, view, data }: ReadablePolicyStores): OuterStepData {
  const { experiment } = store.getState();
  const { focus: algorithm } = view.getState();
  const run = data.snapshot?.runs.find((each) => each.algorithm === algorithm);
  const maxKl = experiment.outerOptimizer === 'adam' ? adamKlLimit(experiment) : experiment.maxKl;
  return { algorithm, outer: run?.outer ?? null, maxKl };
}

export function OuterStepPanel() {
  const stores = usePolicyLab();
  const previous = useRef<OuterStepScene | null>(null);
  usePolicyView((view) => view.focus);
  const said = usePolicyText(() => sayOuterStep(readOuterStep(stores)));
  return (
    <ChartPanel
      title={words.outer}
      heading={<h2 className="visually-hidden">{words.outer}</h2>}
      qualifier={said.replaceAll('KL ', 'KL\u00a0')}
      layout={(view) => {
        previous.current = layoutOuterStep(readOuterStep(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => describeOuterStep(readOuterStep(stores))}
      table={() => tableOuterStep(readOuterStep(stores))}
    />
  );
}
