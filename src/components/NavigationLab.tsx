// The Navigation lab's page beside the settings: arenas with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css, and navigation.css, which comes with the lab).
import { type ReactNode, useMemo } from 'react';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { LabContext, type TrainingLab } from './lab-context.ts';
import { ArenasStage } from './navigation/ArenasStage.tsx';
import { NavigationInstruments } from './navigation/NavigationInstruments.tsx';
import { useGridPause } from './navigation/use-grid-pause.ts';
import { useNavigation, useNavigationExperiment } from './navigation/use-navigation.ts';
import { POLICY_ENGINES, POLICY_SPEEDS } from './policy/policy-lab.ts';
import { PolicyLabContext } from './policy/policy-lab-context.ts';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { Transport as TransportBar } from './transport/Transport.tsx';
import './styles/navigation.css';

function LabProvider({ children }: { readonly children: ReactNode }) {
  const stores = useNavigation();
  const { experiment, run, view, data } = stores;
  const mostInnerSteps = useNavigationExperiment((now) => now.testInnerSteps);
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

function Pseudocode() {
  const experiment = useNavigationExperiment((now) => now);
  return <PseudocodePanel folds linesOf={(id) => policyAlgorithmById(id).pseudocode(experiment)} />;
}

export function Body() {
  useGridPause();
  return (
    <LabProvider>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <ArenasStage />
        <Pseudocode />
      </div>
      <NavigationInstruments />
    </LabProvider>
  );
}

export function Transport() {
  return (
    <LabProvider>
      <TransportBar />
      <StatusRegion />
    </LabProvider>
  );
}
