// What happened that the user should know of: a worker replaced, a link with unknown parts, a run that diverged.
// Lies over the top of the stage, so that appearing moves nothing.

import { useContext } from 'react';
import { useStore } from 'zustand';
import type { Notice } from '../../state/store-types.ts';
import { shellWords as words } from '../../words/shell.ts';
import { LabContext } from '../lab-context.ts';
import { useStores } from '../stores-context.ts';

function NoticeItem({ notice, onDismiss }: { readonly notice: Notice; onDismiss(): void }) {
  return (
    <li className={`notice ${notice.tone}`}>
      <div className="notice-text">
        <strong>{/[.:!?]$/.test(notice.title) ? notice.title : `${notice.title}.`}</strong>
        {notice.details.length === 1 ? <span> {notice.details[0]}</span> : null}
        {notice.details.length > 1 ? (
          <ul>
            {notice.details.map((detail) => (
              <li key={detail}>{detail}</li>
            ))}
          </ul>
        ) : null}
      </div>
      <div className="notice-actions">
        {notice.actions.map((action) => (
          <button key={action.label} type="button" onClick={action.run}>
            {action.label}
          </button>
        ))}
        <button
          type="button"
          className="plain"
          onClick={onDismiss}
          aria-label={words.dismissNotice(notice.title)}
        >
          {words.dismiss}
        </button>
      </div>
    </li>
  );
}

export function NoticeStrip() {
  const lab = useContext(LabContext);
  const { run: sinusoid } = useStores();
  const run = lab?.run ?? sinusoid;
  const notices = useStore(run, (state) => state.notices);
  const dismiss = useStore(run, (state) => state.dismissNotice);
  return (
    <section className="notices" aria-label={words.notices} role="status">
      <ul>
        {notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onDismiss={() => dismiss(notice.id)} />
        ))}
      </ul>
    </section>
  );
}
