// Which engine trains: each candidate runs real meta-steps for about 50 ms and the fastest wins. A software
// graphics adapter never wins, whatever it measures. How an engine is opened and stepped is the caller's affair.
import type { EngineId } from '../gradients/meta-gradient.ts';
import { engineWords } from '../words/engines.ts';
import type { EngineTiming, RaceResult, UnmeasuredCause } from './protocol.ts';

/** What would compute, as far as it can be known without opening the engine. */
export type Probe =
  | { readonly kind: 'available'; readonly detail: string; readonly isSoftware: boolean }
  | { readonly kind: 'unavailable'; readonly reason: string };

export interface RaceEntry<E> {
  readonly id: EngineId;
  /**
   * Entries before this one that are faster wherever both run: at start this one is neither opened nor measured
   * beside one of them. A full race measures it.
   */
  readonly beatenBy: readonly EngineId[];
  probe(): Promise<Probe>;
  /** Rejects when the engine cannot be had here. */
  open(): Promise<E>;
}

export interface RaceOptions<E> {
  /** Runs one or several meta-steps of the experiment; resolves with how many when their numbers are there. */
  readonly step: (engine: E) => Promise<number>;
  /** Why the engine cannot run the experiment, in plain words; null: it can. */
  readonly unsupported: (engine: E) => string | null;
  /** Milliseconds. */
  readonly clock: () => number;
  /** For each engine, about 50 at start and 300 in a full race unless told. */
  readonly budgetMs?: number;
  /** Of each engine that is not hopeless, however slow; 3 unless told: its code is compiled while the first ones run. */
  readonly minSteps?: number;
  /** full: all that can be opened, software adapters and slow siblings included. */
  readonly extent: 'start' | 'full';
  /** How long a start waits for those still loading once one has been measured; 400 ms unless told. */
  readonly patienceMs?: number;
}

/** An engine whose first few meta-steps take this many times the best so far is not measured further. */
const HOPELESS = 5;
/** RaceOptions.minSteps, and as many are compared to see whether an engine still becomes faster. */
const MIN_STEPS = 3;
/** Of a software adapter: its kernels are compiled in the first one, and each may take a second. */
const SOFTWARE_STEPS = 2;
/** Engines agree within rounding only: the same link should meet the same engine, whatever the noise of a race. */
const CLEARLY = 1.3;

interface Measured {
  readonly engine: EngineId;
  readonly msPerStep: number;
  readonly detail: string;
  readonly isSoftware: boolean;
}

type Outcome = Measured | (EngineTiming & { readonly status: 'unavailable' });

type Ready<E> = Map<EngineId, Promise<Prepared<E>>>;

/**
 * Races the entries one after the other (they share the thread), while later ones are still loading. Never
 * rejects because of one engine; throws when none could be measured.
 */
export async function raceEngines<E>(
  entries: readonly RaceEntry<E>[],
  options: RaceOptions<E>,
): Promise<RaceResult> {
  const ready: Ready<E> = new Map();
  for (const entry of entries) ready.set(entry.id, prepare(entry, ready, options));
  // Loading takes turns with the steps on this thread, and would be charged to them.
  if (options.extent === 'full') await Promise.all(ready.values());
  let outcomes: Outcome[] = [];
  let measuredAt = Number.POSITIVE_INFINITY;
  for (const entry of entries) {
    const best = fastest(outcomes)?.msPerStep ?? Number.POSITIVE_INFINITY;
    const patience = (options.patienceMs ?? 400) - Math.max(0, options.clock() - measuredAt);
    const isPatient = options.extent === 'full' || best === Number.POSITIVE_INFINITY;
    const prepared = await (isPatient ? ready.get(entry.id)! : orLate(ready.get(entry.id)!, patience));
    outcomes.push(await runHeat(entry.id, prepared, best, options));
    if (fastest(outcomes) !== undefined) measuredAt = Math.min(measuredAt, options.clock());
  }
  if (!outcomes.some(isMeasured)) outcomes = await raceLeftOut(entries, outcomes, options);
  const winner = fastest(outcomes) ?? outcomes.find(isMeasured);
  if (winner === undefined) {
    const reasons = outcomes.map(
      (outcome) => `${outcome.engine}: ${'reason' in outcome ? outcome.reason : ''}`,
    );
    throw new Error(`No engine can train in this browser. ${reasons.join('; ')}. Update the browser.`);
  }
  return { timings: outcomes.map(toTiming), chosen: winner.engine, reason: explain(winner, outcomes) };
}

