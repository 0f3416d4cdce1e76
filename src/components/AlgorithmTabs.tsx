// Chooses the algorithm in focus: whose pseudocode, α and buffer are shown. One choice for the whole page.
import { useId } from 'react';
import { AlgorithmName } from './AlgorithmName.tsx';
import { useExperiment, useStores, useView } from './stores-context.ts';

export function AlgorithmTabs({ name }: { readonly name: string }) {
  const { view } = useStores();
  const group = useId();
  const algorithms = useExperiment((state) => state.experiment.algorithms);
  const chosen = useView((state) => state.focus);
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
}
