// All engines on this machine: what each is, what one meta-step takes on it and how that compares, or why it was not
// measured; and the choice among them.
import { formatValue } from '../../charts/scales.ts';
import { ENGINE_NAMES, fallbackReason } from '../../state/engine-names.ts';
import type { RunState } from '../../state/store-types.ts';
import { transportWords as words } from '../../words/transport.ts';
import { useLab, useLabRun } from '../lab-context.ts';
import { compareEngines, type EngineRow, headline } from './engine-rows.ts';

interface EngineGroupProps {
  readonly row: EngineRow;
  /** What the engine is, in a line. */
  readonly kind: string;
  readonly isUsed: boolean;
}

function EngineGroup({ row, kind, isUsed }: EngineGroupProps) {
  return (
    <tbody aria-current={isUsed ? 'true' : undefined}>
      <tr>
        <th scope="rowgroup">
          <span aria-hidden="true">{isUsed ? '▸ ' : ''}</span>
          {ENGINE_NAMES[row.engine]}
        </th>
        <td>{row.msPerStep === null ? '–' : words.milliseconds(formatValue(row.msPerStep))}</td>
        <td>{row.ratio}</td>
      </tr>
      <tr>
        <td colSpan={3} className="quiet">
          {[kind, row.note].filter((text) => text !== '').join(' · ')}
        </td>
      </tr>
    </tbody>
  );
}

function EngineTable() {
  const race = useLabRun((state) => state.race);
  const engine = useLabRun((state) => state.engine);
  const { engines } = useLab();
  const { rows, yardstick } = compareEngines(
    race,
    engines.map(({ id }) => id),
  );
  return (
    <table className="engine-table">
      <thead>
        <tr>
          <th scope="col">{words.engine}</th>
          <th scope="col">{words.oneMetaStep}</th>
          <th scope="col">{yardstick === null ? words.engineSpeed : `× ${ENGINE_NAMES[yardstick]}`}</th>
        </tr>
      </thead>
      {rows.map((row, i) => (
        <EngineGroup
          key={row.engine}
          row={row}
          kind={engines[i]?.kind ?? ''}
          isUsed={row.engine === engine}
        />
      ))}
    </table>
  );
}

/** What happens now, or why the engine in use is the one it is. */
function explanation({ race, engine, engineChoice, fallback, isMeasuring }: RunState): string {
  if (isMeasuring) return words.measuringAll;
  if (fallback !== null && engine !== null) {
    return words.computesInstead(fallbackReason(fallback), ENGINE_NAMES[engine]);
  }
  if (engineChoice !== 'auto' && engineChoice !== engine) return words.opening(ENGINE_NAMES[engineChoice]);
  if (race === null) return words.measuredFirst;
  return headline(race);
}

/** The table of engines with the choice among them; the content of the popover. */
export function EngineDetails() {
  const { run, engines } = useLab();
  const choice = useLabRun((state) => state.engineChoice);
  const text = useLabRun(explanation);
  const isBusy = useLabRun(
    (state) => state.isMeasuring || (state.status.kind === 'starting' && state.status.step === 'racing'),
  );
  const canMeasure = useLabRun((state) => state.status.kind !== 'idle' && state.status.kind !== 'failed');
  return (
    <>
      <h2 className="popover-title">{words.enginesHere}</h2>
      <EngineTable />
      <p className="quiet engine-text" role="status">
        {text}
      </p>
      <div className="engine-actions">
        <label>
          {words.use}{' '}
          <select
            aria-label={words.engine}
            value={choice}
            onChange={(event) => {
              const value = event.target.value;
              const chosen = engines.find(({ id }) => id === value);
              run.getState().setEngine(chosen?.id ?? 'auto');
            }}
          >
            <option value="auto">{words.fastestEngine}</option>
            {engines.map(({ id }) => (
              <option key={id} value={id}>
                {ENGINE_NAMES[id]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={isBusy || !canMeasure} onClick={() => run.getState().raceAgain()}>
          {isBusy ? words.measuring : words.measureAgain}
        </button>
      </div>
    </>
  );
}
