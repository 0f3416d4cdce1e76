// Names the old run whose curves stay faint in a chart, and lets go of it.
import { beforeRunWords as words } from '../../words/before-run.ts';

interface BeforeRunProps {
  readonly label: string;
  onDismiss(): void;
}

export function BeforeRun({ label, onDismiss }: BeforeRunProps) {
  return (
    <button type="button" className="plain pinned" title={words.title(label)} onClick={onDismiss}>
      {words.before}
      <span className="pinned-label">: {label}</span>&nbsp;✕
    </button>
  );
}
