// Points that are drawn on the stage: how many there are, and a way to be rid of them all.
import type { PointsField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

export function PointsControl({ name, field }: { readonly name: string; readonly field: PointsField }) {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  const { edit } = useEditContext();
  const count = Array.isArray(value) ? value.length / 2 : 0;
  return (
    <p className="points">
      <span className="number">{count}</span> of at most {field.maxPoints}{' '}
      <button type="button" className="plain small" onClick={() => edit(name, [], null)}>
        Remove all
      </button>
    </p>
  );
}
