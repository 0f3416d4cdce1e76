// The Cheetah lab's page beside the settings: lanes with pseudocode, instruments; and its transport. Where each lies is
// CSS (styles/shell.css, navigation.css for what the meta-RL labs share, and cheetah.css).
import { useState } from 'react';
import { policyAlgorithmById } from '../algorithms/meta-rl/policy-algorithms.ts';
import { CheetahInstruments } from './cheetah/CheetahInstruments.tsx';
import { CheetahRecordedLine } from './cheetah/CheetahRecordedLine.tsx';
import { LanesStage } from './cheetah/LanesStage.tsx';
import { createReel } from './cheetah/reel.ts';
import { ReelContext, useCheetah, useCheetahExperiment } from './cheetah/use-cheetah.ts';
import { PolicyLabProvider } from './policy/PolicyLabProvider.tsx';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { AfterStage } from './shell/AfterPaint.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { Transport as TransportBar } from './transport/Transport.tsx';
import './styles/navigation.css';
import './styles/cheetah.css';

function Pseudocode() {
  const experiment = useCheetahExperiment((now) => now);
  // More lanes than two need the room.
  const foldedAtFirst = experiment.algorithms.length > 2;
  return (
    <PseudocodePanel
      // A race that is opened folds it, as one that is there from the start does.
      key={String(foldedAtFirst)}
      folds
      foldedAtFirst={foldedAtFirst}
      linesOf={(id) => policyAlgorithmById(id).pseudocode(experiment)}
    />
  );
}

export function Body() {
  const stores = useCheetah();
  const [reel] = useState(() => createReel(stores, () => performance.now()));
  return (
    <PolicyLabProvider stores={stores}>
      <ReelContext value={reel}>
        <div className="stage-column" id="stage" tabIndex={-1}>
          <NoticeStrip />
          <CheetahRecordedLine />
          <LanesStage />
          <Pseudocode />
        </div>
        <AfterStage>
          <CheetahInstruments />
        </AfterStage>
      </ReelContext>
    </PolicyLabProvider>
  );
}

export function Transport() {
  return (
    <PolicyLabProvider stores={useCheetah()}>
      <TransportBar />
      <StatusRegion />
    </PolicyLabProvider>
  );
}
