// What is said over the page while a file is held above it.
import { shareWords as words } from '../../words/share.ts';
import './drop.css';

export function DropOverlay() {
  return (
    <div className="drop-overlay" role="status">
      <p>
        <strong>{words.drop}</strong>
      </p>
      <p>{words.dropHint}</p>
    </div>
  );
}
