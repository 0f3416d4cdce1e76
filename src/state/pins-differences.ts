// In which settings several runs of one lab differ: those rows only, in the order of the control panel.
import type { Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import { hasEffect } from '../experiment/lab.ts';
import { inLab } from '../experiment/labs.ts';
import { settingWords } from './change-label.ts';

export interface SettingRow {
  readonly key: string;
  readonly label: string;
  readonly symbol: string;
  readonly unit: string;
  /** One per run, in their order; null: the setting has no effect on that run. */
  readonly values: readonly (string | null)[];
}

/**
 * The settings that are not the same in all of these experiments, which are of one lab; a setting without effect on a run counts
 * as other than any value. [] for fewer than two.
 */
export function differingSettings(experiments: readonly Experiment[]): readonly SettingRow[] {
  const [first] = experiments;
  if (first === undefined) return [];
  return inLab(first.lab, (lab) => {
    const same = experiments.filter(
      (each): each is typeof each & (typeof lab.presets)[0]['experiment'] => each.lab === lab.id,
    );
    return lab.fieldKeys.flatMap((key): SettingRow[] => {
      const field = lab.field(key);
      const active = same.map((experiment) => hasEffect(lab, key, experiment));
      const differs = same.some(
        (experiment, i) =>
          active[i] !== active[0] || (active[i] === true && !sameValue(experiment[key], same[0]![key])),
      );
      if (!differs) return [];
      const values = same.map((experiment, i) => (active[i] ? settingWords(field, experiment[key]) : null));
      return [{ key, label: field.label, symbol: field.symbol, unit: field.unit, values }];
    });
  });
}
