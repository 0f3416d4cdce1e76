// Gives a meta-RL lab's stores to what all training labs share (lab-context.ts) and to what the meta-RL labs do.
import { type ReactNode, useMemo } from 'react';
import { useStore } from 'zustand';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import { LabContext, type TrainingLab } from '../lab-context.ts';
import { POLICY_ENGINES, POLICY_SPEEDS } from './policy-lab.ts';
import { PolicyLabContext } from './policy-lab-context.ts';

interface PolicyLabProviderProps {
  readonly stores: ReadablePolicyStores;
  readonly children: ReactNode;
}

export function PolicyLabProvider({ stores, children }: PolicyLabProviderProps) {
  const { experiment, run, view, data } = stores;
  const mostInnerSteps = useStore(experiment, (state) => state.experiment.testInnerSteps);
  const lab = useMemo(
    (): TrainingLab => ({
      experiment,
      run,
      view,
      data,
      mostInnerSteps,
      engines: POLICY_ENGINES,
      speeds: POLICY_SPEEDS,
    }),
    [experiment, run, view, data, mostInnerSteps],
  );
  return (
    <PolicyLabContext value={stores}>
      <LabContext value={lab}>{children}</LabContext>
    </PolicyLabContext>
  );
}
