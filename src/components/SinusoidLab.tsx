// The Sinusoid lab's layout: controls, stage with pseudocode, instruments. Where each lies is CSS (styles/shell.css);
// only whether the controls are a column or a drawer is decided here.
import { ControlsPanel } from './controls/ControlsPanel.tsx';
import { Instruments } from './instruments/Instruments.tsx';
import { PseudocodePanel } from './pseudocode/PseudocodePanel.tsx';
import { NoticeStrip } from './shell/NoticeStrip.tsx';
import { FitsStage } from './stage/FitsStage.tsx';
import { useMediaQuery } from './use-media-query.ts';

/** Below this width the controls are a drawer that the top bar opens. */
export const WIDE_QUERY = '(min-width: 1280px)';

export function SinusoidLab() {
  const wide = useMediaQuery(WIDE_QUERY);
  return (
    <main className="lab">
      {wide ? (
        <aside className="controls" aria-label="Settings">
          <ControlsPanel />
        </aside>
      ) : null}
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <FitsStage />
        <PseudocodePanel />
      </div>
      <Instruments />
    </main>
  );
}
