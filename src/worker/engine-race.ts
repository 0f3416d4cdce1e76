// Which engine trains: each candidate runs real meta-steps for about 50 ms and the fastest wins. A software
// graphics adapter never wins, whatever it measures. How an engine is opened and stepped is the caller's affair.
import type { EngineId, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import type { EngineTiming, RaceResult } from './protocol.ts';

/** What would compute, as far as it can be known without opening the engine. */
export type Probe =
  | { readonly kind: 'available'; readonly detail: string; readonly isSoftware: boolean }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface RaceEntry {
  readonly id: EngineId;
  /** Why it is left out at start-up (measured all the same in a full race); null: it takes part. */
  readonly skipAtStart: string | null;
  probe(): Promise<Probe>;
  /** Rejects when the engine cannot be had here. */
  open(): Promise<MetaGradientEngine>;
}

export interface RaceOptions {
  /** Runs one meta-step of the experiment; resolves when its numbers are there. */
  readonly step: (engine: MetaGradientEngine) => Promise<void>;
  /** Milliseconds. */
  readonly clock: () => number;
  /** For each engine, about 50 unless told. */
  readonly budgetMs?: number;
  /** full: all that can be opened, software adapters and slow siblings included. */
  readonly extent: 'start' | 'full';
  /** How long a start waits for an engine that is still loading once another has been measured; 400 ms unless told. */
  readonly patienceMs?: number;
}

/** An engine whose first few meta-steps take this many times the best so far is not measured further. */
const HOPELESS = 5;
/** Of each engine that is not hopeless, however slow: its code is compiled while the first ones run. */
const MIN_STEPS = 3;
/** Engines agree within rounding only: the same link should meet the same engine, whatever the noise of a race. */
const CLEARLY = 1.3;

interface Measured {
  readonly engine: EngineId;
  readonly msPerStep: number;
  readonly detail: string;
  readonly isSoftware: boolean;
}

type Outcome = Measured | (EngineTiming & { readonly status: 'unavailable' });

/**
 * Races the entries one after the other (they share the thread), while later ones are still loading. Never
 * rejects because of one engine; throws when none could be measured.
 */
export async function raceEngines(entries: readonly RaceEntry[], options: RaceOptions): Promise<RaceResult> {
  const heats = entries.map((entry) => ({ entry, ready: prepare(entry, options.extent) }));
  const outcomes: Outcome[] = [];
  for (const { entry, ready } of heats) {
    const best = fastest(outcomes)?.msPerStep ?? Number.POSITIVE_INFINITY;
    const patient = options.extent === 'full' || best === Number.POSITIVE_INFINITY;
    const prepared = patient ? await ready : await orLate(ready, options.patienceMs ?? 400);
    outcomes.push(await runHeat(entry.id, prepared, best, options));
  }
  const winner = fastest(outcomes) ?? outcomes.find(isMeasured);
  if (winner === undefined) {
    const reasons = outcomes.map(
      (outcome) => `${outcome.engine}: ${'reason' in outcome ? outcome.reason : ''}`,
    );
    throw new Error(`No engine can train in this browser. ${reasons.join('; ')}. Update the browser.`);
  }
  return { timings: outcomes.map(toTiming), chosen: winner.engine, reason: explain(winner, outcomes) };
}

type Prepared =
  | {
      readonly kind: 'open';
      readonly engine: MetaGradientEngine;
      readonly probe: Probe & { kind: 'available' };
    }
  | { readonly kind: 'out'; readonly reason: string };

/** Never rejects, because nobody may be listening yet when it settles. */
async function prepare(entry: RaceEntry, extent: RaceOptions['extent']): Promise<Prepared> {
  try {
    if (extent === 'start' && entry.skipAtStart !== null) return { kind: 'out', reason: entry.skipAtStart };
    const probe = await entry.probe();
    if (probe.kind === 'unavailable') return { kind: 'out', reason: probe.reason };
    if (extent === 'start' && probe.isSoftware) {
      const reason = `software adapter: ${probe.detail}; never chosen for speed, can be chosen by hand`;
      return { kind: 'out', reason };
    }
    return { kind: 'open', engine: await entry.open(), probe };
  } catch (error) {
    return { kind: 'out', reason: describe(error) };
  }
}

/** A newcomer sees training begin rather than the last engine load. */
async function orLate(ready: Promise<Prepared>, milliseconds: number): Promise<Prepared> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Prepared>((resolve) => {
    const reason = 'was still loading when training began; race again to measure it';
    timer = setTimeout(resolve, milliseconds, { kind: 'out', reason });
  });
  const prepared = await Promise.race([ready, late]);
  clearTimeout(timer);
  return prepared;
}

