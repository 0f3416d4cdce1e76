// An experiment of whichever lab as a list of settings: what the control panel, which is the same for all labs, asks.
// Code of one lab reads its experiment's fields directly.
import type { Experiment, LabId } from './experiment.ts';
import { sameValue } from './field-changes.ts';
import type { Field, SectionId } from './field-types.ts';
import { hasEffect, type PresetAbout, type SectionTitle } from './lab.ts';
import { findPreset, inLab, inLabOf } from './labs.ts';

/** The sections of the lab's control panel, in order. */
export function sectionsOf(lab: LabId): readonly SectionTitle[] {
  return inLab(lab, ({ sections }) => sections);
}

/** The lab's presets, the default first. */
export function presetsOf(lab: LabId): readonly PresetAbout[] {
  return inLab<readonly PresetAbout[]>(lab, ({ presets }) => presets);
}

/** The field of that name, the same object always; undefined where the lab has none. */
export function settingField(lab: LabId, name: string): Field | undefined {
  return inLab<Field | undefined>(lab, ({ isFieldKey, field }) =>
    isFieldKey(name) ? field(name) : undefined,
  );
}

/** The value of that name; undefined where the lab has no such setting. */
export function settingValue(experiment: Experiment, name: string): unknown {
  return inLabOf<unknown>(experiment, (lab, e) => (lab.isFieldKey(name) ? e[name] : undefined));
}

/** The value that the experiment's preset has; undefined where there is no such setting or preset. */
export function presetValue(experiment: Experiment, name: string): unknown {
  const preset = findPreset(experiment.preset);
  return preset === undefined ? undefined : settingValue(preset.experiment, name);
}

/** The settings that have any effect on this experiment, of one section or all, in the table's order. */
export function visibleSettings(experiment: Experiment, section: SectionId | null = null): string[] {
  return inLabOf<string[]>(experiment, (lab, e) =>
    lab.fieldKeys.filter(
      (key) => (section === null || lab.field(key).section === section) && hasEffect(lab, key, e),
    ),
  );
}

/** The visible settings that differ from the experiment's preset. */
export function changedSettings(experiment: Experiment): string[] {
  return visibleSettings(experiment).filter(
    (name) => !sameValue(settingValue(experiment, name), presetValue(experiment, name)),
  );
}
