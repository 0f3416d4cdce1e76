// Which algorithms are compared: a box per algorithm with its marker. The last one cannot be unticked.
import { ALGORITHM_IDS, type AlgorithmId } from '../../experiment/experiment.ts';
import type { MultiChoiceField } from '../../experiment/field-types.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { useExperiment } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';

export function AlgorithmChecks({ field }: { readonly field: MultiChoiceField<string> }) {
  const chosen = useExperiment((state) => state.experiment.algorithms);
  const { edit } = useEditContext();
  const toggle = (id: AlgorithmId, on: boolean) =>
    edit(
      'algorithms',
      ALGORITHM_IDS.filter((candidate) => (candidate === id ? on : chosen.includes(candidate))),
      null,
    );
  return (
    <fieldset className="checks">
      <legend className="visually-hidden">{field.label}</legend>
      {ALGORITHM_IDS.map((id) => (
        <label key={id} className="check">
          <input
            type="checkbox"
            checked={chosen.includes(id)}
            onChange={(event) => toggle(id, event.target.checked)}
          />
          <AlgorithmName id={id} />
        </label>
      ))}
    </fieldset>
  );
}