async function runHeat(
  engine: EngineId,
  prepared: Prepared,
  best: number,
  options: RaceOptions,
): Promise<Outcome> {
  if (prepared.kind === 'out') return { engine, status: 'unavailable', reason: prepared.reason };
  try {
    const { detail, isSoftware } = prepared.probe;
    const msPerStep = await measure(prepared.engine, isSoftware, best, options);
    return { engine, msPerStep, detail, isSoftware };
  } catch (error) {
    return { engine, status: 'unavailable', reason: `failed in the race: ${describe(error)}` };
  }
}

/** While its steps still become faster, from compilation, an engine may take this many budgets. */
const WARM_UP_BUDGETS = 5;

/** The least disturbed of the steps, once the budget is spent and they have stopped becoming faster. */
async function measure(
  engine: MetaGradientEngine,
  isSoftware: boolean,
  best: number,
  { clock, step, budgetMs = 50 }: RaceOptions,
): Promise<number> {
  const started = clock();
  const times: number[] = [];
  do {
    const before = clock();
    await step(engine);
    times.push(clock() - before);
    if (isSoftware) break;
    const isOver = times.length >= MIN_STEPS || clock() - started >= WARM_UP_BUDGETS * budgetMs;
    if (isOver && Math.min(...times) > HOPELESS * best) break;
  } while (
    times.length < MIN_STEPS ||
    clock() - started < (isWarming(times) ? WARM_UP_BUDGETS : 1) * budgetMs
  );
  return Math.min(...times);
}

/** Whether the newest steps beat all earlier ones clearly: a script engine is still compiling better code. */
function isWarming(times: readonly number[]): boolean {
  const newest = times.slice(-MIN_STEPS);
  return Math.min(...newest) < 0.95 * Math.min(...times.slice(0, -MIN_STEPS));
}

function isMeasured(outcome: Outcome): outcome is Measured {
  return 'msPerStep' in outcome;
}

/** The winner so far: a later engine must be faster than an earlier one by CLEARLY. */
function fastest(outcomes: readonly Outcome[]): Measured | undefined {
  let best: Measured | undefined;
  for (const outcome of outcomes) {
    if (!isMeasured(outcome) || outcome.isSoftware) continue;
    if (best === undefined || CLEARLY * outcome.msPerStep < best.msPerStep) best = outcome;
  }
  return best;
}

function toTiming(outcome: Outcome): EngineTiming {
  if (!isMeasured(outcome)) return outcome;
  const { engine, msPerStep, detail } = outcome;
  return { engine, status: 'measured', msPerStep, detail };
}

function explain(winner: Measured, outcomes: readonly Outcome[]): string {
  const others = outcomes.filter(isMeasured).filter((outcome) => outcome !== winner);
  const own = `${winner.engine} takes ${round(winner.msPerStep)} ms for one meta-step`;
  if (others.length === 0) return `${own}; no other engine was measured.`;
  const rest = others.map(
    ({ engine, msPerStep, isSoftware }) =>
      `${engine} ${round(msPerStep)} ms${isSoftware ? ' (a software adapter, never chosen for speed)' : ''}`,
  );
  const isShortest = others.every(({ msPerStep, isSoftware }) => isSoftware || msPerStep >= winner.msPerStep);
  const why = isShortest ? 'the shortest time here' : 'and no other is clearly faster';
  return `${own}, ${why}: ${rest.join(', ')}.`;
}

function round(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms.toPrecision(2);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
