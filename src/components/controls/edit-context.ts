// How a control changes its field, and what was refused.
import { createContext, useContext } from 'react';
import type { FieldIssue } from '../../experiment/schema.ts';

/** Sets one field; the store checks the value. Returns whether it was accepted; edits of one gesture are one undo entry. */
export type EditField = (name: string, value: unknown, gesture: string | null) => boolean;

export const EditContext = createContext<{
  readonly edit: EditField;
  readonly issues: readonly FieldIssue[];
} | null>(null);

export function useEditContext() {
  const context = useContext(EditContext);
  if (context === null) {
    throw new Error(
      'useEditContext found no context. Got a field outside <ControlsPanel>; render it inside.',
    );
  }
  return context;
}
