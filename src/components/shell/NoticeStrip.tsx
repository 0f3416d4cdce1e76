// What happened that the user should know of: a worker replaced, a link with unknown parts, a run that diverged.
// Lies over the top of the stage, so that appearing moves nothing.
import type { Notice } from '../../state/store-types.ts';
import { useRun } from '../stores-context.ts';

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
        <button type="button" className="plain" onClick={onDismiss} aria-label={`Dismiss: ${notice.title}`}>
          Dismiss
        </button>
      </div>
    </li>
  );
}

export function NoticeStrip() {
  const notices = useRun((run) => run.notices);
  const dismiss = useRun((run) => run.dismissNotice);
  return (
    <section className="notices" aria-label="Notices" role="status">
      <ul>
        {notices.map((notice) => (
          <NoticeItem key={notice.id} notice={notice} onDismiss={() => dismiss(notice.id)} />
        ))}
      </ul>
    </section>
  );
}
