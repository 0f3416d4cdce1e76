// Checks that a batch of timesteps fits a policy, for every engine: a wrong length would otherwise be read as NaN and
// look like a bad gradient.
import {
  actionSize,
  assertPolicyParams,
  type GaussianPolicyShape,
  policyParameterCount,
} from '../models/gaussian-policy.ts';
import type { PolicyBatch } from '../tasks/policy-batch.ts';
import type { PolicyAdaptationRequest, PolicyObjectiveRequest } from './policy-gradient.ts';

/** Throws a RangeError that names the first entry of the batch `name` which does not fit. */
export function assertPolicyBatch(shape: GaussianPolicyShape, batch: PolicyBatch, name: string): void {
  const rows = batch.offsets[batch.taskCount] ?? 0;
  const entries: [string, number, number][] = [
    ['observationSize', batch.observationSize, shape.sizes[0]!],
    ['actionSize', batch.actionSize, actionSize(shape)],
    ['offsets.length', batch.offsets.length, batch.taskCount + 1],
    ['offsets[0]', batch.offsets[0] ?? -1, 0],
    ['observations.length', batch.observations.length, rows * batch.observationSize],
    ['actions.length', batch.actions.length, rows * batch.actionSize],
    ['advantages.length', batch.advantages.length, rows],
  ];
  for (const [entry, got, expected] of entries) {
    if (got === expected) continue;
    throw new RangeError(
      `${name}.${entry}: got ${got}, expected ${expected} for a ${shape.sizes.join('-')} policy, ` +
        `${batch.taskCount} tasks and ${rows} timesteps. Build the batch from one set of trajectories.`,
    );
  }
  if (batch.taskCount < 1)
    throw new RangeError(`${name}.taskCount: got ${batch.taskCount}, expected 1 or more.`);
  if (batch.offsets.some((offset, at) => at > 0 && offset < batch.offsets[at - 1]!)) {
    throw new RangeError(
      `${name}.offsets: got ${batch.offsets.join(', ')}, expected numbers that never fall.`,
    );
  }
}

/** Throws a RangeError that names the first thing in the request which does not fit the rest. */
export function assertPolicyObjective({
  shape,
  metaParams,
  support,
  query,
  curvature,
  ratioClip,
}: PolicyObjectiveRequest): void {
  if (ratioClip !== undefined && !(ratioClip > 0)) {
    throw new RangeError(`ratioClip: got ${ratioClip}, expected more than 0. Leave it out for no limit.`);
  }
  assertPolicyParams(shape, metaParams);
  assertPolicyBatch(shape, query, 'query');
  const batches: [string, PolicyBatch][] = support.map((batch, step) => [`support[${step}]`, batch]);
  if (curvature?.query) batches.push(['curvature.query', curvature.query]);
  curvature?.support?.forEach((batch, step) => {
    batches.push([`curvature.support[${step}]`, batch]);
  });
  for (const [name, batch] of batches) {
    assertPolicyBatch(shape, batch, name);
    if (batch.taskCount === query.taskCount) continue;
    throw new RangeError(
      `${name}: got ${batch.taskCount} tasks, expected ${query.taskCount} as in the query set.`,
    );
  }
  const curvatureSets = curvature?.support?.length ?? support.length;
  if (curvatureSets !== support.length) {
    throw new RangeError(
      `curvature.support: got ${curvatureSets} sets, expected ${support.length}: one per inner step.`,
    );
  }
}

/** Throws a RangeError when the parameters, one vector or one per task, or the batch do not fit the shape. */
export function assertPolicyAdaptation({ shape, params, support }: PolicyAdaptationRequest): void {
  assertPolicyBatch(shape, support, 'support');
  if (params.length !== support.taskCount * policyParameterCount(shape)) assertPolicyParams(shape, params);
}
