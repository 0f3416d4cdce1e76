import { afterAll, describe, expect, it } from 'vitest';
import { createReferencePolicyEngine } from '../../gradients/reference-policy/reference-policy-engine.ts';
import { key } from '../../math/rng.ts';
import { createActor, initialisePolicy } from '../../models/gaussian-policy.ts';
import { BACKWARDS, FORWARDS } from '../../tasks/locomotion/cheetah-tasks.ts';
import { GOAL_SQUARE, sampleGoals } from '../../tasks/navigation.ts';
import { ADVANTAGE_DEFAULTS } from '../advantages.ts';
import type { CrewOutcome, CrewRequest } from './crew.ts';
import { createEngineCrew } from './engine-crew.ts';

const engine = createReferencePolicyEngine();
const tools = { engine, openActor: createActor, clock: () => 0 };
const shape = { sizes: [2, 6, 2], activation: 'tanh' as const };
const alpha = { mode: 'scalar' as const, values: Float32Array.of(0.1) };
const request: CrewRequest = {
  environment: { kind: 'navigation', reward: 'distance', start: 'square', showsTask: false },
  tasks: sampleGoals(key(1), { region: GOAL_SQUARE }, 5),
  shape,
  metaParams: initialisePolicy(shape, 'glorot', key(2), -1),
  alphas: [alpha, alpha],
  episodes: 4,
  horizon: 12,
  key: key(3),
  advantages: ADVANTAGE_DEFAULTS,
  objective: { kind: 'second', curvatureRows: 7, curvatureKey: key(4) },
  keep: [3],
};

async function everythingOf({ objective, ...outcome }: CrewOutcome, wantAlphaGradient: boolean) {
  if (objective === null) throw new Error('No objective.');
  const vector = Float64Array.from({ length: objective.parameterCount }, (_, i) => Math.sin(i));
  const elsewhere = request.metaParams.map((value, i) => value + 0.01 * vector[i]!);
  const numbers = {
    adapted: [...(await objective.adaptedParams())],
    losses: [...(await objective.innerLosses())],
    gradient: await objective.gradient({ wantAlphaGradient }),
    values: await objective.evaluate(elsewhere),
    product: [...(await objective.klHessianVector(vector))],
  };
  objective.release();
  return { outcome, numbers };
}

const run = async (tasksPerShare: number) =>
  everythingOf(await createEngineCrew({ ...tools, tasksPerShare }).adapt(request), true);

afterAll(() => engine.dispose());

describe('createEngineCrew', () => {
  it('gives the same outcome and objective in shares of any size', async () => {
    const whole = await run(Number.POSITIVE_INFINITY);
    for (const size of [1, 2]) {
      const shared = await run(size);
      expect(shared.outcome).toEqual(whole.outcome);
      expect(shared.numbers.adapted).toEqual(whole.numbers.adapted);
      expect(shared.numbers.losses).toEqual(whole.numbers.losses);
      expect(shared.numbers.values.kl).toBeCloseTo(whole.numbers.values.kl, 12);
      expect(shared.numbers.values.surrogateLoss).toBeCloseTo(whole.numbers.values.surrogateLoss, 12);
      for (const [i, value] of whole.numbers.product.entries()) {
        expect(shared.numbers.product[i]).toBeCloseTo(value, 12);
        expect(shared.numbers.gradient.metaGradient[i]).toBeCloseTo(
          whole.numbers.gradient.metaGradient[i]!,
          12,
        );
      }
      expect(shared.numbers.gradient.alphaGradient![0]).toBeCloseTo(
        whole.numbers.gradient.alphaGradient![0]!,
        12,
      );
    }
  });

  it('reports returns after 0 … k steps, and keeps the tasks asked for', async () => {
    const { outcome } = await run(1);
    expect(outcome.returns).toHaveLength(3 * 5);
    expect(new Set(outcome.returns).size).toBe(15);
    expect(outcome.innerGradientNorms.every((value) => value > 0)).toBe(true);
    expect(outcome.environmentSteps).toBeLessThanOrEqual(3 * 5 * 4 * 12);
    const [kept] = outcome.kept;
    expect(kept?.task).toBe(3);
    expect(kept?.trajectories.map(({ taskCount }) => taskCount)).toEqual([1, 1, 1]);
    const size = request.metaParams.length;
    expect([...kept!.params.subarray(0, size)]).toEqual([...request.metaParams]);
    expect([...kept!.params.subarray(2 * size)]).not.toEqual([...kept!.params.subarray(size, 2 * size)]);
  });

  it('keeps where the bodies of the kept tasks were', async () => {
    const cheetah = { sizes: [17, 3, 6], activation: 'tanh' as const };
    const { kept } = await createEngineCrew({ ...tools, tasksPerShare: 2 }).adapt({
      ...request,
      environment: { kind: 'cheetah', task: 'direction', convention: 'gym', showsTask: false },
      tasks: [FORWARDS, BACKWARDS, FORWARDS, BACKWARDS],
      shape: cheetah,
      metaParams: initialisePolicy(cheetah, 'glorot', key(2), -1),
      objective: null,
      keep: [0, 3],
    });
    expect(kept.map(({ task }) => task)).toEqual([0, 3]);
    for (const { trajectories } of kept) {
      expect(trajectories.map(({ positions }) => positions?.map((own) => own?.length))).toEqual(
        Array(3).fill([4 * 13 * 9]),
      );
    }
    expect(kept[0]!.trajectories[0]!.positions).not.toEqual(kept[1]!.trajectories[0]!.positions);
  });

  it('names a NaN action by its number in the request and goes on', async () => {
    const broken = createEngineCrew({
      ...tools,
      openActor: (...given) => {
        const actor = createActor(...given);
        return { std: actor.std, means: (seen) => actor.means(seen).fill(Number.NaN, 0, 1) };
      },
    });
    const { warnings, returns, objective } = await broken.adapt(request);
    const bad = warnings.filter(({ kind }) => kind === 'non-finite-action');
    expect(bad.map(({ task, step }) => [task, step])).toEqual(
      [0, 1, 2, 3, 4].flatMap((task) => [0, 1, 2].map((step) => [task, step])),
    );
    expect(returns.every(Number.isFinite)).toBe(true);
    objective?.release();
  });

  it('refuses an objective through steps of different α', async () => {
    const other = { mode: 'scalar' as const, values: Float32Array.of(0.05) };
    const crew = createEngineCrew(tools);
    await expect(crew.adapt({ ...request, alphas: [alpha, other] })).rejects.toThrow('one α');
    const free = await crew.adapt({ ...request, alphas: [alpha, other], objective: null });
    expect(free.objective).toBeNull();
  });
});
