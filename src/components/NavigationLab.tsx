// The Navigation lab's page beside the settings: arenas with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css, and navigation.css, which comes with the lab).
import { type ReactNode, useMemo } from 'react';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { LabContext, type LabSpeeds, type TrainingLab } from './lab-context.ts';
import { ArenasStage } from './navigation/ArenasStage.tsx';
import { NavigationInstruments } from './navigation/NavigationInstruments.tsx';
import { useGridPause } from './navigation/use-grid-pause.ts';
import { useNavigation, useNavigationExperiment } from './navigation/use-navigation.ts';
import { PolicyLabContext } from './policy-lab-context.ts';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { Transport as TransportBar } from './transport/Transport.tsx';
import './styles/navigation.css';

/** Engines that have policy gradients, as the worker offers them. */
const ENGINES: TrainingLab['engines'] = [
  { id: 'fused-wasm', kind: 'a kernel per part of a meta-step' },
  { id: 'composed-wasm', kind: 'autodiff, all tasks at once' },
  { id: 'composed-webgpu', kind: 'autodiff on the graphics card' },
  { id: 'reference', kind: 'derived by hand, float64' },
];

const SPEEDS: LabSpeeds = {
  title: 'Meta-iterations per second, at most',
  options: [
    { label: '¼ it/s', rate: 0.25 },
    { label: '½ it/s', rate: 0.5 },
    { label: '1 it/s', rate: 1 },
    { label: '2 it/s', rate: 2 },
    { label: 'max', rate: null },
  ],
};

function LabProvider({ children }: { readonly children: ReactNode }) {
  const stores = useNavigation();
  const { experiment, run, view, data } = stores;
  const mostInnerSteps = useNavigationExperiment((now) => now.testInnerSteps);
  const lab = useMemo(
    (): TrainingLab => ({ experiment, run, view, data, mostInnerSteps, engines: ENGINES, speeds: SPEEDS }),
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
