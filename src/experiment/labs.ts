// The labs there are. To add one: its experiment in the union (experiment.ts), its definition here, one case in each
// of the two switches below, and its page in components/lab-pages.ts.

import { labNames } from '../words/lab-names.ts';
import type { CheetahExperiment } from './cheetah-experiment.ts';
import { CHEETAH_FIELD_KEYS, CHEETAH_FIELDS, CHEETAH_SECTIONS, isCheetahFieldKey } from './cheetah-fields.ts';
import { CHEETAH_PRESETS } from './cheetah-presets.ts';
import { CHEETAH_RULES, isHeavyCheetah } from './cheetah-rules.ts';
import { isHeavy } from './cost.ts';
import type { Experiment, LabId, SinusoidExperiment } from './experiment.ts';
import { FIELD_KEYS, fieldOf, isFieldKey, SECTIONS } from './fields.ts';
import type { Lab, Preset } from './lab.ts';
import type { NavigationExperiment } from './navigation-experiment.ts';
import {
  isNavigationFieldKey,
  NAVIGATION_FIELD_KEYS,
  NAVIGATION_FIELDS,
  NAVIGATION_SECTIONS,
} from './navigation-fields.ts';
import { NAVIGATION_PRESETS } from './navigation-presets.ts';
import { isHeavyNavigation, NAVIGATION_RULES } from './navigation-rules.ts';
import { PRESETS } from './presets.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';
import {
  isReachingFieldKey,
  REACHING_FIELD_KEYS,
  REACHING_FIELDS,
  REACHING_SECTIONS,
} from './reaching-fields.ts';
import { REACHING_PRESETS } from './reaching-presets.ts';
import { isHeavyReaching, REACHING_RULES } from './reaching-rules.ts';
import { RULES } from './rules.ts';

export const SINUSOID_LAB: Lab<SinusoidExperiment> = {
  id: 'sinusoid',
  title: labNames.sinusoid,
  sections: SECTIONS,
  fieldKeys: FIELD_KEYS,
  field: fieldOf,
  isFieldKey,
  presets: PRESETS,
  rules: RULES,
  isHeavy,
};

export const REACHING_LAB: Lab<ReachingExperiment> = {
  id: 'reaching',
  title: labNames.reaching,
  sections: REACHING_SECTIONS,
  fieldKeys: REACHING_FIELD_KEYS,
  field: (key) => REACHING_FIELDS[key],
  isFieldKey: isReachingFieldKey,
  presets: REACHING_PRESETS,
  rules: REACHING_RULES,
  isHeavy: isHeavyReaching,
};

export const NAVIGATION_LAB: Lab<NavigationExperiment> = {
  id: 'navigation',
  title: labNames.navigation,
  sections: NAVIGATION_SECTIONS,
  fieldKeys: NAVIGATION_FIELD_KEYS,
  field: (key) => NAVIGATION_FIELDS[key],
  isFieldKey: isNavigationFieldKey,
  presets: NAVIGATION_PRESETS,
  rules: NAVIGATION_RULES,
  isHeavy: isHeavyNavigation,
};

export const CHEETAH_LAB: Lab<CheetahExperiment> = {
  id: 'cheetah',
  title: labNames.cheetah,
  sections: CHEETAH_SECTIONS,
  fieldKeys: CHEETAH_FIELD_KEYS,
  field: (key) => CHEETAH_FIELDS[key],
  isFieldKey: isCheetahFieldKey,
  presets: CHEETAH_PRESETS,
  rules: CHEETAH_RULES,
  isHeavy: isHeavyCheetah,
};

/** In the order of the tabs; the first one opens when a link names none. */
export const LAB_IDS = ['sinusoid', 'reaching', 'navigation', 'cheetah'] as const satisfies readonly LabId[];
export const DEFAULT_LAB_ID: LabId = LAB_IDS[0];

/** Whether the text names a lab. */
export function isLabId(name: unknown): name is LabId {
  return LAB_IDS.some((id) => id === name);
}

/** Calls `use` with the lab of that id: how code for all labs gets at one with its types. */
export function inLab<R>(id: LabId, use: <E extends Experiment>(lab: Lab<E>) => R): R {
  switch (id) {
    case 'sinusoid':
      return use(SINUSOID_LAB);
    case 'reaching':
      return use(REACHING_LAB);
    case 'navigation':
      return use(NAVIGATION_LAB);
    case 'cheetah':
      return use(CHEETAH_LAB);
    default:
      return id satisfies never;
  }
}

/** Calls `use` with an experiment and its lab. */
export function inLabOf<R>(
  experiment: Experiment,
  use: <E extends Experiment>(lab: Lab<E>, experiment: E) => R,
): R {
  switch (experiment.lab) {
    case 'sinusoid':
      return use(SINUSOID_LAB, experiment);
    case 'reaching':
      return use(REACHING_LAB, experiment);
    case 'navigation':
      return use(NAVIGATION_LAB, experiment);
    case 'cheetah':
      return use(CHEETAH_LAB, experiment);
    default:
      return experiment satisfies never;
  }
}

/** A preset of any lab. */
export type AnyPreset =
  | Preset<SinusoidExperiment>
  | Preset<ReachingExperiment>
  | Preset<NavigationExperiment>
  | Preset<CheetahExperiment>;

/** The preset of that id in whichever lab has it, or undefined. */
export function findPreset(id: unknown): AnyPreset | undefined {
  const all: readonly AnyPreset[] = [
    ...PRESETS,
    ...REACHING_PRESETS,
    ...NAVIGATION_PRESETS,
    ...CHEETAH_PRESETS,
  ];
  return all.find((preset) => preset.id === id);
}

/** What a lab opens with. */
export function defaultExperiment(id: LabId): Experiment {
  return inLab<Experiment>(id, (lab) => lab.presets[0].experiment);
}
