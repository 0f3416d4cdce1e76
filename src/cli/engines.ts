// Engines by name on the command line, and the choice among them: 'auto' times a few meta-iterations of the very
// experiment on each engine that this machine has and takes the fastest.
import type { Experiment } from '../experiment/experiment.ts';
import { createEngine } from '../gradients/create-engine.ts';
import { ENGINE_IDS, type EngineId, type MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createStepper } from '../training/timing.ts';
import { nodeResources } from './node-backends.ts';
import { UsageError } from './usage-error.ts';

/** The engine of that id on this machine; rejects with the reason when it cannot be had. */
export async function openEngine(id: EngineId): Promise<MetaGradientEngine> {
  return createEngine(id, await nodeResources(id));
}

/** 'auto', an engine's id, or 'composed' for composed-wasm; a UsageError for anything else. */
export function parseEngine(text: string | undefined): EngineId | 'auto' {
  if (text === undefined || text === 'auto') return 'auto';
  if (text === 'composed') return 'composed-wasm';
  const id = ENGINE_IDS.find((candidate) => candidate === text);
  if (id !== undefined) return id;
  throw new UsageError(`There is no engine “${text}”. Known: auto, ${ENGINE_IDS.join(', ')}.`);
}

/** Opens the engine of that name, or the fastest for this experiment; the caller disposes of it. */
export async function chooseEngine(
  choice: EngineId | 'auto',
  experiment: Experiment,
): Promise<MetaGradientEngine> {
  if (choice !== 'auto') return openEngine(choice);
  let best: { engine: MetaGradientEngine; ms: number } | null = null;
  for (const id of CANDIDATES) {
    const engine = await openEngine(id).catch(() => null);
    if (engine === null) continue;
    const ms = await timeSteps(engine, experiment);
    if (best === null || ms < best.ms) {
      best?.engine.dispose();
      best = { engine, ms };
    } else {
      engine.dispose();
    }
  }
  if (best === null) throw new Error('No engine could be opened on this machine. Try --engine reference.');
  return best.engine;
}

// WebGPU in Node is a software adapter on most machines and takes seconds to open: only when asked for by name.
const CANDIDATES: readonly EngineId[] = ['reference', 'composed-wasm'];
const WARM_UP_STEPS = 2;
const TIMED_STEPS = 3;

/** Milliseconds per meta-iteration of all runs, the best of a few. */
async function timeSteps(engine: MetaGradientEngine, experiment: Experiment): Promise<number> {
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
