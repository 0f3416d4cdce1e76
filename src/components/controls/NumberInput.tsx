// A number field that keeps what is being typed to itself until Enter or leaving it: half-typed numbers must not
// restart training. Arrow keys change it at once, by the field's own step.
import { type CSSProperties, useState } from 'react';
import { keyOf } from '../present/keys.ts';

interface NumberInputProps {
  readonly id?: string;
  readonly name: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly describedBy?: string | undefined;
  readonly invalid?: boolean;
  /** Shown digits; default: as short as possible. */
  readonly digits?: number;
  nudge(value: number, direction: 1 | -1): number;
  /** A number was entered; may be NaN when the text was none. */
  onCommit(value: number): void;
  onEnd?(): void;
}

function shortest(value: number, digits: number | undefined): string {
  return digits === undefined ? String(Number(value.toPrecision(6))) : value.toFixed(digits);
}

export function NumberInput(props: NumberInputProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft === null) return;
    setDraft(null);
    const typed = Number(draft);
    if (draft.trim() === '' || typed === props.value || draft === shortest(props.value, props.digits)) return;
    props.onCommit(typed);
  };
  const shown = draft ?? shortest(props.value, props.digits);
  return (
    <input
      type="number"
      id={props.id}
      className="number-input"
      style={{ '--chars': Math.max(3, shown.length) } as CSSProperties}
      aria-label={props.name}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid ? true : undefined}
      min={props.min}
      max={props.max}
      step="any"
      inputMode="decimal"
      autoComplete="off"
      value={shown}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={() => {
        commit();
        props.onEnd?.();
      }}
      onKeyDown={(event) => {
        // What is being typed is undone by the browser, not by the page.
        if (draft !== null && (event.ctrlKey || event.metaKey)) event.stopPropagation();
        const id = keyOf('number', event);
        if (id === 'accept') commit();
        else if (id === 'give-up') setDraft(null);
        else if (id === 'nudge') {
          event.preventDefault();
          setDraft(null);
          props.onCommit(props.nudge(props.value, event.key === 'ArrowUp' ? 1 : -1));
        }
      }}
    />
  );
}
