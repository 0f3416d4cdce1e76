// The Sinusoid lab's page beside the settings: stage with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css).
import { Instruments } from './instruments/Instruments.tsx';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { FitsStage } from './stage/FitsStage.tsx';
import { Transport as TransportBar } from './transport/Transport.tsx';

export function Body() {
  return (
    <>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <FitsStage />
        <PseudocodePanel />
      </div>
      <Instruments />
    </>
  );
}

export function Transport() {
  return (
    <>
      <TransportBar />
      <StatusRegion />
    </>
  );
}
