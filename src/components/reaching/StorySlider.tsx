// A slider of a story panel: one number of the experiment, or two that stand for several, changed as one undo entry
// per drag. The generated controls at the left change the same settings one by one.
import { type CSSProperties, useState } from 'react';
import { phaseValueOf } from '../../state/reaching-phase.ts';
import { withPhaseValue } from '../../training/phase-axes.ts';
import type { PhaseField } from '../../training/reaching-outcome.ts';
import { createGesture } from '../controls/use-gesture.ts';
import { useReachingExperiment, useStores } from '../stores-context.ts';

interface StorySliderProps {
  readonly field: PhaseField;
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  format(value: number): string;
}

export function StorySlider({ field, label, min, max, step, format }: StorySliderProps) {
  const { reachingExperiment } = useStores();
  const value = useReachingExperiment((state) => phaseValueOf(state.experiment, field));
  const [gesture] = useState(() => createGesture(field));
  const share = Math.min(Math.max((value - min) / (max - min), 0), 1);
  return (
    <label className="story-slider">
      <span className="quiet">{label}</span>
      <span className="number">{format(value)}</span>
      <span className="track filled" style={{ '--fill': share } as CSSProperties}>
        <input
          type="range"
          aria-label={label}
          aria-valuetext={format(value)}
          min={min}
          max={max}
          step={step}
          value={value}
          onPointerDown={gesture.begin}
          onPointerUp={gesture.end}
          onPointerCancel={gesture.end}
          onBlur={gesture.end}
          onChange={(event) => {
            const { experiment, edit } = reachingExperiment.getState();
            edit(withPhaseValue(experiment, field, event.target.valueAsNumber), gesture.id());
          }}
        />
      </span>
    </label>
  );
}
