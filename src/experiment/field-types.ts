// What is known about one field of an experiment: enough to draw its control, to validate it and to explain it.
// Types only; the tables themselves are fields.ts, reaching-fields.ts, navigation-fields.ts and cheetah-fields.ts.
import type { CheetahExperiment } from './cheetah-experiment.ts';
import type { Experiment, SinusoidExperiment } from './experiment.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import type { PolicyExperiment } from './policy-experiment.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';

/** Every key of a lab's experiment that a user can set; `lab` and `preset` say where the values come from. */
export type FieldKeyOf<E extends Experiment> = Exclude<Extract<keyof E, string>, 'lab' | 'preset'>;
/** The Sinusoid lab's. */
export type FieldKey = FieldKeyOf<SinusoidExperiment>;
/** Any lab's. Where two labs share a key, it may have another field in each. */
export type AnyFieldKey =
  | FieldKey
  | FieldKeyOf<ReachingExperiment>
  | FieldKeyOf<NavigationExperiment>
  | FieldKeyOf<CheetahExperiment>;

export type SectionId =
  | 'algorithm'
  | 'inner-loop'
  | 'outer-loop'
  | 'task-distribution'
  | 'roll-outs'
  | 'policy'
  | 'environment'
  | 'goals'
  | 'model'
  | 'reptile'
  | 'learned-alpha'
  | 'task-buffer'
  | 'test-time'
  | 'tasks'
  | 'learner'
  | 'buffer'
  | 'run';

/** E: the experiment whose field it is; `never` for code that only shows a field and asks nothing of experiments. */
interface FieldCommon<E> {
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
  /** restart: alters training, so a change starts anew. live: test time only, or what is still to come. */
  readonly effect: 'restart' | 'live';
  /** Experiments in which a change of a live field alters what training has done all the same; absent: none. */
  readonly restartsWhen?: (experiment: E) => boolean;
  /** Whether the field has any effect on this experiment; absent: always. Hidden fields keep their value. */
  readonly visibleWhen?: (experiment: E) => boolean;
}

interface NumericField<E> extends FieldCommon<E> {
  /** Limits of what is accepted, both ends included. */
  readonly min: number;
  readonly max: number;
  /** Step of the keyboard and of a linear slider; any number within the limits may be typed. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
  /** The slider's ends (narrower than the limits); null: no slider. Above 0 on a log scale. */
  readonly slider: readonly [number, number] | null;
}

export interface NumberField<E = never> extends NumericField<E> {
  readonly kind: 'number' | 'integer';
}

/** A number or null, where null means `noneLabel`. */
export interface OptionalNumberField<E = never> extends NumericField<E> {
  readonly kind: 'optional-number';
  readonly noneLabel: string;
}

/** A list of layer widths, input side first. */
export interface WidthsField<E = never> extends FieldCommon<E> {
  readonly kind: 'widths';
  readonly minLayers: number;
  readonly maxLayers: number;
  readonly minWidth: number;
  readonly maxWidth: number;
}

/** Points in a plane that are drawn on the stage, x and y in turn. */
export interface PointsField<E = never> extends FieldCommon<E> {
  readonly kind: 'points';
  readonly maxPoints: number;
  /** Limits of either coordinate, both ends included. */
  readonly min: number;
  readonly max: number;
  /** Decimal places that are kept; more would only make links longer. */
  readonly decimals: number;
}

/** One of several; labels by value, in the order in which they are offered. */
export interface ChoiceField<T extends string, E = never> extends FieldCommon<E> {
  readonly kind: 'choice';
  readonly choices: Readonly<Record<T, string>>;
}

/** At least one of several, kept in the order of `choices`. */
export interface MultiChoiceField<T extends string, E = never> extends FieldCommon<E> {
  readonly kind: 'multi-choice';
  readonly choices: Readonly<Record<T, string>>;
}

/** The kind of field that fits a value of type V in an experiment of type E. */
export type FieldOf<V, E = never> = [V] extends [number]
  ? NumberField<E>
  : [V] extends [number | null]
    ? OptionalNumberField<E>
    : [V] extends [readonly number[]]
      ? WidthsField<E> | PointsField<E>
      : [V] extends [readonly (infer T extends string)[]]
        ? MultiChoiceField<T, E>
        : [V] extends [string]
          ? ChoiceField<V, E>
          : never;

/** Any field, for code that walks a table; tell them apart by `kind`. A Field<E> is also a Field<never>. */
export type Field<E = never> =
  | NumberField<E>
  | OptionalNumberField<E>
  | WidthsField<E>
  | PointsField<E>
  | ChoiceField<string, E>
  | MultiChoiceField<string, E>;

/** One entry per field; leaving one out does not compile. */
export type FieldTable<E extends Experiment = SinusoidExperiment> = {
  readonly [K in FieldKeyOf<E>]: FieldOf<E[K], E>;
};

/** The entries that all meta-RL labs share; what they ask of an experiment, any of these labs' can answer. */
export type PolicyFieldTable = {
  readonly [K in Exclude<keyof PolicyExperiment, 'preset'>]: FieldOf<PolicyExperiment[K], PolicyExperiment>;
};
