// The settings: preset, what differs from it, and one section per part of the experiment, generated from the
// field table. A refused value is explained at its control until the next edit.
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { Experiment } from '../../experiment/experiment.ts';
import { SECTIONS } from '../../experiment/fields.ts';
import type { FieldIssue } from '../../experiment/schema.ts';
import { useStores } from '../stores-context.ts';
import { EditContext, type EditField } from './edit-context.ts';
import { PresetPicker } from './PresetPicker.tsx';
import { Section } from './Section.tsx';

function EditProvider({ children }: { readonly children: ReactNode }) {
  const { experiment } = useStores();
  const [issues, setIssues] = useState<readonly FieldIssue[]>([]);
  const edit: EditField = useCallback(
    (key, value, gesture) => {
      const patch: Partial<Experiment> = { [key]: value };
      const found = experiment.getState().edit(patch, gesture);
      setIssues((last) => (found.length === 0 && last.length === 0 ? last : found));
      return found.length === 0;
    },
    [experiment],
  );
  const context = useMemo(() => ({ edit, issues }), [edit, issues]);
  return <EditContext value={context}>{children}</EditContext>;
}

export function ControlsPanel() {
  return (
    <EditProvider>
      <PresetPicker />
      {SECTIONS.map((section) => (
        <Section key={section.id} id={section.id} title={section.title} />
      ))}
    </EditProvider>
  );
}
