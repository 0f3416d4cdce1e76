// Hidden layer widths as text: "40, 40". Read on Enter or on leaving the field.
import { useState } from 'react';
import type { WidthsField } from '../../experiment/field-types.ts';
import { useExperiment } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

/** Numbers separated by anything that is no digit; NaN entries are left for the schema to refuse. */
export function parseWidths(text: string): number[] {
  return text
    .split(/[\s,;×x-]+/)
    .filter((part) => part !== '')
    .map(Number);
}

export function WidthsInput({ field }: { readonly field: WidthsField }) {
  const widths = useExperiment((state) => state.experiment.hiddenWidths);
  const { edit, issues } = useEditContext();
  const [draft, setDraft] = useState<string | null>(null);
  const refused = issues.some((issue) => issue.field === 'hiddenWidths');
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const typed = parseWidths(draft);
    if (typed.join() !== widths.join()) edit('hiddenWidths', typed, null);
  };
  return (
    <input
      type="text"
      aria-label={field.label}
      aria-invalid={refused ? true : undefined}
      aria-describedby={refused ? 'issue-hiddenWidths' : undefined}
      inputMode="numeric"
      autoComplete="off"
      spellCheck={false}
      value={draft ?? widths.join(', ')}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        else if (event.key === 'Escape') setDraft(null);
      }}
    />
  );
}
