// The last outer step of the algorithm in focus in its frame: its tries by KL and change of the surrogate.
import { useRef } from 'react';
import {
  describeOuterStep,
  layoutOuterStep,
  type OuterStepData,
  type OuterStepScene,
  sayOuterStep,
  tableOuterStep,
} from '../../charts/outer-step.ts';
import type { NavigationStores } from '../../state/navigation-types.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useNavigation, useNavigationText, useNavigationView } from './use-navigation.ts';

function readOuterStep({ experiment: store, view, data }: NavigationStores): OuterStepData {
  const { experiment } = store.getState();
  const { focus: algorithm } = view.getState();
  const run = data.snapshot?.runs.find((each) => each.algorithm === algorithm);
  return { algorithm, outer: run?.outer ?? null, maxKl: experiment.maxKl };
}

export function OuterStepPanel() {
  const stores = useNavigation();
  const previous = useRef<OuterStepScene | null>(null);
  useNavigationView((view) => view.focus);
  const words = useNavigationText(() => sayOuterStep(readOuterStep(stores)));
  return (
    <ChartPanel
      title="Outer step"
      heading={<h2 className="visually-hidden">Outer step</h2>}
      qualifier={<span className="number">{words.replaceAll('KL ', 'KL\u00a0')}</span>}
      layout={(view) => {
        previous.current = layoutOuterStep(readOuterStep(stores), view, previous.current);
        return previous.current;
      }}
      summary={() => describeOuterStep(readOuterStep(stores))}
      table={() => tableOuterStep(readOuterStep(stores))}
    />
  );
}
