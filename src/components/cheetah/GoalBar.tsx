// Over the lanes: the velocity that all runs adapt to, or which directions are shown; and what the bodies on the lanes are.
import { useState } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import type { ShownDirections } from '../../state/cheetah-types.ts';
import { usualVelocity } from '../../state/cheetah-view.ts';
import { cheetahWords } from '../../words/cheetah.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { Segments } from '../Segments.tsx';
import { isAnyWaiting } from './lanes-reader.ts';
import { useCheetah, useCheetahExperiment, useCheetahText, useCheetahView } from './use-cheetah.ts';

/** Half a metre per second beyond what is asked for in training, and standing still. */
const BEYOND = 0.5;

function clampVelocity(value: number, [min, max]: readonly [number, number]): number {
  return Math.min(max, Math.max(min, Math.round(value * 100) / 100 || 0));
}

function VelocityGoal() {
  const { view } = useCheetah();
  const usual = useCheetahExperiment(usualVelocity);
  const min = useCheetahExperiment(({ goalMin }) => Math.min(goalMin, 0));
  const max = useCheetahExperiment(({ goalMax }) => goalMax + BEYOND);
  const chosen = useCheetahView((state) => state.velocity);
  // While the slider moves; the runs are asked when it rests, not at every pixel.
  const [dragged, setDragged] = useState<number | null>(null);
  const velocity = chosen ?? usual;
  const set = (value: number) => {
    setDragged(null);
    view.getState().set({ velocity: Number.isFinite(value) ? clampVelocity(value, [min, max]) : velocity });
  };
  const share = ((dragged ?? velocity) - min) / (max - min);
  return (
    <>
      <span className="task-number">
        <span className="symbol" aria-hidden="true">
          v
        </span>
        <NumberInput
          name={cheetahWords.goalVelocity}
          value={dragged ?? velocity}
          min={min}
          max={max}
          digits={2}
          nudge={(value, direction) => value + direction * 0.1}
          onCommit={set}
        />
        <span className="quiet">{cheetahWords.metresPerSecond}</span>
      </span>
      <div
        className="track goal-track"
        style={{ '--fill': share, '--thumb-at': share } as React.CSSProperties}
      >
        <input
          type="range"
          aria-label={cheetahWords.goalOnScale}
          aria-valuetext={cheetahWords.velocity((dragged ?? velocity).toFixed(2))}
          min={min}
          max={max}
          step={0.05}
          value={dragged ?? velocity}
          onChange={(event) => setDragged(event.target.valueAsNumber)}
          onPointerUp={() => dragged !== null && set(dragged)}
          onKeyUp={() => dragged !== null && set(dragged)}
          onBlur={() => dragged !== null && set(dragged)}
        />
      </div>
      <button
        type="button"
        disabled={chosen === null}
        title={cheetahWords.backTo(usual.toFixed(2))}
        onClick={() => view.getState().set({ velocity: null })}
      >
        {cheetahWords.usualGoal}
      </button>
    </>
  );
}

function DirectionGoal() {
  const { view } = useCheetah();
  const directions = useCheetahView((state) => state.directions);
  return (
    <Segments<ShownDirections>
      name={cheetahWords.directions}
      value={directions}
      options={[
        { value: 'both', label: cheetahWords.both },
        { value: 'forwards', label: cheetahWords.forwards },
        { value: 'backwards', label: cheetahWords.backwards },
      ]}
      onChange={(value) => view.getState().set({ directions: value })}
    />
  );
}

/** What is on the lanes, in a few words; its place is kept. */
function useWords(): string {
  const stores = useCheetah();
  const step = useCheetahView((state) => state.innerStep);
  const scrub = useCheetahView((state) => state.scrubIteration);
  useCheetahView((state) => state.probe);
  const waits = useCheetahText(() => isAnyWaiting(stores), 100);
  if (waits) return cheetahWords.adapting;
  const past = scrub === null ? '' : cheetahWords.policyAt(groupThousands(scrub));
  if (step === 0) return past + cheetahWords.beforeAdaptation;
  return past + cheetahWords.afterSteps(step);
}

export function GoalBar() {
  const isDirection = useCheetahExperiment(({ family }) => family === 'dir');
  const words = useWords();
  return (
    <fieldset className="task-bar cheetah-goal">
      <legend className="visually-hidden">{cheetahWords.goal}</legend>
      <strong aria-hidden="true">{cheetahWords.goal}</strong>
      {isDirection ? <DirectionGoal /> : <VelocityGoal />}
      <span className="quiet goal-words" data-testid="goal-words">
        {words}
      </span>
    </fieldset>
  );
}
