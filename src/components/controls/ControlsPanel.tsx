// The settings: preset, what differs from it, and one section per part of the experiment, generated from the
// field table of the lab on the screen. A refused value is explained at its control until the next edit.
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import type { AnyPatch, FieldIssue } from '../../experiment/schema.ts';
import { sectionsOf } from '../../experiment/settings.ts';
import { isHidden, isLocked } from '../../state/page-store.ts';
import { useCurrent, usePage, useStores } from '../stores-context.ts';
import { EditContext, type EditField } from './edit-context.ts';
import { LockNote } from './LockNote.tsx';
import { PresetPicker } from './PresetPicker.tsx';
import { Section } from './Section.tsx';

/** What the settings within it need: how to edit, and what was refused. */
export function EditProvider({ children }: { readonly children: ReactNode }) {
  const { current } = useStores();
  const [issues, setIssues] = useState<readonly FieldIssue[]>([]);
  const edit: EditField = useCallback(
    (name, value, gesture) => {
      const patch: AnyPatch = { [name]: value };
      const found = current.getState().edit(patch, gesture);
      setIssues((last) => (found.length === 0 && last.length === 0 ? last : found));
      return found.length === 0;
    },
    [current],
  );
  const context = useMemo(() => ({ edit, issues }), [edit, issues]);
  return <EditContext value={context}>{children}</EditContext>;
}

export function ControlsPanel() {
  const lab = useCurrent((state) => state.experiment.lab);
  const showsPresets = usePage((page) => !isHidden(page.options, 'presets'));
  const locked = usePage((page) => isLocked(page.options, 'settings'));
  return (
    <EditProvider key={lab}>
      {locked ? <LockNote /> : null}
      {showsPresets ? <PresetPicker /> : null}
      {sectionsOf(lab).map((section) => (
        <Section key={section.id} id={section.id} title={section.title} />
      ))}
    </EditProvider>
  );
}
