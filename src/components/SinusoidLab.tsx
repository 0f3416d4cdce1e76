// The Sinusoid lab's page beside the settings: stage with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css).
import { type ReactNode, useMemo } from 'react';
import { algorithmById } from '../algorithms/algorithms.ts';
import { instrumentWords as words } from '../words/instruments.ts';
import { Instruments } from './instruments/Instruments.tsx';
import { LabContext, type LabSpeeds, type TrainingLab } from './lab-context.ts';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { AfterStage } from './shell/AfterPaint.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { OpenedRunLine } from './shell/OpenedRunLine.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { FitsStage } from './stage/FitsStage.tsx';
import { useExperiment, useStores } from './stores-context.ts';
import { Transport as TransportBar } from './transport/Transport.tsx';

/** Inner steps that the fits compute and the adaptation chart draws. */
const MOST_INNER_STEPS = 10;

const SPEEDS: LabSpeeds = {
  title: words.speedTitle,
  options: [
    { label: '¼×', rate: 2.5 },
    { label: '½×', rate: 5 },
    { label: '1×', rate: 10 },
    { label: '2×', rate: 20 },
    { label: '4×', rate: 40 },
    { label: words.fastest, rate: null },
  ],
};

const ENGINES: TrainingLab['engines'] = [
  { id: 'fused-wasm', kind: words.engines.oneKernel },
  { id: 'fused-webgpu', kind: words.engines.fewKernels },
  { id: 'composed-wasm', kind: words.engines.autodiff },
  { id: 'composed-webgpu', kind: words.engines.graphics },
  { id: 'composed-cpu', kind: words.engines.plain },
  { id: 'reference', kind: words.engines.byHand },
];

function LabProvider({ children }: { readonly children: ReactNode }) {
  const { experiment, run, view, data } = useStores();
  const lab = useMemo(
    (): TrainingLab => ({
      experiment,
      run,
      view,
      data,
      mostInnerSteps: MOST_INNER_STEPS,
      engines: ENGINES,
      speeds: SPEEDS,
    }),
    [experiment, run, view, data],
  );
  return <LabContext value={lab}>{children}</LabContext>;
}

function Pseudocode() {
  const experiment = useExperiment((state) => state.experiment);
  return <PseudocodePanel linesOf={(id) => algorithmById(id).pseudocode(experiment)} />;
}

export function Body() {
  return (
    <LabProvider>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <OpenedRunLine />
        <FitsStage />
        <Pseudocode />
      </div>
      <AfterStage>
        <Instruments />
      </AfterStage>
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
