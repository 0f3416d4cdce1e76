// Chooses the algorithm in focus: whose pseudocode, α and buffer are shown. One choice for the whole page.
import { memo, useId } from 'react';
import { AlgorithmName } from './AlgorithmName.tsx';
import { useLab, useLabExperiment, useLabView } from './lab-context.ts';

/** Rendered for itself: it stands in panels whose values change four times a second. */
export const AlgorithmTabs = memo(function AlgorithmTabs({ name }: { readonly name: string }) {
  const { view } = useLab();
  const group = useId();
  const algorithms = useLabExperiment((experiment) => experiment.algorithms);
  const chosen = useLabView((state) => state.focus);
  const focus = algorithms.includes(chosen) ? chosen : algorithms[0];
  return (
    <fieldset className="segments algorithm-tabs">
      <legend className="visually-hidden">{name}</legend>
      {algorithms.map((id) => (
        <label key={id}>
          <input
            type="radio"
            name={group}
            checked={id === focus}
            onChange={() => view.getState().set({ focus: id })}
          />
          <AlgorithmName id={id} />
        </label>
      ))}
    </fieldset>
  );
});
