// The Navigation lab's page beside the settings. Its stage, instruments and transport are being built: until then it
// says so, and nothing runs.
import { NoticeStrip } from './shell/NoticeStrip.tsx';

export function Body() {
  return (
    <div className="stage-column" id="stage" tabIndex={-1}>
      <NoticeStrip />
      <p className="placeholder">
        The Navigation lab is being built. Its settings can be looked at and shared; nothing is trained here
        yet.
      </p>
    </div>
  );
}

export function Transport() {
  return <p className="placeholder">Nothing runs in this lab yet.</p>;
}