/** All that should have been faster broke: whatever was left out is better than nothing. */
async function raceLeftOut<E>(
  entries: readonly RaceEntry<E>[],
  outcomes: readonly Outcome[],
  options: RaceOptions<E>,
): Promise<Outcome[]> {
  const anew: Outcome[] = [];
  for (const [at, outcome] of outcomes.entries()) {
    const isTried = anew.some(isMeasured) || !('cause' in outcome) || outcome.cause !== 'left-out';
    if (isTried) {
      anew.push(outcome);
      continue;
    }
    const prepared = await prepare(entries[at]!, new Map(), { ...options, extent: 'full' });
    anew.push(await runHeat(outcome.engine, prepared, Number.POSITIVE_INFINITY, options));
  }
  return anew;
}

type Prepared<E> =
  | {
      readonly kind: 'open';
      readonly engine: E;
      readonly probe: Probe & { kind: 'available' };
    }
  | { readonly kind: 'out'; readonly cause: UnmeasuredCause; readonly reason: string };

/** Never rejects, because nobody may be listening yet when it settles. */
async function prepare<E>(
  entry: RaceEntry<E>,
  ready: Ready<E>,
  { extent, unsupported }: RaceOptions<E>,
): Promise<Prepared<E>> {
  const leftOut = (reason: string): Prepared<E> => ({ kind: 'out', cause: 'left-out', reason });
  try {
    if (extent === 'start') {
      const rivals = entry.beatenBy.filter((id) => ready.has(id));
      const isOpen = await Promise.all(rivals.map(async (id) => (await ready.get(id)!).kind === 'open'));
      const rival = rivals.find((_, at) => isOpen[at]);
      if (rival !== undefined) return leftOut(engineWords.notRaced(rival));
    }
    const probe = await entry.probe();
    if (probe.kind === 'unavailable') return { kind: 'out', cause: 'missing', reason: probe.reason };
    if (extent === 'start' && probe.isSoftware) {
      return leftOut(engineWords.software(probe.detail));
    }
    const engine = await entry.open();
    const reason = unsupported(engine);
    return reason === null ? { kind: 'open', engine, probe } : { kind: 'out', cause: 'unsupported', reason };
  } catch (error) {
    return { kind: 'out', cause: 'missing', reason: describe(error) };
  }
}

/** A newcomer sees training begin rather than the last engine load. */
async function orLate<E>(ready: Promise<Prepared<E>>, milliseconds: number): Promise<Prepared<E>> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Prepared<E>>((resolve) => {
    const reason = engineWords.late;
    timer = setTimeout(resolve, milliseconds, { kind: 'out', cause: 'left-out', reason });
  });
  const prepared = await Promise.race([ready, late]);
  clearTimeout(timer);
  return prepared;
}

async function runHeat<E>(
  engine: EngineId,
  prepared: Prepared<E>,
  best: number,
  options: RaceOptions<E>,
): Promise<Outcome> {
  if (prepared.kind === 'out') {
    const { cause, reason } = prepared;
    return { engine, status: 'unavailable', cause, reason };
  }
  try {
    const { detail, isSoftware } = prepared.probe;
    const msPerStep = await measure(prepared.engine, isSoftware, best, options);
    return { engine, msPerStep, detail, isSoftware };
  } catch (error) {
    const reason = engineWords.failed(describe(error));
    return { engine, status: 'unavailable', cause: 'failed', reason };
  }
}

/** While its steps still become faster, from compilation, an engine may take this many budgets. */
const WARM_UP_BUDGETS = 5;

/** The least disturbed of the steps, once the budget is spent and they have stopped becoming faster. */
async function measure<E>(
  engine: E,
  isSoftware: boolean,
  best: number,
  options: RaceOptions<E>,
): Promise<number> {
  const { clock, step, extent, minSteps = MIN_STEPS } = options;
  const budgetMs = options.budgetMs ?? (extent === 'full' ? 300 : 50);
  // Who asks for all figures wants them right, also those of the slow: their code gets time to be compiled.
  const givesUp = extent === 'start' && !isSoftware;
  const started = clock();
  const times: number[] = [];
  do {
    const before = clock();
    const steps = await step(engine);
    times.push((clock() - before) / steps);
    if (isSoftware && times.length >= SOFTWARE_STEPS) break;
    const isOver = times.length >= minSteps || clock() - started >= WARM_UP_BUDGETS * budgetMs;
    if (givesUp && isOver && Math.min(...times) > HOPELESS * best) break;
  } while (
    isSoftware ||
    times.length < minSteps ||
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
  const [name, time] = [winner.engine, round(winner.msPerStep)];
  if (others.length === 0) return engineWords.alone(name, time);
  const rest = others.map(({ engine, msPerStep, isSoftware }) =>
    (isSoftware ? engineWords.otherSoftware : engineWords.other)(engine, round(msPerStep)),
  );
  const isShortest = others.every(({ msPerStep, isSoftware }) => isSoftware || msPerStep >= winner.msPerStep);
  return (isShortest ? engineWords.shortest : engineWords.asFast)(name, time, rest.join(', '));
}

function round(ms: number): string {
  return ms >= 100 ? ms.toFixed(0) : ms.toPrecision(2);
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
