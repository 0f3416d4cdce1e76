// What a locked control says of itself: a small lock, and in words that the link is why.
import { PAGE_WORDS } from '../../words/page.ts';

export function LockNote() {
  return (
    <p className="lock-note quiet">
      <svg width="10" height="12" viewBox="0 0 10 12" aria-hidden="true">
        <path d="M2.5 5V3.4a2.5 2.5 0 0 1 5 0V5" fill="none" stroke="currentColor" strokeWidth="1.4" />
        <rect x="1" y="5" width="8" height="6" rx="1" fill="currentColor" />
      </svg>
      {PAGE_WORDS.lockedByLink}
    </p>
  );
}
