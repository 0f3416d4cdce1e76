// What is known about one field of an experiment: enough to draw its control, to validate it and to explain it.
// Types only; the table itself is fields.ts.
import type { SinusoidExperiment } from './experiment.ts';

/** Every key of an experiment that a user can set; `lab` and `preset` say where the values come from. */
export type FieldKey = Exclude<keyof SinusoidExperiment, 'lab' | 'preset'>;

export type SectionId =
  | 'algorithm'
  | 'inner-loop'
  | 'outer-loop'
  | 'task-distribution'
  | 'model'
  | 'reptile'
  | 'learned-alpha'
  | 'task-buffer'
  | 'test-time';

interface FieldCommon {
  readonly label: string;
  /** As in the papers ("α", "K"); empty where they have none. */
  readonly symbol: string;
  /** "rad", "tasks"; empty for pure numbers. */
  readonly unit: string;
  readonly section: SectionId;
  /** Plain words, with the equation where there is one. */
  readonly help: string;
  /** Behind "more" in the control panel. */
  readonly advanced?: true;
  /** restart: alters training, so a change starts anew. live: test time only. See changesPast for the rest. */
  readonly effect: 'restart' | 'live';
  /** Whether the field has any effect on this experiment; absent: always. Hidden fields keep their value. */
  readonly visibleWhen?: (experiment: SinusoidExperiment) => boolean;
}

interface NumericField extends FieldCommon {
  /** Limits of what is accepted, both ends included. */
  readonly min: number;
  readonly max: number;
  /** Step of the keyboard and of a linear slider; any number within the limits may be typed. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  /** The slider's ends (narrower than the limits); null: no slider. Above 0 on a log scale. */
  readonly slider: readonly [number, number] | null;
}

export interface NumberField extends NumericField {
  readonly kind: 'number' | 'integer';
}

/** A number or null, where null means `noneLabel`. */
export interface OptionalNumberField extends NumericField {
  readonly kind: 'optional-number';
  readonly noneLabel: string;
}

/** A list of layer widths, input side first. */
export interface WidthsField extends FieldCommon {
  readonly kind: 'widths';
  readonly minLayers: number;
  readonly maxLayers: number;
  readonly minWidth: number;
  readonly maxWidth: number;
}

/** One of several; labels by value, in the order in which they are offered. */
export interface ChoiceField<T extends string> extends FieldCommon {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<T, string>>;
}

/** At least one of several, kept in the order of `choices`. */
export interface MultiChoiceField<T extends string> extends FieldCommon {
  readonly kind: 'multi-choice';
  readonly choices: Readonly<Record<T, string>>;
}

/** The kind of field that fits a value of type V. */
export type FieldOf<V> = [V] extends [number]
  ? NumberField
  : [V] extends [number | null]
    ? OptionalNumberField
    : [V] extends [readonly number[]]
      ? WidthsField
      : [V] extends [readonly (infer T extends string)[]]
        ? MultiChoiceField<T>
        : [V] extends [string]
          ? ChoiceField<V>
          : never;

/** Any field, for code that walks the table; tell them apart by `kind`. */
export type Field =
  | NumberField
  | OptionalNumberField
  | WidthsField
  | ChoiceField<string>
  | MultiChoiceField<string>;

/** One entry per field; leaving one out does not compile. */
export type FieldTable = { readonly [K in FieldKey]: FieldOf<SinusoidExperiment[K]> };
