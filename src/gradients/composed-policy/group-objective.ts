// One group of tasks on the device, as an objective holds it between calls: its timesteps, the inner path from θ_old
// and the policies that the path ends in. What is asked of it is group-results.ts's.
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { PolicyBatch } from '../../tasks/policy-batch.ts';
import type { PolicyObjectiveRequest } from '../policy-gradient.ts';
import {
  type BatchTensors,
  gatherBatch,
  type TaskGroup,
  uploadArrays,
  uploadBatch,
} from './batch-tensors.ts';
import type { HeldTensors } from './held-tensors.ts';
import {
  type InnerPass,
  logStdOf,
  minusProduct,
  netOf,
  type PolicyTensors,
  runInnerPass,
  tensorsOf,
} from './inner-step.ts';
import { forward, type LinearisedPass, linearise } from './mlp-passes.ts';
import { type OldPolicy, reinforceLoss, spreadOf, standardised } from './policy-heads.ts';
import type { PreparedStep } from './prepared-step.ts';

/** What all groups of an objective share. */
export interface ObjectiveTensors {
  readonly request: PolicyObjectiveRequest;
  /** α per parameter, 0 in what fills blocks up: every θ_j − α∘∇L then has θ's filling. */
  readonly rates: PolicyTensors;
  /** θ_old, [1, rows, columns] each. */
  readonly theta: PolicyTensors;
  readonly held: HeldTensors;
}

/** An inner path of all tasks of the group: θ_0 … θ_k; gradients and losses [G, 1, 1] at all but the last. */
export interface InnerPath {
  readonly params: readonly PolicyTensors[];
  readonly gradients: readonly PolicyTensors[];
  readonly losses: readonly Tensor[];
}

/** A batch at one of the old path's parameters, and the pass there once it has been worked out and found room. */
export interface InnerPlace {
  readonly batch: BatchTensors;
  readonly params: PolicyTensors;
  kept: InnerPass | null;
}

/** The same for a batch at the path's end, whose loss is not the inner one. */
export interface QueryPlace {
  readonly batch: BatchTensors;
  readonly params: PolicyTensors;
  kept: LinearisedPass | null;
}

export interface GroupObjective {
  readonly shared: ObjectiveTensors;
  readonly group: TaskGroup;
  readonly path: InnerPath;
  /** One per inner step. */
  readonly support: readonly InnerPlace[];
  readonly curvatureSupport: readonly InnerPlace[];
  readonly query: QueryPlace;
  readonly curvatureQuery: QueryPlace;
  /** The adapted policies at θ_old, at the query set's timesteps. */
  readonly old: OldPolicy;
}

/**
 * Uploads the group's timesteps and follows the path from θ_old; `shared.held` owns what the group needs later.
 * `prepared`, if not null, fits the request's policy.
 */
export function openGroup(
  shared: ObjectiveTensors,
  group: TaskGroup,
  prepared: PreparedStep | null,
): GroupObjective {
  const opened: GroupObjective[] = [];
  tidy(() => {
    opened.push(uploadGroup(shared, group, prepared));
  });
  return opened[0]!;
}

function uploadGroup(
  shared: ObjectiveTensors,
  group: TaskGroup,
  prepared: PreparedStep | null,
): GroupObjective {
  const { request, held } = shared;
  const { curvature, kind } = request;
  const upload = (batch: PolicyBatch) => uploadBatch(batch, group);
  const first = request.support[0] && firstStep(request.support[0], group, held, prepared);
  const batches = request.support.map((batch, step) => (step === 0 && first ? first.batch : upload(batch)));
  const { path, passes } = descend(shared, batches, { theta: shared.theta, first: first?.pass });
  const params = path.params[path.params.length - 1]!;
  const placeAt = (batch: BatchTensors, step: number): InnerPlace => {
    return { batch, params: path.params[step]!, kept: null };
  };
  const support = batches.map(placeAt);
  const query: QueryPlace = { batch: upload(request.query), params, kept: null };
  const objective: GroupObjective = {
    shared,
    group,
    path,
    support,
    curvatureSupport: curvature?.support?.map(upload).map(placeAt) ?? support,
    query,
    curvatureQuery: curvature?.query ? { batch: upload(curvature.query), params, kept: null } : query,
    old: oldPolicyAt(shared, query),
  };
  for (const { batch } of [...support, query, ...objective.curvatureSupport, objective.curvatureQuery]) {
    held.hold(Object.values(batch));
  }
  held.hold([...path.params.flat(), ...path.gradients.flat(), ...path.losses]);
  if (kind === 'second') {
    support.forEach((place, step) => {
      keepInnerPass(held, place, passes[step]!);
    });
  }
  return objective;
}

/** The first step's batch on the device, with its pass where adapt has left that. */
function firstStep(
  batch: PolicyBatch,
  group: TaskGroup,
  held: HeldTensors,
  prepared: PreparedStep | null,
): { readonly batch: BatchTensors; readonly pass?: InnerPass } {
  const arrays = gatherBatch(batch, group);
  return prepared?.find(group, arrays, held) ?? { batch: uploadArrays(arrays) };
}

/** Where a path starts, and the first step's pass where that has been worked out already. */
export interface PathStart {
  readonly theta: PolicyTensors;
  readonly first?: InnerPass | undefined;
}

/** The path from `theta` over the batches, one per step, and its passes; the caller's tidy owns them. */
export function descend(
  { request, rates }: ObjectiveTensors,
  batches: readonly BatchTensors[],
  { theta, first }: PathStart,
): { readonly path: InnerPath; readonly passes: readonly InnerPass[] } {
  const params = [theta];
  const passes = batches.map((batch, step) => {
    const known = step === 0 ? first : undefined;
    const pass = known ?? runInnerPass(request.shape, params[step]!, batch);
    params.push(minusProduct(params[step]!, rates, pass.gradient));
    return pass;
  });
  const path = {
    params,
    gradients: passes.map(({ gradient }) => gradient),
    losses: passes.map(({ score, spread }) => reinforceLoss(score, spread)),
  };
  return { path, passes };
}

function oldPolicyAt(shared: ObjectiveTensors, query: QueryPlace): OldPolicy {
  const { held, request } = shared;
  const { outputs } = queryPassAt(shared, query);
  const spread = spreadOf(logStdOf(query.params), request.shape.minLogStd);
  const old = {
    means: outputs,
    z: standardised(query.batch, outputs, spread),
    spread,
  };
  held.hold([old.means, old.z, spread.logStd, spread.inverseStd, ...(spread.open ? [spread.open] : [])]);
  return old;
}

/** The inner pass at a place of the old path: the kept one, or worked out now and kept if there is room. */
export function innerPassAt({ request, held }: ObjectiveTensors, place: InnerPlace): InnerPass {
  if (place.kept !== null) return place.kept;
  const pass = runInnerPass(request.shape, place.params, place.batch);
  keepInnerPass(held, place, pass);
  return pass;
}

function keepInnerPass(held: HeldTensors, place: InnerPlace, pass: InnerPass): void {
  if (place.kept === null && held.holdIfRoom(tensorsOf(pass))) place.kept = pass;
}

/** The same for the pass at the path's end. */
export function queryPassAt({ request, held }: ObjectiveTensors, place: QueryPlace): LinearisedPass {
  if (place.kept !== null) return place.kept;
  const { activation } = request.shape;
  const pass = linearise(activation, forward(activation, netOf(place.params), place.batch.inputs));
  const slopes = pass.slopes.filter((slope) => slope !== null);
  if (held.holdIfRoom([...pass.inputs.slice(1), ...slopes, pass.outputs])) place.kept = pass;
  return pass;
}
