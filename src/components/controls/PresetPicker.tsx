// Where the settings start from: the preset with its description and where paper and code differ, and in one line
// what was changed since.

import type { Experiment } from '../../experiment/experiment.ts';
import type { Field } from '../../experiment/field-types.ts';
import type { PresetAbout } from '../../experiment/lab.ts';
import {
  changedSettings,
  presetsOf,
  presetValue,
  settingField,
  settingValue,
} from '../../experiment/settings.ts';
import { arePresetsLocked, isLocked } from '../../state/page-store.ts';
import { controlWords as words } from '../../words/controls.ts';
import { presetNotes } from '../../words/preset-notes.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';
import { useCurrent, usePage } from '../stores-context.ts';
import { LockNote } from './LockNote.tsx';

/** A value as the user reads it: numbers short, choices by their label, points counted. */
function valueText(field: Field, value: unknown): string {
  const choices: Readonly<Record<string, string>> =
    field.kind === 'choice' || field.kind === 'multi-choice' ? field.choices : {};
  if (value === null) return field.kind === 'optional-number' ? field.noneLabel : '–';
  if (typeof value === 'number') return formatSetting(value);
  if (!Array.isArray(value)) return choices[String(value)] ?? String(value);
  if (field.kind === 'points') return String(value.length / 2);
  return value.map((entry) => choices[String(entry)] ?? String(entry)).join(', ');
}

interface Change {
  readonly key: string;
  readonly label: string;
  /** The symbol where it is short, else the label. */
  readonly name: string;
  /** "5 → 10" */
  readonly values: string;
}

function changesOf(experiment: Experiment): Change[] {
  return changedSettings(experiment).flatMap((key) => {
    const field = settingField(experiment.lab, key);
    if (field === undefined) return [];
    const { label, symbol } = field;
    const from = valueText(field, presetValue(experiment, key));
    const to = valueText(field, settingValue(experiment, key));
    const name = symbol !== '' && symbol.length <= 2 ? symbol : label;
    return [{ key, label, name, values: `${from} → ${to}` }];
  });
}

/** Where it differs from paper and code, by preset; plain sentences. */
const NOTES: Readonly<Record<string, readonly string[]>> = presetNotes;

/** A longer change does not fit the column's line and is shown on request. */
const MAX_INLINE = 40;

function usePreset(): PresetAbout | undefined {
  const lab = useCurrent((state) => state.experiment.lab);
  const presetId = useCurrent((state) => state.experiment.preset);
  return presetsOf(lab).find(({ id }) => id === presetId);
}

function Changes() {
  const experiment = useCurrent((state) => state.experiment);
  const preset = usePreset();
  if (preset === undefined) return null;
  const changes = changesOf(experiment);
  const [first] = changes;
  if (first === undefined) return <p className="changes quiet">{words.asInPreset}</p>;
  const text = `${first.name}: ${first.values}`;
  if (changes.length === 1 && text.length <= MAX_INLINE) {
    return (
      <p className="changes">
        {words.oneChange} <span className="number">{text}</span>
      </p>
    );
  }
  return (
    <div className="changes">
      <Popover className="plain small" label={words.changes(changes.length)}>
        <h2 className="popover-title">{words.changedFrom(preset.title)}</h2>
        <ul className="change-list number">
          {changes.map(({ key, label, values }) => (
            <li key={key}>
              {label}: {values}
            </li>
          ))}
        </ul>
      </Popover>
    </div>
  );
}

export function PresetPicker() {
  const lab = useCurrent((state) => state.experiment.lab);
  const presetId = useCurrent((state) => state.experiment.preset);
  const loadPreset = useCurrent((state) => state.loadPreset);
  const preset = usePreset();
  const locked = usePage((page) => arePresetsLocked(page.options));
  // Where everything is locked, the panel says so once.
  const alone = usePage((page) => !isLocked(page.options, 'settings'));
  return (
    <section className={locked ? 'preset locked' : 'preset'} aria-label={words.preset}>
      <fieldset className="preset-row" disabled={locked}>
        <select
          aria-label={words.preset}
          value={presetId}
          onChange={(event) => loadPreset(event.target.value)}
        >
          {presetsOf(lab).map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <button
          type="button"
          onClick={() => loadPreset(presetId)}
          aria-label={words.resetAll}
          title={words.resetAll}
        >
          {words.reset}
        </button>
      </fieldset>
      {locked && alone ? <LockNote /> : null}
      <Changes />
      {preset === undefined ? null : (
        <div className="quiet preset-about">
          {preset.description}{' '}
          <Popover className="plain small" label={words.paperAndCode}>
            <h2 className="popover-title">{words.paperAndCodeOf(preset.title)}</h2>
            <ul className="change-list">
              {(NOTES[preset.id] ?? []).map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Popover>
        </div>
      )}
    </section>
  );
}
