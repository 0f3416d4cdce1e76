// What a session of meta-RL learns with the fused kernels, and that it keeps nothing: figures of small settings. Those of
// the presets are in docs/results.md, measured by `npm run -s cli -- train`.
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { createEngineCrew } from '../algorithms/meta-rl/engine-crew.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { openKernels } from '../gradients/fused-wasm/compiled.testing.ts';
import { createFusedPolicyKernels } from '../gradients/fused-wasm/open-fused-policy.ts';
import { createKernelPolicyEngine } from '../gradients/policy-objective.ts';
import { evaluatePolicy } from './policy-evaluation.ts';
import { TINY } from './policy-session.testing.ts';
import { createPolicySession } from './policy-session.ts';
import type { PolicySession, TrainablePolicyExperiment } from './policy-session-events.ts';

async function fusedCrew(): Promise<{ crew: PolicyCrew; memory: WebAssembly.Memory }> {
  const module = await openKernels();
  const kernels = createFusedPolicyKernels(module);
  const engine = createKernelPolicyEngine(kernels);
  const crew = createEngineCrew({ engine, openActor: kernels.openActor, clock: () => 0 });
  return { crew, memory: module.memory };
}

/** Mean test returns after 0 … 4 steps, before and after training. */
async function curvesOf(experiment: TrainablePolicyExperiment) {
  const { crew } = await fusedCrew();
  const session = createPolicySession(experiment, crew, { clock: () => 0, evaluationTasks: 0 });
  const before = await testReturns(crew, session);
  for await (const event of session.events) if (event.kind === 'finished') break;
  const after = await testReturns(crew, session);
  crew.dispose();
  return { before, after };
}

async function testReturns(crew: PolicyCrew, { experiment, checkpoint }: PolicySession) {
  const curves = new Map<AlgorithmId, readonly number[]>();
  const { iteration, runs } = checkpoint();
  for (const { state, ...run } of runs) {
    const evaluation = evaluatePolicy(crew, experiment, { ...run, ...state, iteration }, 20);
    let step = await evaluation.next();
    while (step.done !== true) step = await evaluation.next();
    curves.set(run.algorithm, step.value.meanReturn);
  }
  return curves;
}

const SMALL: TrainablePolicyExperiment = {
  ...TINY,
  algorithms: ['maml', 'pretrained'],
  hiddenWidths: [16, 16],
  initialLogStd: -1.5,
  metaBatchSize: 10,
  trajectoriesPerTask: 10,
  testTrajectories: 10,
  horizon: 40,
  metaIterations: 40,
  metaLearningRate: 0.003,
};

describe('a session of meta-RL', () => {
  it('learns to adapt to a goal in one step, with Adam', async () => {
    const { before, after } = await curvesOf({ ...SMALL, algorithms: ['maml'] });
    const [untrained, trained] = [before.get('maml')!, after.get('maml')!];
    // Measured with seeds 0 to 2: −33 … −42 before, −7.3 … −8.8 after; from −15 … −17 without the step.
    expect(trained[1]! - untrained[1]!).toBeGreaterThan(18);
    expect(trained[1]! - trained[0]!).toBeGreaterThan(4);
  }, 60_000);

  it('learns it with TRPO too, where joint training does not', async () => {
    const { before, after } = await curvesOf({ ...SMALL, outerOptimizer: 'trpo', metaIterations: 20 });
    const [untrained, maml, pretrained] = [before.get('maml')!, after.get('maml')!, after.get('pretrained')!];
    // Measured with seeds 0 to 2: −7.5 … −8.5 after the step; −16 … −40 after joint training.
    expect(maml[1]! - untrained[1]!).toBeGreaterThan(18);
    expect(maml[1]! - maml[0]!).toBeGreaterThan(4);
    expect(maml[1]!).toBeGreaterThan(pretrained[1]! + 5);
  }, 60_000);

  it('keeps nothing of 300 meta-iterations but what it must', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const { crew, memory } = await fusedCrew();
    const experiment = { ...TINY, algorithms: ['maml', 'rmaml'] as const, metaIterations: 300 };
    const session = createPolicySession(experiment, crew, { clock: () => 0, evaluationTasks: 4 });
    session.probe!({ id: 1, task: { x: 0.2, y: 0.2 } });
    const heaps: number[] = [];
    const pages: number[] = [];
    for await (const event of session.events) {
      if (event.kind !== 'iteration' || event.iteration % 100 !== 0) continue;
      collect();
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      heaps.push(heapUsed + arrayBuffers);
      pages.push(memory.buffer.byteLength);
    }
    expect(new Set(pages).size).toBe(1);
    // Eight checkpoints of two small runs, and what the runtime itself keeps: measured 1 MB.
    expect(heaps[2]! - heaps[0]!).toBeLessThan(3e6);
    crew.dispose();
  }, 60_000);
});
