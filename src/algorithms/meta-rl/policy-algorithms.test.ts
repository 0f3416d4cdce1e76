import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS, type AlgorithmId } from '../../experiment/experiment.ts';
import { NAVIGATION_PRESETS } from '../../experiment/navigation-presets.ts';
import type { PolicyExperiment } from '../../experiment/policy-experiment.ts';
import type { PolicyObjective } from '../../gradients/policy-gradient.ts';
import { createReferencePolicyEngine } from '../../gradients/reference-policy/reference-policy-engine.ts';
import { foldIn, key } from '../../math/rng.ts';
import { createActor, initialisePolicy } from '../../models/gaussian-policy.ts';
import { GOAL_SQUARE, sampleGoals } from '../../tasks/navigation.ts';
import { ADVANTAGE_DEFAULTS } from '../advantages.ts';
import { createOptimizer } from '../optimizers.ts';
import { createEngineCrew } from './engine-crew.ts';
import { optimiseSurrogate, stepTowardsAdapted } from './outer-step.ts';
import { POLICY_PHASES, type PolicyPhaseEvent, type PolicyStepContext } from './policy-algorithm.ts';
import { policyAlgorithmById } from './policy-algorithms.ts';

const engine = createReferencePolicyEngine();
const crew = createEngineCrew({ engine, openActor: createActor, clock: () => 0 });

const tiny: PolicyExperiment = {
  ...NAVIGATION_PRESETS[0].experiment,
  trajectoriesPerTask: 4,
  horizon: 10,
  metaBatchSize: 3,
};

function contextOf(id: AlgorithmId, patch: Partial<PolicyExperiment> = {}): PolicyStepContext {
  const { showsTask } = policyAlgorithmById(id);
  const experiment = { ...tiny, ...patch };
  const shape = { sizes: [showsTask ? 4 : 2, 6, 2], activation: 'tanh' as const };
  const metaParams = initialisePolicy(shape, 'glorot', key(1), -1);
  return {
    experiment,
    environment: { kind: 'navigation', reward: 'distance', start: 'origin', showsTask },
    shape,
    advantages: ADVANTAGE_DEFAULTS,
    crew,
    state: {
      metaParams,
      optimizer: createOptimizer('adam', metaParams.length),
      alpha: { mode: 'scalar', values: Float32Array.of(experiment.innerLearningRate) },
      buffer: [],
    },
    iteration: 0,
    freshTasks: sampleGoals(key(2), { region: GOAL_SQUARE }, 3),
    key: key(3),
    clock: () => 0,
  };
}

async function stepOf(id: AlgorithmId, patch?: Partial<PolicyExperiment>) {
  const events: PolicyPhaseEvent[] = [];
  const context = contextOf(id, patch);
  const step = policyAlgorithmById(id).step(context);
  let next = await step.next();
  for (; next.done !== true; next = await step.next()) events.push(next.value);
  return { events, result: next.value, before: context.state };
}

describe.each(ALGORITHM_IDS)('%s', (id) => {
  it.each([1, 2])(
    'yields the phases of its pseudocode in order, with the values it shows (k = %i)',
    async (innerSteps) => {
      const lines = policyAlgorithmById(id).pseudocode({ ...tiny, innerSteps });
      const { events } = await stepOf(id, { innerSteps });
      const told = events.map(({ phase }) => phase);
      expect(told).toEqual(POLICY_PHASES.filter((phase) => told.includes(phase)));
      expect(new Set(lines.map(({ phase }) => phase))).toEqual(new Set(told));
      for (const { phase, value } of lines) {
        if (value === undefined) continue;
        const event = events.find((candidate) => candidate.phase === phase);
        expect(Number.isFinite(event?.values[value.key]), `${phase} ${value.key}`).toBe(true);
      }
    },
  );

  it.each(['trpo', 'adam'] as const)('moves θ with %s unless it does not train', async (outerOptimizer) => {
    const { result, before } = await stepOf(id, { outerOptimizer });
    const moved = result.state.metaParams.some((value, i) => value !== before.metaParams[i]);
    expect(moved).toBe(policyAlgorithmById(id).trains);
    expect(result.outer.kind).toBe(id === 'random' ? 'none' : id === 'reptile' ? 'reptile' : outerOptimizer);
  });
});

