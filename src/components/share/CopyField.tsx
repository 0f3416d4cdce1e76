// A text to be copied: shown whole, copied by one press; where the browser refuses the clipboard, selected, so that the
// keyboard can copy it.
import { useId, useRef, useState } from 'react';
import { shareWords as words } from '../../words/share.ts';

interface CopyFieldProps {
  /** Accessible name of the field. */
  readonly name: string;
  readonly text: string;
  /** On the button. */
  readonly label: string;
  /** Shown lines. */
  readonly rows: number;
  /** What is said while nothing else is. */
  readonly quiet?: string;
  /** The dialog opens with the focus on this button. */
  readonly first?: boolean;
}

/** How copying is done by hand on this system. */
function copyKey(): string {
  return /Mac|iPhone|iPad/.test(navigator.platform) ? '⌘C' : 'Ctrl+C';
}

export function CopyField({ name, text, label, rows, quiet = '', first = false }: CopyFieldProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const id = useId();
  const [said, setSaid] = useState<{ readonly text: string; readonly words: string } | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setSaid({ text, words: words.copied });
    } catch {
      field.current?.focus();
      field.current?.select();
      setSaid({ text, words: words.refused(copyKey()) });
    }
  };
  return (
    <div className="copy-field">
      <textarea
        ref={field}
        aria-label={name}
        aria-describedby={id}
        readOnly
        rows={rows}
        spellCheck={false}
        value={text}
        onFocus={(event) => event.target.select()}
      />
      <button
        // React's autoFocus comes before the dialog opens, which then would move the focus to its first button.
        ref={(button) => {
          if (first) button?.setAttribute('autofocus', '');
        }}
        type="button"
        className={first ? 'filled' : undefined}
        onClick={copy}
      >
        {label}
      </button>
      <p id={id} role="status" className="quiet">
        {said?.text === text ? said.words : quiet}
      </p>
    </div>
  );
}
