// What the program knows of a lab before anything of it is drawn or computed: its settings, presets and rules.
// Types and small constructors only; the labs there are stand in labs.ts.
import type { Experiment } from './experiment.ts';
import type { Field, FieldKeyOf, SectionId } from './field-types.ts';

/** What is said of a preset. */
export interface PresetAbout {
  readonly id: string;
  readonly title: string;
  /** One sentence: what it shows. */
  readonly description: string;
}

/** A named starting point. `experiment.preset` equals `id`; the experiment is frozen. */
export interface Preset<E extends Experiment> extends PresetAbout {
  readonly experiment: E;
}

/** What fields alone cannot say. */
export interface Rule<E extends Experiment> {
  /** The fields it relates; the first one is where it is explained unless only another was edited. */
  readonly fields: readonly [FieldKeyOf<E>, ...FieldKeyOf<E>[]];
  /** What is wrong, got, expected and remedy; null when the rule is met. */
  violation(experiment: E): string | null;
  /** The same experiment made to meet the rule; `fallback` is the (valid) preset. */
  repair(experiment: E, fallback: E): E;
}

/** A section of the control panel. */
export interface SectionTitle {
  readonly id: SectionId;
  readonly title: string;
}

export interface Lab<E extends Experiment> {
  readonly id: E['lab'];
  /** In the tab and in the window's title. */
  readonly title: string;
  /** In the panel's order. */
  readonly sections: readonly SectionTitle[];
  /** All fields in the order of links, the seed first. */
  readonly fieldKeys: readonly FieldKeyOf<E>[];
  field(key: FieldKeyOf<E>): Field<E>;
  isFieldKey(name: string): name is FieldKeyOf<E>;
  /** The default first; ids are unique over all labs. */
  readonly presets: readonly [Preset<E>, ...Preset<E>[]];
  /** In the order in which they are repaired; a repair breaks no earlier rule. */
  readonly rules: readonly Rule<E>[];
  /** Whether it asks for much more computing than the default preset, so that it waits for the user. */
  isHeavy(experiment: E): boolean;
}

/** A preset with its id taken from the experiment, which is frozen with its lists. */
export function definePreset<E extends Experiment>(experiment: E, about: Omit<PresetAbout, 'id'>): Preset<E> {
  return { id: experiment.preset, ...about, experiment: freezeExperiment(experiment) };
}

/** The same object, frozen with its lists. */
export function freezeExperiment<E extends Experiment>(experiment: E): E {
  for (const value of Object.values(experiment)) if (Array.isArray(value)) Object.freeze(value);
  return Object.freeze(experiment);
}

/** Whether the field has any effect on this experiment, and so a place in the control panel. */
export function hasEffect<E extends Experiment>(
  lab: Pick<Lab<E>, 'field'>,
  key: FieldKeyOf<E>,
  experiment: E,
): boolean {
  return lab.field(key).visibleWhen?.(experiment) ?? true;
}
