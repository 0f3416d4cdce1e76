// Engines by name on the command line, and the choice among them: 'auto' times a few meta-iterations of the very
// experiment on each engine that this machine has and takes the fastest.
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import { createEngine } from '../gradients/create-engine.ts';
import {
  ENGINE_IDS,
  type EngineId,
  type EngineLimits,
  type MetaGradientEngine,
} from '../gradients/meta-gradient.ts';
import { COMPOSED_SIBLINGS, engineLimits } from '../training/engine-limits.ts';
import { createStepper } from '../training/timing.ts';
import { nodeResources } from './node-backends.ts';
import { UsageError } from './usage-error.ts';

/** The engine of that id on this machine; rejects with the reason when it cannot be had. */
export async function openEngine(id: EngineId): Promise<MetaGradientEngine> {
  return createEngine(id, await nodeResources(id));
}

/** Short names, for the engine of a kind that runs on the CPU. */
const ALIASES: Readonly<Record<string, EngineId>> = { fused: 'fused-wasm', composed: 'composed-wasm' };

/** What `--engine` may be, for help texts. */
export const ENGINE_HELP = `${ENGINE_IDS.join(', ')};
                     fused means fused-wasm, composed means composed-wasm`;

/** 'auto', an engine's id, 'fused' or 'composed'; a UsageError for anything else. */
export function parseEngine(text: string | undefined): EngineId | 'auto' {
  if (text === undefined || text === 'auto') return 'auto';
  if (Object.hasOwn(ALIASES, text)) return ALIASES[text]!;
  const id = ENGINE_IDS.find((candidate) => candidate === text);
  if (id !== undefined) return id;
  const known = ['auto', ...ENGINE_IDS, ...Object.keys(ALIASES)].join(', ');
  throw new UsageError(`There is no engine “${text}”. Known: ${known}.`);
}

/**
 * Opens the engine of that name, or the fastest for this experiment; the caller disposes of it. Where the experiment
 * is too big for it, its composed sibling takes over and stderr says so; an engine asked for by name that cannot be
 * opened is an error.
 */
export async function chooseEngine(
  choice: EngineId | 'auto',
  experiment: SinusoidExperiment,
  open: typeof openEngine = openEngine,
): Promise<MetaGradientEngine> {
  if (choice === 'auto') return chooseFastest(experiment, open);
  return orSibling(await open(choice), engineLimits(experiment), open);
}

/** The engine, or its composed sibling when it cannot hold what `limits` say, which stderr then says. */
export async function orSibling(
  engine: MetaGradientEngine,
  limits: EngineLimits,
  open: typeof openEngine = openEngine,
): Promise<MetaGradientEngine> {
  const reason = engine.unsupported?.(limits) ?? null;
  if (reason === null) return engine;
  const sibling = COMPOSED_SIBLINGS[engine.id] ?? 'composed-wasm';
  engine.dispose();
  warn(reason, `${sibling} computes instead; the numbers are the same, within rounding.`);
  return open(sibling);
}

function warn(reason: string, consequence: string): void {
  process.stderr.write(`${/[.!?]$/.test(reason) ? reason : `${reason}.`} ${consequence}\n`);
}

async function chooseFastest(
  experiment: SinusoidExperiment,
  open: typeof openEngine,
): Promise<MetaGradientEngine> {
  const limits = engineLimits(experiment);
  let hasFused = false;
  let best: { engine: MetaGradientEngine; ms: number } | null = null;
  for (const id of CANDIDATES) {
    if (id === 'composed-wasm' && hasFused) continue;
    const engine = await open(id).catch((error: unknown) => {
      // It should run everywhere: whoever waits longer wants to know why.
      if (id === 'fused-wasm') warn(describe(error), 'The fastest other engine computes.');
      return null;
    });
    if (engine === null) continue;
    const reason = engine.unsupported?.(limits) ?? null;
    if (reason !== null) warn(reason, 'The fastest other engine computes.');
    if (id === 'fused-wasm' && reason === null) hasFused = true;
    const ms = reason === null ? await timeSteps(engine, experiment) : Number.POSITIVE_INFINITY;
    if (ms < (best?.ms ?? Number.POSITIVE_INFINITY)) {
      best?.engine.dispose();
      best = { engine, ms };
    } else {
      engine.dispose();
    }
  }
  if (best === null) throw new Error('No engine could be opened on this machine. Try --engine reference.');
  return best.engine;
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// WebGPU in Node is a software adapter on most machines and takes seconds to open: only when asked for by name.
// The composed engine is timed only where the fused one, always faster, cannot be had.
const CANDIDATES: readonly EngineId[] = ['fused-wasm', 'reference', 'composed-wasm'];
const WARM_UP_STEPS = 2;
const TIMED_STEPS = 3;

/** Milliseconds per meta-iteration of all runs, the best of a few. */
async function timeSteps(engine: MetaGradientEngine, experiment: SinusoidExperiment): Promise<number> {
  const step = createStepper(experiment, engine);
  for (let i = 0; i < WARM_UP_STEPS; i++) await step();
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < TIMED_STEPS; i++) {
    const startedAt = performance.now();
    await step();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
