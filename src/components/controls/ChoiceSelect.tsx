// A setting with a few named values, as a native select.
import type { ChoiceField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

export function ChoiceSelect({
  name,
  field,
}: {
  readonly name: string;
  readonly field: ChoiceField<string>;
}) {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  const { edit } = useEditContext();
  return (
    <select
      aria-label={field.label}
      value={String(value)}
      onChange={(event) => {
        // The store validates: only the table's own values are offered here, so it accepts them.
        const chosen = Object.keys(field.choices).find((key) => key === event.target.value);
        if (chosen !== undefined) edit(name, chosen, null);
      }}
    >
      {Object.entries(field.choices).map(([id, label]) => (
        <option key={id} value={id}>
          {label}
        </option>
      ))}
    </select>
  );
}