describe('the algorithms side by side', () => {
  it('are one where α = 0: the gradient at θ is the gradient through no step', async () => {
    const still = { innerLearningRate: 0, outerOptimizer: 'adam' as const };
    const [maml, fomaml] = [await stepOf('maml', still), await stepOf('fomaml', still)];
    maml.result.state.metaParams.forEach((value, i) => {
      expect(fomaml.result.state.metaParams[i]).toBeCloseTo(value, 6);
    });
    const reptile = await stepOf('reptile', still);
    expect(reptile.result.state.metaParams).toEqual(reptile.before.metaParams);
    expect(reptile.result.outer).toMatchObject({ kind: 'reptile', refusal: 'zero-gradient' });
  });

  it('differ elsewhere', async () => {
    const trained = await Promise.all(
      (['maml', 'fomaml', 'reptile', 'pretrained'] as const).map(async (id) =>
        [...(await stepOf(id)).result.state.metaParams].join(),
      ),
    );
    expect(new Set(trained).size).toBe(4);
  });

  it('Reptile with one step of ε = 1 ends at the mean of the adapted parameters', async () => {
    const { result, before } = await stepOf('reptile', { reptileInnerSteps: 1, reptileStepSize: 1 });
    const context = contextOf('maml');
    const { objective } = await crew.adapt({
      environment: context.environment,
      tasks: context.freshTasks,
      shape: context.shape,
      metaParams: before.metaParams,
      alphas: [before.alpha],
      episodes: tiny.trajectoriesPerTask,
      horizon: tiny.horizon,
      // adaptBatch's: the roll-outs' part of the iteration's key.
      key: foldIn(context.key, 0),
      advantages: context.advantages,
      objective: { kind: 'first', curvatureRows: 0, curvatureKey: key(9) },
      keep: [],
    });
    const adapted = await objective!.adaptedParams();
    const size = before.metaParams.length;
    for (let i = 0; i < size; i++) {
      const mean = (adapted[i]! + adapted[size + i]! + adapted[2 * size + i]!) / 3;
      expect(result.state.metaParams[i]).toBeCloseTo(mean, 6);
    }
    objective!.release();
  });
});

describe('an outer step that goes wrong', () => {
  const drawn = { algorithm: 'maml' as const, tasks: [], replayedTasks: 0, learnsAlpha: false };
  /** An objective with one gradient and one value everywhere. */
  function objectiveOf(slope: number, value: number): PolicyObjective {
    const size = contextOf('maml').state.metaParams.length;
    return {
      parameterCount: size,
      adaptedParams: async () => new Float64Array(size),
      innerLosses: async () => new Float64Array(0),
      gradient: async () => ({ metaGradient: new Float64Array(size).fill(slope), surrogateLoss: 0 }),
      evaluate: async () => ({ surrogateLoss: value, kl: 0 }),
      klHessianVector: async (vector) => Float64Array.from(vector),
      release: () => {},
    };
  }

  it.each([
    ['adam', 0, -1, 'zero-gradient'],
    ['adam', Number.NaN, -1, 'non-finite-gradient'],
    ['adam', 1, Number.NaN, 'non-finite-values'],
    ['trpo', 0, -1, 'zero-gradient'],
    ['trpo', Number.POSITIVE_INFINITY, -1, 'non-finite-gradient'],
    ['trpo', 1, 1, 'line-search-failed'],
    ['trpo', 1, Number.NaN, 'line-search-failed'],
  ] as const)(
    '%s, gradient %f, surrogate %f: keeps θ and says %s',
    async (outerOptimizer, slope, value, refusal) => {
      const context = contextOf('maml', { outerOptimizer });
      const step = await optimiseSurrogate(context, drawn, objectiveOf(slope, value));
      expect(step.outer).toMatchObject({ kind: outerOptimizer, refusal });
      expect(step.metaParams).toBe(context.state.metaParams);
      expect(step.optimizer).toBe(context.state.optimizer);
      expect(step.kl).toBe(0);
    },
  );

  it('Reptile keeps θ where the adapted parameters are not finite', async () => {
    const context = contextOf('reptile');
    const step = await stepTowardsAdapted(context, drawn, objectiveOf(Number.NaN, 0));
    expect(step.metaParams).toBe(context.state.metaParams);
    expect(step.outer).toMatchObject({ refusal: 'non-finite-gradient' });
  });
});
