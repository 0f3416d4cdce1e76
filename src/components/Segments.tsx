// A small segmented choice: native radio buttons drawn as words, the chosen one bold and underlined.
import { useId } from 'react';

/** A choice that is called by a symbol explains it. */
const SYMBOL = /^[α-ω]$/u;

interface SegmentsProps<T extends string> {
  /** Name of the group for assistive technology. */
  readonly name: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly title?: string }[];
  onChange(value: T): void;
}

export function Segments<T extends string>({ name, value, options, onChange }: SegmentsProps<T>) {
  const group = useId();
  return (
    <fieldset className="segments">
      <legend className="visually-hidden">{name}</legend>
      {options.map((option) => (
        <label key={option.value} title={option.title}>
          <input
            type="radio"
            name={group}
            aria-label={option.title ?? option.label}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span data-text={option.label} data-symbol={SYMBOL.test(option.label) ? option.label : undefined}>
            {option.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
