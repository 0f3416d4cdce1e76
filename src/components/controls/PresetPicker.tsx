// Where the settings start from: the preset with its description and where paper and code differ, and in one line
// what was changed since.

import type { SinusoidExperiment } from '../../experiment/experiment.ts';
import type { FieldKey } from '../../experiment/field-types.ts';
import { FIELD_KEYS, fieldOf, isVisible, sameValue } from '../../experiment/fields.ts';
import { PRESETS, presetById } from '../../experiment/presets.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';
import { useExperiment } from '../stores-context.ts';

/** A value as the user reads it: numbers short, choices by their label. */
function valueText(key: FieldKey, value: SinusoidExperiment[FieldKey]): string {
  const field = fieldOf(key);
  const choices: Readonly<Record<string, string>> =
    field.kind === 'choice' || field.kind === 'multi-choice' ? field.choices : {};
  if (value === null) return field.kind === 'optional-number' ? field.noneLabel : '–';
  if (typeof value === 'number') return formatSetting(value);
  if (typeof value === 'string') return choices[value] ?? value;
  return value
    .map((entry) => (typeof entry === 'number' ? String(entry) : (choices[entry] ?? entry)))
    .join(', ');
}

function changeText(key: FieldKey, from: SinusoidExperiment, to: SinusoidExperiment): string {
  const { symbol, label } = fieldOf(key);
  const name = symbol !== '' && symbol.length <= 2 ? symbol : label;
  return `${name}: ${valueText(key, from[key])} → ${valueText(key, to[key])}`;
}

/** A longer change does not fit the column's line and is shown on request. */
const MAX_INLINE = 40;

function Changes() {
  const experiment = useExperiment((state) => state.experiment);
  const preset = presetById(experiment.preset);
  if (preset === undefined) return null;
  const changed = FIELD_KEYS.filter(
    (key) => isVisible(key, experiment) && !sameValue(experiment[key], preset.experiment[key]),
  );
  const [first] = changed;
  if (first === undefined) return <p className="changes quiet">As in the preset.</p>;
  const text = changeText(first, preset.experiment, experiment);
  if (changed.length === 1 && text.length <= MAX_INLINE) {
    return (
      <p className="changes">
        1 change from preset. <span className="number">{text}</span>
      </p>
    );
  }
  return (
    <div className="changes">
      <Popover
        className="plain small"
        label={changed.length === 1 ? '1 change from preset' : `${changed.length} changes from preset`}
      >
        <h2 className="popover-title">Changed from “{preset.title}”</h2>
        <ul className="change-list number">
          {changed.map((key) => (
            <li key={key}>
              {fieldOf(key).label}: {valueText(key, preset.experiment[key])} →{' '}
              {valueText(key, experiment[key])}
            </li>
          ))}
        </ul>
      </Popover>
    </div>
  );
}

export function PresetPicker() {
  const presetId = useExperiment((state) => state.experiment.preset);
  const loadPreset = useExperiment((state) => state.loadPreset);
  const preset = presetById(presetId);
  return (
    <section className="preset" aria-label="Preset">
      <div className="preset-row">
        <select aria-label="Preset" value={presetId} onChange={(event) => loadPreset(event.target.value)}>
          {PRESETS.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
        </select>
        <button
          type="button"
          onClick={() => loadPreset(presetId)}
          aria-label="Reset all settings to the preset"
          title="Reset all settings to the preset"
        >
          Reset
        </button>
      </div>
      <Changes />
      {preset === undefined ? null : (
        <div className="quiet preset-about">
          {preset.description}{' '}
          <Popover className="plain small" label="Paper and code">
            <h2 className="popover-title">{preset.title}: paper and code</h2>
            <ul className="change-list">
              {preset.notes.map((note) => (
                <li key={note}>{note}</li>
              ))}
            </ul>
          </Popover>
        </div>
      )}
    </section>
  );
}
