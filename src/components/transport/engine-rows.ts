// The race as the engine table shows it: figures, ratios to tfjs WASM (what autodiff takes; where that was not
// measured, to the fastest), and short reasons for what has no figure.
import { ENGINE_IDS, type EngineId } from '../../gradients/meta-gradient.ts';
import { ENGINE_NAMES, withEngineNames } from '../../state/engine-names.ts';
import { transportWords as words } from '../../words/transport.ts';
import type { EngineTiming, RaceResult } from '../../worker/protocol.ts';

export interface EngineRow {
  readonly engine: EngineId;
  readonly msPerStep: number | null;
  /** Such as "34×"; empty without two figures to compare. */
  readonly ratio: string;
  /** The adapter's name and the like, or why it was not measured; may be empty. */
  readonly note: string;
}

export interface EngineComparison {
  readonly rows: readonly EngineRow[];
  /** The engine whose speed is 1×; null when fewer than two were measured. */
  readonly yardstick: EngineId | null;
}

type Measured = EngineTiming & { readonly status: 'measured' };

function measuredIn(race: RaceResult | null): Measured[] {
  return (race?.timings ?? []).filter((timing) => timing.status === 'measured');
}

/** The lab's engines in their order, with speeds as multiples of the yardstick's. */
export function compareEngines(
  race: RaceResult | null,
  engines: readonly EngineId[] = ENGINE_IDS,
): EngineComparison {
  const measured = measuredIn(race).toSorted((a, b) => a.msPerStep - b.msPerStep);
  const reference = measured.find(({ engine }) => engine === 'composed-wasm') ?? measured[0];
  const yardstick = reference !== undefined && measured.length > 1 ? reference : null;
  const rows = engines.map((engine): EngineRow => {
    const timing = race?.timings.find((candidate) => candidate.engine === engine);
    if (timing?.status !== 'measured') {
      return { engine, msPerStep: null, ratio: '', note: reasonOf(timing) };
    }
    const { msPerStep, detail } = timing;
    const ratio = yardstick === null ? '' : times(yardstick.msPerStep / msPerStep);
    return { engine, msPerStep, ratio, note: detail };
  });
  return { rows, yardstick: yardstick?.engine ?? null };
}

function reasonOf(timing: EngineTiming | undefined): string {
  if (timing?.status !== 'unavailable') return words.notMeasured;
  const { engine, reason } = timing;
  // The engine's name stands right above.
  return withEngineNames(reason.startsWith(`${engine}: `) ? reason.slice(engine.length + 2) : reason);
}

/** "34×", "1.4×", "0.03×": two digits, whole numbers from 10 on. */
export function times(ratio: number): string {
  return `${ratio >= 10 ? Math.round(ratio) : Number(ratio.toPrecision(2))}×`;
}

/** The one sentence to point at: how much faster than autodiff the chosen engine is, or else why it was chosen. */
export function headline(race: RaceResult): string {
  const measured = measuredIn(race);
  const chosen = measured.find(({ engine }) => engine === race.chosen);
  const autodiff = measured.find(({ engine }) => engine === 'composed-wasm');
  if (chosen === undefined || autodiff === undefined || chosen === autodiff)
    return withEngineNames(race.reason);
  const name = ENGINE_NAMES[race.chosen];
  const ratio = autodiff.msPerStep / chosen.msPerStep;
  if (ratio < 1) return withEngineNames(race.reason);
  return words.asFast(name, times(ratio));
}
