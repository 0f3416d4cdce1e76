// The Reaching lab's page beside the settings, and its transport. So far its settings only: what they describe is
// computed, but not drawn yet.
import { NoticeStrip } from './shell/NoticeStrip.tsx';

export function Body() {
  return (
    <>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <NoticeStrip />
        <p className="quiet unfinished">The arena is not drawn yet. Settings and links work.</p>
      </div>
      <section className="instruments" aria-label="Charts" />
    </>
  );
}

export function Transport() {
  return <section className="transport" aria-label="Transport" />;
}
