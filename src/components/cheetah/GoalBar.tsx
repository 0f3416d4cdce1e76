// Over the lanes: the velocity that all runs adapt to, or which directions are shown; and what the bodies on the lanes are.
import { useState } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import type { ShownDirections } from '../../state/cheetah-types.ts';
import { usualVelocity } from '../../state/cheetah-view.ts';
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
          name="Goal velocity"
          value={dragged ?? velocity}
          min={min}
          max={max}
          digits={2}
          nudge={(value, direction) => value + direction * 0.1}
          onCommit={set}
        />
        <span className="quiet">m/s</span>
      </span>
      <div
        className="track goal-track"
        style={{ '--fill': share, '--thumb-at': share } as React.CSSProperties}
      >
        <input
          type="range"
          aria-label="Goal velocity on a scale"
          aria-valuetext={`${(dragged ?? velocity).toFixed(2)} m/s`}
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
        title={`Back to ${usual.toFixed(2)} m/s`}
        onClick={() => view.getState().set({ velocity: null })}
      >
        Usual goal
      </button>
    </>
  );
}

function DirectionGoal() {
  const { view } = useCheetah();
  const directions = useCheetahView((state) => state.directions);
  return (
    <Segments<ShownDirections>
      name="Directions shown"
      value={directions}
      options={[
        { value: 'both', label: 'both' },
        { value: 'forwards', label: 'forwards' },
        { value: 'backwards', label: 'backwards' },
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
  if (waits) return 'adapting…';
  const past = scrub === null ? '' : `policy at ${groupThousands(scrub)}, `;
  if (step === 0) return `${past}before adaptation`;
  return `${past}pale: before adaptation · solid: after ${step} ${step === 1 ? 'step' : 'steps'}`;
}

export function GoalBar() {
  const isDirection = useCheetahExperiment(({ family }) => family === 'dir');
  const words = useWords();
  return (
    <fieldset className="task-bar cheetah-goal">
      <legend className="visually-hidden">Goal</legend>
      <strong aria-hidden="true">Goal</strong>
      {isDirection ? <DirectionGoal /> : <VelocityGoal />}
      <span className="quiet goal-words" data-testid="goal-words">
        {words}
      </span>
    </fieldset>
  );
}
