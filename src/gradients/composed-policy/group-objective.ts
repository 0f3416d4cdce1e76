// One group of tasks on the device, as an objective holds it between calls: its timesteps, the inner path from θ_old
// and the policies that the path ends in. What is asked of it is group-results.ts's.
import { type Tensor, tidy } from '@tensorflow/tfjs-core';
import type { PolicyObjectiveRequest } from '../policy-gradient.ts';
import { type BatchTensors, type TaskGroup, uploadBatch } from './batch-tensors.ts';
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

/** Uploads the group's timesteps and follows the path from θ_old; `shared.held` owns what the group needs later. */
export function openGroup(shared: ObjectiveTensors, group: TaskGroup): GroupObjective {
  const opened: GroupObjective[] = [];
  tidy(() => {
    opened.push(uploadGroup(shared, group));
  });
  return opened[0]!;
}

function uploadGroup(shared: ObjectiveTensors, group: TaskGroup): GroupObjective {
  const { request, held } = shared;
  const { curvature, kind } = request;
  const batches = request.support.map((batch) => uploadBatch(batch, group));
  const { path, passes } = descend(shared, batches, shared.theta);
  const params = path.params[path.params.length - 1]!;
  const support = batches.map(
    (batch, step): InnerPlace => ({ batch, params: path.params[step]!, kept: null }),
  );
  const query: QueryPlace = { batch: uploadBatch(request.query, group), params, kept: null };
  const { curvatureSupport, curvatureQuery } = {
    curvatureSupport: curvature?.support?.map(
      (batch, step): InnerPlace => ({
        batch: uploadBatch(batch, group),
        params: path.params[step]!,
        kept: null,
      }),
    ),
    curvatureQuery: curvature?.query && { batch: uploadBatch(curvature.query, group), params, kept: null },
  };
  const objective = {
    shared,
    group,
    path,
    support,
    curvatureSupport: curvatureSupport ?? support,
    query,
    curvatureQuery: curvatureQuery ?? query,
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

/** The path from `theta` over the batches, one per step, and its passes; the caller's tidy owns them. */
export function descend(
  { request, rates }: ObjectiveTensors,
  batches: readonly BatchTensors[],
  theta: PolicyTensors,
): { readonly path: InnerPath; readonly passes: readonly InnerPass[] } {
  const params = [theta];
  const passes = batches.map((batch, step) => {
    const pass = runInnerPass(request.shape, params[step]!, batch);
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
