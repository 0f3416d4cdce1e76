// What a link says, in words: for the share dialog, so that nobody sends what they did not mean to.
import type { Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import type { Lab } from '../experiment/lab.ts';
import { inLabOf } from '../experiment/labs.ts';
import type { PageOptions } from '../experiment/page-options.ts';
import { presetIn } from '../experiment/schema.ts';
import { shareWords as words } from '../words/share.ts';
import { labelSetting } from './change-label.ts';

export interface LinkContents {
  /** The preset and its lab. */
  readonly preset: string;
  readonly seed: string;
  /** One sentence part per setting that differs from the preset, in the link's order. */
  readonly changes: readonly string[];
  /** What the link says about the page; empty for a plain one. */
  readonly page: readonly string[];
}

/** What the link of this experiment, shown with these options, contains. */
export function linkContents(experiment: Experiment, options: PageOptions): LinkContents {
  return inLabOf(experiment, (lab, e) => {
    const base = presetIn(lab, e.preset, []);
    const title = lab.presets.find(({ id }) => id === base.preset)?.title ?? base.preset;
    const changed = lab.fieldKeys.filter((key) => key !== 'seed' && !sameValue(e[key], base[key]));
    return {
      preset: words.preset(lab.title, title),
      seed: words.seed(e.seed),
      changes: changed.map((key) =>
        words.change(labelSetting(lab, key, e[key]), valueOnly(lab, key, base[key])),
      ),
      page: pageContents(lab, options),
    };
  });
}

/** A setting's value as labelSetting writes it, without its name. */
function valueOnly<E extends Experiment>(
  lab: Lab<E>,
  key: Parameters<Lab<E>['field']>[0],
  value: unknown,
): string {
  const named = labelSetting(lab, key, value);
  const field = lab.field(key);
  const symbol = `${field.symbol} = `;
  if (field.symbol !== '' && named.startsWith(symbol)) return named.slice(symbol.length);
  return named.slice(field.label.length + 1);
}

function pageContents<E extends Experiment>(lab: Lab<E>, options: PageOptions): string[] {
  const nameOf = (name: string): string =>
    lab.isFieldKey(name) ? `“${lab.field(name).label}”` : (words.parts[name] ?? name);
  const { hide, lock, predict, present, runs, story } = options;
  return [
    ...(hide.length > 0 ? [words.hides(hide.map(nameOf))] : []),
    ...(lock.length > 0 ? [words.locks(lock.map(nameOf))] : []),
    ...(predict ? [words.predict] : []),
    ...(present ? [words.present] : []),
    ...(runs.length > 0 && lab.id === 'cheetah' ? [words.runs(runs)] : []),
    ...(story === null ? [] : [words.story(story.id, story.step + 1)]),
  ];
}
