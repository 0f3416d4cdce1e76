// A numeric setting: the number field with its unit, and a native slider with a tick at the preset's value. Drags
// are coalesced to one edit per animation frame and are one undo entry.
import { type CSSProperties, useEffect, useRef, useState } from 'react';
import type { NumberField, OptionalNumberField } from '../../experiment/field-types.ts';
import { settingValue } from '../../experiment/settings.ts';
import { useCurrent } from '../stores-context.ts';
import { useEditContext } from './edit-context.ts';
import { usePresetValue } from './FieldRow.tsx';
import { NumberInput } from './NumberInput.tsx';
import { nudged, type SliderRange, sliderShare, sliderSteps, sliderValue } from './slider-scale.ts';
import { useGesture } from './use-gesture.ts';

interface NumberControlProps {
  readonly name: string;
  readonly field: NumberField | OptionalNumberField;
}

/** Whether name and unit together are too long for the narrow column; the help still names the unit. */
function isTight(field: NumberField | OptionalNumberField): boolean {
  return field.label.length + field.unit.length > 20;
}

/** The field's value as a number; null where an optional field has none. */
function useNumber(name: string): number | null {
  const value = useCurrent((state) => settingValue(state.experiment, name));
  return typeof value === 'number' ? value : null;
}

/** What an optional field starts from when it is switched on. */
function useFallback(name: string, field: NumberField | OptionalNumberField): number {
  const training = useCurrent((state) => settingValue(state.experiment, 'innerLearningRate'));
  return name === 'testInnerLearningRate' && typeof training === 'number' ? training : field.min;
}

function rangeOf(field: NumberField | OptionalNumberField): SliderRange | null {
  if (field.slider === null) return null;
  const step = field.kind === 'integer' ? Math.max(1, Math.round(field.step)) : field.step;
  return { min: field.slider[0], max: field.slider[1], step, scale: field.scale };
}

/** The number field with its unit. */
export function NumberValue({ name, field }: NumberControlProps) {
  const value = useNumber(name);
  const gesture = useGesture(name);
  const { edit, issues } = useEditContext();
  const refused = issues.some((issue) => issue.field === name);
  if (value === null) return null;
  const range = { min: field.min, max: field.max, step: field.step, scale: field.scale };
  return (
    <>
      <NumberInput
        name={field.label}
        value={value}
        min={field.min}
        max={field.max}
        invalid={refused}
        describedBy={refused ? `issue-${name}` : undefined}
        nudge={(from, direction) => nudged(from, direction, range)}
        onCommit={(next) => edit(name, next, gesture.id())}
        onEnd={gesture.end}
      />
      {field.unit === '' ? null : (
        <span className={isTight(field) ? 'quiet unit spare' : 'quiet unit'}>{field.unit}</span>
      )}
    </>
  );
}

function Slider({ name, field, range }: NumberControlProps & { readonly range: SliderRange }) {
  const value = useNumber(name);
  const { original } = usePresetValue(name);
  const { edit } = useEditContext();
  const gesture = useGesture(name);
  const [dragged, setDragged] = useState<number | null>(null);
  const frame = useRef<number | null>(null);
  const pending = useRef({ value: 0, gesture: '' });
  useEffect(
    () => () => {
      if (frame.current !== null) cancelAnimationFrame(frame.current);
    },
    [],
  );
  if (value === null) return null;

  const steps = sliderSteps(range);
  const shown = dragged ?? value;
  const change = (next: number) => {
    setDragged(next);
    // The gesture of the moment of dragging: the pointer may be up when the frame comes.
    pending.current = { value: next, gesture: gesture.id() };
    frame.current ??= requestAnimationFrame(() => {
      frame.current = null;
      edit(name, pending.current.value, pending.current.gesture);
      setDragged(null);
    });
  };
  return (
    <div className="track">
      {typeof original === 'number' ? (
        <div className="ticks" aria-hidden="true">
          <i style={{ '--at': sliderShare(original, range) } as CSSProperties} />
        </div>
      ) : null}
      <input
        type="range"
        aria-label={field.label}
        aria-valuetext={`${shown} ${field.unit}`.trim()}
        min={0}
        max={steps}
        step={1}
        value={Math.round(sliderShare(shown, range) * steps)}
        onPointerDown={gesture.begin}
        onPointerUp={gesture.end}
        onPointerCancel={gesture.end}
        onBlur={gesture.end}
        onChange={(event) => change(sliderValue(event.target.valueAsNumber / steps, range))}
      />
    </div>
  );
}

/** The part under the name: the slider, and for an optional number the box that switches it off. */
export function NumberControl({ name, field }: NumberControlProps) {
  const value = useNumber(name);
  const fallback = useFallback(name, field);
  const { edit } = useEditContext();
  const range = rangeOf(field);
  return (
    <>
      {field.kind === 'optional-number' ? (
        <label className="check">
          <input
            type="checkbox"
            checked={value === null}
            onChange={(event) => edit(name, event.target.checked ? null : fallback, null)}
          />
          {field.noneLabel}
        </label>
      ) : null}
      {range === null || value === null ? null : <Slider name={name} field={field} range={range} />}
    </>
  );
}
