// The Reaching lab's page beside the settings: arena with pseudocode, instruments; and its transport. Where each lies
// is CSS (styles/shell.css, and reaching.css, which comes with the lab).
import { ArenaStage } from './reaching/ArenaStage.tsx';
import { ReachingInstruments } from './reaching/ReachingInstruments.tsx';
import { ReachingPseudocode } from './reaching/ReachingPseudocode.tsx';
import { ReachingStatus, ReachingTransport } from './reaching/ReachingTransport.tsx';
import { AfterStage } from './shell/AfterPaint.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import './styles/reaching.css';

export function Body() {
  return (
    <>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <ArenaStage />
        <ReachingPseudocode />
      </div>
      <AfterStage>
        <ReachingInstruments />
      </AfterStage>
    </>
  );
}

export function Transport() {
  return (
    <>
      <ReachingTransport />
      <ReachingStatus />
    </>
  );
}
