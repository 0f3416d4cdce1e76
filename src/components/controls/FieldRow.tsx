// One setting: symbol, name, value with unit, help; below it the control; marked where it differs from the preset.
import { memo, useId } from 'react';
import { sameValue } from '../../experiment/field-changes.ts';
import type { Field } from '../../experiment/field-types.ts';
import { presetValue, settingField, settingValue } from '../../experiment/settings.ts';
import { isLocked } from '../../state/page-store.ts';
import { controlWords as words } from '../../words/controls.ts';
import { useCurrent, usePage } from '../stores-context.ts';
import { ChoiceChecks } from './ChoiceChecks.tsx';
import { ChoiceSelect } from './ChoiceSelect.tsx';
import { useEditContext } from './edit-context.ts';
import { HelpButton } from './HelpButton.tsx';
import { LockNote } from './LockNote.tsx';
import { NumberControl, NumberValue } from './NumberControl.tsx';
import { PointsControl } from './PointsControl.tsx';
import { WidthsInput } from './WidthsInput.tsx';

/** Whether the field's value differs from its preset's, and the preset's value. */
export function usePresetValue(name: string) {
  const original = useCurrent((state) => presetValue(state.experiment, name));
  const value = useCurrent((state) => settingValue(state.experiment, name));
  return { original, changed: original !== undefined && !sameValue(value, original) };
}

function Label({
  field,
  id,
  changed,
}: {
  readonly field: Field;
  readonly id: string;
  readonly changed: boolean;
}) {
  return (
    <span id={id} className={changed ? 'label changed' : 'label'}>
      {field.label}
      {changed ? <span aria-hidden="true"> •</span> : null}
    </span>
  );
}

function Control({ name, field }: { readonly name: string; readonly field: Field }) {
  switch (field.kind) {
    case 'number':
    case 'integer':
    case 'optional-number':
      return <NumberControl name={name} field={field} />;
    case 'choice':
      return <ChoiceSelect name={name} field={field} />;
    case 'multi-choice':
      return <ChoiceChecks name={name} field={field} />;
    case 'widths':
      return <WidthsInput name={name} field={field} />;
    case 'points':
      return <PointsControl name={name} field={field} />;
    default:
      return field satisfies never;
  }
}

export const FieldRow = memo(function FieldRow({ name }: { readonly name: string }) {
  const field = useCurrent((state) => settingField(state.experiment.lab, name));
  // While another lab comes in, a row may be asked once more.
  return field === undefined ? null : <Row name={name} field={field} />;
});

function Row({ name: key, field }: { readonly name: string; readonly field: Field }) {
  const id = useId();
  const { edit, issues } = useEditContext();
  const { original, changed } = usePresetValue(key);
  const issue = issues.find((candidate) => candidate.field === key);
  const locked = usePage((page) => isLocked(page.options, key));
  // Where everything is locked, the panel says so once.
  const alone = usePage((page) => !isLocked(page.options, 'settings'));
  const numeric = field.kind === 'number' || field.kind === 'integer' || field.kind === 'optional-number';
  return (
    <div className={locked ? 'field locked' : 'field'} data-field={key}>
      <span
        className="symbol"
        aria-hidden="true"
        data-symbol={field.symbol === '' ? undefined : field.symbol}
      >
        {field.symbol.length <= 2 ? field.symbol : ''}
      </span>
      <Label field={field} id={id} changed={changed} />
      <fieldset className="value" disabled={locked}>
        {numeric ? <NumberValue name={key} field={field} /> : null}
      </fieldset>
      <HelpButton field={field} />
      <fieldset className="control" disabled={locked}>
        <Control name={key} field={field} />
        {locked && alone ? <LockNote /> : null}
      </fieldset>
      {changed && !locked && original !== undefined ? (
        <button
          type="button"
          className="plain icon reset-field"
          aria-label={words.resetField(field.label)}
          title={words.resetFieldTitle}
          onClick={() => edit(key, original, null)}
        >
          <svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true">
            <path
              d="M2.2 4.2A4.4 4.4 0 1 1 1.6 7M2 1.2v3.2h3.2"
              fill="none"
              stroke="currentColor"
              strokeWidth="1.4"
            />
          </svg>
        </button>
      ) : null}
      {issue === undefined ? null : (
        <p className="issue" role="alert" id={`issue-${key}`}>
          ✕ {issue.message}
        </p>
      )}
    </div>
  );
}
