// One pinned run in the list: shown or hidden, its name, whether it is the baseline, and the rest in a menu.
import { useState } from 'react';
import type { StoreApi } from 'zustand';
import { encodePins, encodeRun } from '../../state/pins-file.ts';
import type { Pin, PinsState } from '../../state/pins-types.ts';
import { openRecord } from '../../state/run-records.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { download } from '../chart/chart-files.ts';
import { Popover } from '../Popover.tsx';
import { useStores } from '../stores-context.ts';
import { LineSwatch } from './LineSwatch.tsx';

interface PinRowProps {
  readonly pin: Pin;
  readonly pins: StoreApi<PinsState>;
}

/** A name is written when the field is left, or with Enter: every key would be a writing to the storage. */
function NameField({ pin, pins }: PinRowProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const commit = () => {
    if (draft !== null && draft.trim() !== '' && draft !== pin.title) pins.getState().rename(pin.id, draft);
    setDraft(null);
  };
  return (
    <input
      type="text"
      className="pin-name"
      aria-label={words.name(pin.letter)}
      value={draft ?? pin.title}
      maxLength={200}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
        if (event.key !== 'Escape' || draft === null) return;
        // Gives up the name, not the panel.
        event.stopPropagation();
        setDraft(null);
      }}
    />
  );
}

/** A run file where the run is all there is to it; else a file of pinned runs, which keeps seeds as well. */
export function exportPin(pin: Pin): void {
  const { record, seeds } = pin;
  const text =
    record === null || seeds !== null ? encodePins([pin]) : encodeRun({ ...record, title: pin.title });
  const slug = pin.title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40);
  const kind = record === null || seeds !== null ? 'pinned' : 'run';
  download(new Blob([text], { type: 'application/json' }), `metascope-${kind}-${slug}.json`);
}

function PinMenu({ pin, pins }: PinRowProps) {
  const stores = useStores();
  const { record } = pin;
  const open = () => {
    if (record === null) stores.current.getState().replace(pin.experiment);
    else openRecord(stores, { ...record, title: pin.title });
  };
  return (
    <Popover className="plain icon" popoverClassName="menu pin-menu" name={words.more(pin.title)} label="⋯">
      {(close) => (
        <>
          <label className="pin-line">
            <span className="visually-hidden">{words.line(pin.letter)}</span>
            <LineSwatch pin={{ ...pin, isBaseline: false }} />
            <select
              value={pin.look}
              onChange={(event) => pins.getState().setLook(pin.id, Number(event.target.value))}
            >
              {words.lines.map((name, look) => (
                <option key={name} value={look}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {[
            { label: words.open, act: open },
            { label: words.exportOne, act: () => exportPin(pin) },
            { label: words.remove, act: () => pins.getState().remove(pin.id) },
          ].map(({ label, act }) => (
            <button
              key={label}
              type="button"
              className="plain"
              onClick={() => {
                close();
                act();
              }}
            >
              {label}
            </button>
          ))}
        </>
      )}
    </Popover>
  );
}

/** "600 iterations, 5 seeds". */
function aboutOf({ record, experiment, seeds }: Pin): string {
  const iterations = record?.iterations ?? ('iterations' in experiment ? experiment.iterations : 0);
  return words.about(iterations, seeds?.seeds.length ?? null);
}

export function PinRow({ pin, pins }: PinRowProps) {
  const { id, letter, title, isShown, isBaseline } = pin;
  return (
    <li className="pin-row">
      <label className="check" title={words.shown(title)}>
        <input
          type="checkbox"
          checked={isShown}
          aria-label={words.shown(title)}
          onChange={(event) => pins.getState().show(id, event.target.checked)}
        />
        <strong>{letter}</strong>
      </label>
      <LineSwatch pin={pin} />
      <NameField pin={pin} pins={pins} />
      <button
        type="button"
        className="toggle"
        aria-pressed={isBaseline}
        title={words.baselineOf(title)}
        onClick={() => pins.getState().setBaseline(id, !isBaseline)}
      >
        {words.baseline}
      </button>
      <PinMenu pin={pin} pins={pins} />
      <span className="pin-about quiet">{aboutOf(pin)}</span>
    </li>
  );
}
