// Which engine computes and how fast; opens the table of all engines with their measured figures, the reason for
// the choice, and an override.

import { formatValue, groupThousands } from '../../charts/scales.ts';
import type { EngineId } from '../../gradients/meta-gradient.ts';
import { ENGINE_IDS } from '../../gradients/meta-gradient.ts';
import type { EngineTiming, RaceResult } from '../../worker/protocol.ts';
import { Popover } from '../Popover.tsx';
import { useRun, useStores } from '../stores-context.ts';

const ENGINE_NAMES: Record<EngineId, string> = {
  'composed-cpu': 'tfjs CPU',
  'composed-wasm': 'tfjs WASM',
  'composed-webgpu': 'tfjs WebGPU',
  'fused-wasm': 'Fused WASM',
  'fused-webgpu': 'Fused WebGPU',
  reference: 'Typed arrays',
};

function timingText(timing: EngineTiming | undefined): string {
  if (timing === undefined) return 'not measured';
  if (timing.status === 'unavailable') return readable(timing.reason);
  return `${formatValue(timing.msPerStep)} ms`;
}

/** Engine ids in a sentence replaced by the names that this page uses. */
function readable(text: string): string {
  let named = text;
  for (const id of ENGINE_IDS) named = named.replaceAll(id, ENGINE_NAMES[id]);
  return named.charAt(0).toUpperCase() + named.slice(1);
}

function EngineTable({
  race,
  engine,
}: {
  readonly race: RaceResult | null;
  readonly engine: EngineId | null;
}) {
  const timings = new Map(race?.timings.map((timing) => [timing.engine, timing]));
  return (
    <table className="engine-table">
      <thead>
        <tr>
          <th scope="col">Engine</th>
          <th scope="col">One meta-step</th>
          <th scope="col">Runs on</th>
        </tr>
      </thead>
      <tbody>
        {ENGINE_IDS.map((id) => {
          const timing = timings.get(id);
          return (
            <tr key={id} aria-current={id === engine ? 'true' : undefined}>
              <th scope="row">
                <span aria-hidden="true">{id === engine ? '▸ ' : ''}</span>
                {ENGINE_NAMES[id]}
              </th>
              <td className={timing?.status === 'measured' ? 'number' : 'quiet'}>{timingText(timing)}</td>
              <td className="quiet">{timing?.status === 'measured' ? timing.detail : ''}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The table of engines with the override; the content of the popover. */
export function EngineDetails() {
  const { run } = useStores();
  const race = useRun((state) => state.race);
  const engine = useRun((state) => state.engine);
  const choice = useRun((state) => state.engineChoice);
  const racing = useRun((state) => state.status.kind === 'starting' && state.status.step === 'racing');
  return (
    <>
      <h2 className="popover-title">Engines on this machine</h2>
      <EngineTable race={race} engine={engine} />
      <p className="quiet">
        {race === null ? 'The engines are measured before training starts.' : readable(race.reason)}
      </p>
      <div className="engine-actions">
        <label>
          Use{' '}
          <select
            aria-label="Engine"
            value={choice}
            onChange={(event) => {
              const value = event.target.value;
              const id = ENGINE_IDS.find((candidate) => candidate === value);
              run.getState().setEngine(id ?? 'auto');
            }}
          >
            <option value="auto">fastest</option>
            {ENGINE_IDS.map((id) => (
              <option key={id} value={id}>
                {ENGINE_NAMES[id]}
              </option>
            ))}
          </select>
        </label>
        <button type="button" disabled={racing} onClick={() => run.getState().raceAgain()}>
          {racing ? 'Measuring…' : 'Measure again'}
        </button>
      </div>
    </>
  );
}

export function EnginePopover() {
  const engine = useRun((state) => state.engine);
  const rate = useRun((state) => state.iterationsPerSecond);
  const name = engine === null ? 'Engine' : ENGINE_NAMES[engine];
  const digits = rate >= 10 || rate === 0 ? groupThousands(rate) : rate.toFixed(1);
  return (
    <Popover
      className="plain engine"
      popoverClassName="engine-popover"
      name={`Engine: ${name} ${digits} it/s. Show all engines`}
      title="Show all engines"
      label={
        <>
          <strong>{name}</strong> <span className="quiet number">{digits} it/s</span>
        </>
      }
    >
      <EngineDetails />
    </Popover>
  );
}
