// At least one of several, a box each with its marker: which algorithms are compared, which strategies run.
import { ALGORITHM_IDS } from '../../experiment/experiment.ts';
import type { MultiChoiceField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { StrategyName } from '../StrategyName.tsx';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

function ChoiceName({ id, label }: { readonly id: string; readonly label: string }) {
  const algorithm = ALGORITHM_IDS.find((candidate) => candidate === id);
  if (algorithm !== undefined) return <AlgorithmName id={algorithm} />;
  return <StrategyName id={id} label={label} />;
}

interface ChoiceChecksProps {
  readonly name: string;
  readonly field: MultiChoiceField<string>;
}

export function ChoiceChecks({ name, field }: ChoiceChecksProps) {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  const { edit } = useEditContext();
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const offered = Object.entries(field.choices);
  const toggle = (id: string, on: boolean) =>
    edit(
      name,
      offered.map(([each]) => each).filter((each) => (each === id ? on : chosen.includes(each))),
      null,
    );
  return (
    <fieldset className="checks">
      <legend className="visually-hidden">{field.label}</legend>
      {offered.map(([id, label]) => (
        <label key={id} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          <ChoiceName id={id} label={label} />
        </label>
      ))}
    </fieldset>
  );
}
