// The pool of threads against the engine crew in one thread: the same bits, whoever does what and whatever dies.
import { afterEach, describe, expect, it } from 'vitest';
import type { CrewOutcome, CrewRequest, PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { createEngineCrew } from '../algorithms/meta-rl/engine-crew.ts';
import { trpoStep } from '../algorithms/trpo.ts';
import type { CreatedPolicyEngine } from '../gradients/create-policy-engine.ts';
import { createReferencePolicyEngine } from '../gradients/reference-policy/reference-policy-engine.ts';
import { foldIn, key } from '../math/rng.ts';
import { alphaCount, createActor, initialisePolicy } from '../models/gaussian-policy.ts';
import { GOAL_SQUARE, sampleGoals } from '../tasks/navigation.ts';
import { createFakeThreads, type FakeThreadOptions } from './fake-threads.testing.ts';
import { createPolicyHelper, type FromPolicyHelper, type ToPolicyHelper } from './policy-helper.ts';
import { createPoolCrew, type PoolCrewOptions } from './policy-pool.ts';

const clock = () => performance.now();
const shape = { sizes: [2, 5, 2], activation: 'tanh' as const, minLogStd: -2 };
const metaParams = initialisePolicy(shape, 'glorot', key(3), -0.5);

function requestWith(changes: Partial<CrewRequest> = {}): CrewRequest {
  const alpha = {
    mode: 'layer' as const,
    values: new Float32Array(alphaCount(shape, 'layer')).map((_, at) => 0.05 + 0.02 * at),
  };
  return {
    environment: { kind: 'navigation', reward: 'distance', start: 'origin', showsTask: false },
    tasks: sampleGoals(key(4), { region: GOAL_SQUARE }, 7),
    shape,
    metaParams,
    alphas: [alpha, alpha],
    episodes: 3,
    horizon: 6,
    key: key(5),
    advantages: { discount: 0.99, gaeLambda: 1, ridge: 1e-5, normalise: true },
    objective: { kind: 'second', curvatureRows: 5, curvatureKey: key(6) },
    keep: [5, 2],
    ...changes,
  };
}

const openReference = async (): Promise<CreatedPolicyEngine> => ({
  engine: createReferencePolicyEngine(),
  detail: 'float64 loops',
  isSoftware: false,
  openActor: createActor,
});

const crews: PolicyCrew[] = [];
afterEach(() => {
  for (const crew of crews.splice(0)) crew.dispose();
});

type Spoil = FakeThreadOptions<ToPolicyHelper, FromPolicyHelper>['spoil'];

interface PoolChanges extends Partial<PoolCrewOptions> {
  readonly spoil?: Spoil;
  readonly openEngine?: () => Promise<CreatedPolicyEngine>;
}

async function poolWith({ spoil, openEngine = openReference, ...changes }: PoolChanges = {}) {
  const threads = createFakeThreads<ToPolicyHelper, FromPolicyHelper>({
    start: (post) => createPolicyHelper({ openEngine, post, clock }),
    spoil,
  });
  const createHelper = threads.create;
  const crew = await createPoolCrew({ createHelper, workers: 2, engineId: 'reference', clock, ...changes });
  crews.push(crew);
  return { crew, threads };
}

/** Everything that an outcome and its objective say, but the time. */
async function tell(outcome: CrewOutcome) {
  const { objective, seconds: _, ...rest } = outcome;
  if (objective === null) return rest;
  const { metaGradient, surrogateLoss } = await objective.gradient({ wantAlphaGradient: true });
  const moved = metaParams.map((value, at) => value - 0.1 * metaGradient[at]!);
  return {
    ...rest,
    atOld: await objective.gradient({ wantAlphaGradient: true }),
    atMoved: await objective.gradient({ metaParams: moved }),
    values: await objective.evaluate(moved),
    product: await objective.klHessianVector(metaGradient),
    adapted: await objective.adaptedParams(),
    innerLosses: await objective.innerLosses(),
    parameterCount: objective.parameterCount,
    step: await trpoStep(objective, { metaParams, metaGradient, surrogateLoss }),
  };
}

async function alone(request: CrewRequest) {
  const crew = createEngineCrew({ ...(await openReference()), clock });
  return tell(await crew.adapt(request));
}

describe('a pool', () => {
  it.each([1, 2, 3, 9])('of %d threads gives the bits of the engine crew in one', async (workers) => {
    const request = requestWith();
    const { crew, threads } = await poolWith({ workers });
    expect(threads.started()).toBe(workers);
    const told = await tell(await crew.adapt(request));
    expect(told).toEqual(await alone(request));
    expect(told.kept.map(({ task }) => task)).toEqual([2, 5]);
    const next = requestWith({ key: key(8), keep: [], objective: null, alphas: [] });
    expect(await tell(await crew.adapt(next))).toEqual(await alone(next));
  });

  it.each(['first', 'reptile'] as const)("gives them for kind '%s' too", async (kind) => {
    const request = requestWith({ objective: { kind, curvatureRows: 0, curvatureKey: key(6) } });
    const { crew } = await poolWith({ workers: 3 });
    const { objective, ...shared } = await crew.adapt(request);
    const single = await createEngineCrew({ ...(await openReference()), clock }).adapt(request);
    expect(await objective!.gradient()).toEqual(await single.objective!.gradient());
    expect(shared.returns).toEqual(single.returns);
  });

  it('hands out tasks one at a time, and sends a vector once per thread', async () => {
    const { crew, threads } = await poolWith({ workers: 2 });
    const { objective } = await crew.adapt(requestWith());
    const adapts = (thread: number) => threads.sent[thread]!.filter(({ type }) => type === 'adapt');
    expect(adapts(0).length + adapts(1).length).toBe(7);
    expect(Math.min(adapts(0).length, adapts(1).length)).toBeGreaterThanOrEqual(2);
    expect(threads.sent.map((all) => all.filter(({ type }) => type === 'request').length)).toEqual([1, 1]);
    await objective!.evaluate(metaParams);
    const asks = threads.sent.map((all) => all.flatMap((one) => (one.type === 'ask' ? [one] : [])));
    expect(asks.map((all) => all.length)).toEqual([1, 1]);
    expect(asks.map(([ask]) => ask!.shares.length)).toEqual([adapts(0).length, adapts(1).length]);
  });

  it('tells wall time, split as its threads spent theirs', async () => {
    const { crew } = await poolWith({ workers: 3 });
    const began = clock();
    const { seconds } = await crew.adapt(requestWith());
    const wall = (clock() - began) / 1000;
    expect(seconds.rollOut + seconds.inner).toBeLessThanOrEqual(wall);
    expect(seconds.rollOut + seconds.inner).toBeGreaterThan(0.5 * wall);
    expect(Math.min(seconds.rollOut, seconds.inner)).toBeGreaterThan(0);
  });

  it('forgets a request in every thread once its objective is released, or none was asked for', async () => {
    const { crew, threads } = await poolWith();
    const releases = () => threads.sent.map((all) => all.filter(({ type }) => type === 'release').length);
    const { objective } = await crew.adapt(requestWith());
    expect(releases()).toEqual([0, 0]);
    objective!.release();
    expect(releases()).toEqual([1, 1]);
    await crew.adapt(requestWith({ objective: null }));
    expect(releases()).toEqual([2, 2]);
  });

  it('ends its threads when disposed of, whatever they are doing', async () => {
    const { crew, threads } = await poolWith({ workers: 3 });
    const pending = crew.adapt(requestWith());
    crew.dispose();
    await expect(pending).rejects.toThrow('disposed');
    expect([threads.started(), threads.terminated()]).toEqual([3, 3]);
    await expect(crew.adapt(requestWith())).rejects.toThrow('disposed');
  });
});

describe('a thread', () => {
  /** Spoils the n-th answer of that type, from 1, of any thread, once. */
  const once = (type: FromPolicyHelper['type'], nth: number, heard: null | undefined): Spoil => {
    let count = 0;
    return (answer) => {
      if (answer.type === type) count += 1;
      return answer.type === type && count === nth ? heard : answer;
    };
  };

  it.each<[string, Spoil]>([
    ['dies in its first task', once('adapted', 1, null)],
    ['dies in the middle of the tasks', once('adapted', 4, null)],
    ['dies in its last task', once('adapted', 7, null)],
    ['dies in the gradient', once('answer', 3, null)],
    ['dies in the middle of the CG products', once('answer', 60, null)],
    ['dies in the line search', once('answer', 130, null)],
    ['falls silent in a task', once('adapted', 3, undefined)],
    ['dies while it opens', once('ready', 1, null)],
    ['never opens', once('ready', 2, undefined)],
  ])('that %s is replaced, and the numbers are the same', async (_, spoil) => {
    const request = requestWith();
    const { crew, threads } = await poolWith({ spoil, silenceMs: 60, openingMs: 60 });
    expect(await tell(await crew.adapt(request))).toEqual(await alone(request));
    expect([threads.started(), threads.terminated()]).toEqual([3, 1]);
    crew.dispose();
    expect(threads.terminated()).toBe(3);
  });

  it('that falls silent for good in the CG products is noticed there', async () => {
    let answers = 0;
    let silent = -1;
    const spoil: Spoil = (answer, thread) => {
      if (answer.type === 'answer' && ++answers === 60) silent = thread;
      return thread === silent ? undefined : answer;
    };
    const request = requestWith();
    const { crew, threads } = await poolWith({ spoil, silenceMs: 60 });
    expect(await tell(await crew.adapt(request))).toEqual(await alone(request));
    expect(threads.started()).toBe(3);
  });

  it('whose device is lost is replaced, though its call in flight throws first', async () => {
    let calls = 0;
    const openEngine = async (): Promise<CreatedPolicyEngine> => {
      const opened = await openReference();
      let lose: (reason: string) => void = () => {};
      const lost = new Promise<string>((resolve) => {
        lose = resolve;
      });
      const adapt: typeof opened.engine.adapt = async (adaptation) => {
        calls += 1;
        if (calls !== 5) return opened.engine.adapt(adaptation);
        setTimeout(lose, 30, 'driver reset');
        throw new Error('a lost device');
      };
      return { ...opened, engine: { ...opened.engine, adapt, lost } };
    };
    const request = requestWith();
    const { crew, threads } = await poolWith({ openEngine });
    expect(await tell(await crew.adapt(request))).toEqual(await alone(request));
    expect([threads.started(), threads.terminated()]).toEqual([3, 1]);
  });

  it('can be killed by hand, between two calls and within one', async () => {
    const request = requestWith();
    const { crew, threads } = await poolWith();
    const pending = crew.adapt(request);
    crew.destroyDevice!();
    const outcome = await pending;
    crew.destroyDevice!();
    expect(await tell(outcome)).toEqual(await alone(request));
    expect(threads.started()).toBe(4);
  });

  it('is not replaced a third time within half a minute: the pool gives up and says why', async () => {
    let now = 0;
    const { crew, threads } = await poolWith({ clock: () => now });
    for (const time of [0, 40_000, 80_000, 90_000]) {
      now = time;
      crew.destroyDevice!();
      await crew.adapt(requestWith());
    }
    const pending = crew.adapt(requestWith());
    crew.destroyDevice!();
    await expect(pending).rejects.toThrow('lost 3 threads within 30 s; of the last, it was killed');
    expect(threads.terminated()).toBe(threads.started());
    await expect(crew.adapt(requestWith())).rejects.toThrow('lost 3 threads');
  });

  it('whose engine throws ends the pool with that cause, since another would throw too', async () => {
    const { crew, threads } = await poolWith();
    const bad = requestWith({ metaParams: new Float32Array(3) });
    await expect(crew.adapt(bad)).rejects.toThrow(/parameters|params/i);
    expect([threads.started(), threads.terminated()]).toEqual([2, 2]);
  });
});

describe('opening a pool', () => {
  it('rejects where no thread can be started', async () => {
    const createHelper = () => {
      throw new Error('no workers here');
    };
    await expect(poolWith({ createHelper })).rejects.toThrow('no workers here');
  });

  it('rejects, and leaves no thread behind, where the engine cannot be opened', async () => {
    const threads = createFakeThreads<ToPolicyHelper, FromPolicyHelper>({
      start: (post) =>
        createPolicyHelper({ openEngine: () => Promise.reject(new Error('no SIMD')), post, clock }),
    });
    const createHelper = threads.create;
    await expect(createPoolCrew({ createHelper, workers: 3, engineId: 'reference', clock })).rejects.toThrow(
      'no SIMD',
    );
    expect([threads.started(), threads.terminated()]).toEqual([3, 3]);
  });
});

it('holds nothing of 300 meta-iterations that are over', async () => {
  let open = 0;
  const openEngine = async (): Promise<CreatedPolicyEngine> => {
    const { engine, ...rest } = await openReference();
    return {
      ...rest,
      engine: {
        ...engine,
        async open(request) {
          const objective = await engine.open(request);
          open += 1;
          return {
            ...objective,
            release() {
              open -= 1;
              objective.release();
            },
          };
        },
      },
    };
  };
  const { crew } = await poolWith({ openEngine });
  const tasks = sampleGoals(key(4), { region: GOAL_SQUARE }, 3);
  let most = 0;
  for (let i = 0; i < 300; i++) {
    const request = requestWith({ tasks, episodes: 2, horizon: 2, key: foldIn(key(5), i) });
    const { objective } = await crew.adapt(request);
    await objective!.gradient();
    most = Math.max(most, open);
    objective!.release();
  }
  await crew.adapt(requestWith({ objective: null }));
  expect([most, open]).toEqual([3, 0]);
}, 30_000);
