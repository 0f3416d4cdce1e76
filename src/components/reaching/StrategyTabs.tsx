// Chooses the strategy in focus: whose batch, pulls, buffer and pseudocode are shown. One choice for the whole lab.
import { useId } from 'react';
import { themeOf } from '../../charts/palette.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { StrategyName } from '../StrategyName.tsx';
import { useReaching, useReachingExperiment, useStores } from '../stores-context.ts';

export function StrategyTabs() {
  const { reaching } = useStores();
  const group = useId();
  const strategies = useReachingExperiment((state) => state.experiment.strategies);
  const focus = useReaching((state) => state.focus);
  // Names and glyphs are the same in every theme.
  const { agents } = themeOf('light');
  return (
    <fieldset className="segments algorithm-tabs">
      <legend className="visually-hidden">{words.strategyShown}</legend>
      {strategies.map((id) => (
        <label key={id}>
          <input
            type="radio"
            name={group}
            checked={id === focus}
            onChange={() => reaching.getState().set({ focus: id })}
          />
          <span data-text={`${agents[id].glyph} ${agents[id].label}`}>
            <StrategyName id={id} label={agents[id].label} />
          </span>
        </label>
      ))}
    </fieldset>
  );
}
