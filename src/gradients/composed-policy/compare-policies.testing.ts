// For tests: everything that a policy-gradient engine computes for a request, beside what another one does; and a
// mixture of requests that between them ask for every combination that is treated differently.
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import { key, normal } from '../../math/rng.ts';
import { subsampleRows } from '../../tasks/policy-batch.ts';
import type { PolicyGradientEngine, PolicyObjective, PolicyObjectiveRequest } from '../policy-gradient.ts';
import { randomPolicyRequest } from '../random-policy.testing.ts';
import { relativeError } from '../random-request.testing.ts';

/** By quantity: the largest difference relative to the largest entry, for values (losses, KL) to 1 at least. */
export type Differences = Readonly<Record<string, number>>;

type Quantities = Record<string, ArrayLike<number>>;

/** Runs both engines; every objective is released. */
export async function comparePolicies(
  engine: PolicyGradientEngine,
  yardstick: PolicyGradientEngine,
  request: PolicyObjectiveRequest,
): Promise<Differences> {
  const got = await quantitiesOf(engine, request);
  const expected = await quantitiesOf(yardstick, request);
  return Object.fromEntries(
    Object.entries(expected).map(([name, values]) => {
      const isValue = /Loss|kl$/.test(name);
      const error = relativeError(got[name] ?? [], values);
      const largest = Math.max(...Array.from(values, Math.abs), 0);
      return [name, isValue ? error * Math.min(1, largest || 1) : error];
    }),
  );
}

async function quantitiesOf(
  engine: PolicyGradientEngine,
  request: PolicyObjectiveRequest,
): Promise<Quantities> {
  const { shape, metaParams, alpha, support, query, kind } = request;
  const noise = normal(key(77), metaParams.length);
  const other = Float64Array.from(metaParams, (value, at) => value + 0.01 * noise[at]!);
  const objective = await engine.open(request);
  const here = await objective.gradient({ wantAlphaGradient: true });
  const there = await objective.gradient({ metaParams: other, wantAlphaGradient: true });
  const values = await objective.evaluate(other);
  const adapted = await objective.adaptedParams();
  const quantities: Quantities = {
    adaptedParams: adapted,
    innerLosses: await objective.innerLosses(),
    metaGradient: here.metaGradient,
    metaGradientAlone: (await objective.gradient()).metaGradient,
    surrogateLoss: [here.surrogateLoss],
    metaGradientThere: there.metaGradient,
    surrogateLossThere: [there.surrogateLoss],
    surrogateLossOfValues: [values.surrogateLoss],
    kl: [values.kl],
    // Without steps α has no gradient but zeros.
    alphaGradient: here.alphaGradient!,
    alphaGradientThere: there.alphaGradient!,
  };
  if (kind !== 'reptile') {
    // Twice: the second product may find the passes of the first.
    quantities.klHessianVector = await objective.klHessianVector(noise);
    quantities.klHessianVectorAgain = await objective.klHessianVector(other);
  }
  objective.release();
  const once = await engine.adapt({ shape, params: metaParams, alpha, support: support[0] ?? query });
  const twice = await engine.adapt({ shape, params: adapted, alpha, support: query });
  for (const [name, result] of Object.entries({ once, twice })) {
    quantities[`${name}.adaptedParams`] = result.adaptedParams;
    quantities[`${name}.innerLosses`] = result.innerLosses;
    quantities[`${name}.innerGradientNorms`] = result.innerGradientNorms;
  }
  return quantities;
}

const SIZES = [
  [3, 5, 4, 2],
  [2, 7, 1],
  [1, 2],
  [4, 3, 6, 5, 3],
  [2, 8, 8, 2],
];
const COUNTS = [[6, 4, 9], [12], [5, 0, 1, 30], [0, 3], [7, 7, 7, 7, 7], [40, 2]];
const KINDS = ['second', 'first', 'second', 'reptile', 'second'] as const;
/** Logs of standard deviations are −0.1: no floor, one that acts, one that does not. */
const FLOORS = [undefined, 0.1, undefined, -1];

/** Request number `seed` of the mixture, with a name that says what it is. */
export function mixedRequest(seed: number): {
  readonly name: string;
  readonly request: PolicyObjectiveRequest;
} {
  const pick = <T>(choices: readonly T[], stride: number) =>
    choices[Math.floor(seed / stride) % choices.length]!;
  const minLogStd = pick(FLOORS, 1);
  const options = {
    seed,
    sizes: pick(SIZES, 1),
    activation: pick(ACTIVATIONS, 3),
    innerSteps: pick([1, 2, 0, 3, 1], 2),
    counts: pick(COUNTS, 1),
    // Small enough that no policy runs away, after which a difference of log-probabilities has no digits left.
    alpha: 0.02,
    kind: pick(KINDS, 5),
    alphaMode: pick(ALPHA_MODES, 4),
    ...(minLogStd !== undefined && { minLogStd }),
  };
  const drawn = randomPolicyRequest(options);
  // Means of the size of the actions' noise, as where actions are sampled from the policy.
  const request = { ...drawn, metaParams: drawn.metaParams.map((value) => 0.5 * value) };
  // The other policy's ratios are off by some hundredths: a few are clipped, hardly one, or none.
  const ratioClip = pick([undefined, 0.01, undefined, 0.1], 3);
  const subsets = pick(['all', 'fewer of both', 'fewer of the query set'], 7);
  const fewer = (purpose: number) => (batch: PolicyObjectiveRequest['query']) =>
    subsampleRows(batch, 4, key(purpose));
  const curvature = {
    query: fewer(1)(request.query),
    ...(subsets === 'fewer of both' && { support: request.support.map(fewer(2)) }),
  };
  return {
    name: `${seed}: ${JSON.stringify(options)}, curvature on ${subsets}, ratios clipped at ${ratioClip}`,
    request: {
      ...request,
      ...(subsets !== 'all' && { curvature }),
      ...(ratioClip !== undefined && { ratioClip }),
    },
  };
}

/** What a meta-iteration with TRPO asks of an engine; the objective is the caller's to release. */
export async function runIteration(
  engine: PolicyGradientEngine,
  request: PolicyObjectiveRequest,
): Promise<PolicyObjective> {
  const { shape, metaParams, alpha, support, query } = request;
  await engine.adapt({ shape, params: metaParams, alpha, support: support[0] ?? query });
  const objective = await engine.open(request);
  const { metaGradient } = await objective.gradient({ wantAlphaGradient: true });
  await objective.klHessianVector(metaGradient);
  await objective.klHessianVector(metaGradient);
  await objective.evaluate(metaGradient);
  await objective.adaptedParams();
  await objective.innerLosses();
  return objective;
}
