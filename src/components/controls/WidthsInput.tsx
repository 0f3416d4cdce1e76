// Hidden layer widths as text: "40, 40". Read on Enter or on leaving the field.
import { useState } from 'react';
import type { WidthsField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

/** Numbers separated by anything that is no digit; NaN entries are left for the schema to refuse. */
export function parseWidths(text: string): number[] {
  return text
    .split(/[\s,;×x-]+/)
    .filter((part) => part !== '')
    .map(Number);
}

export function WidthsInput({ name, field }: { readonly name: string; readonly field: WidthsField }) {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  const widths: readonly unknown[] = Array.isArray(value) ? value : [];
  const { edit, issues } = useEditContext();
  const [draft, setDraft] = useState<string | null>(null);
  const refused = issues.some((issue) => issue.field === name);
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const typed = parseWidths(draft);
    if (typed.join() !== widths.join()) edit(name, typed, null);
  };
  return (
    <input
      type="text"
      aria-label={field.label}
      aria-invalid={refused ? true : undefined}
      aria-describedby={refused ? `issue-${name}` : undefined}
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
