// What an arena draws, read from the stores when the frame scheduler paints: the last answer to the chosen goal, by the
// policy in training or that of a checkpoint; until a checkpoint has answered, its policy alone. Not React.
import { policyAlgorithmById } from '../../algorithms/meta-rl/policy-algorithms.ts';
import type { NavigationArenaData } from '../../charts/navigation-arena.ts';
import type { Point } from '../../charts/pointer.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { NavigationExperiment } from '../../experiment/navigation-experiment.ts';
import { type GaussianPolicyShape, policyParameterCount } from '../../models/gaussian-policy.ts';
import type { NavigationStores } from '../../state/navigation-types.ts';
import type { NavigationTask } from '../../tasks/navigation.ts';
import type { Trajectories } from '../../tasks/trajectories.ts';
import type { PolicyCheckpoint, ProbePoint } from '../../training/policy-session-events.ts';

/**
 * The policy of a run, as training/policy-domain.ts has it, which would bring every lab's environment along. A policy
 * that sees the task is told the goal after its position.
 */
export function arenaShape(experiment: NavigationExperiment, algorithm: AlgorithmId): GaussianPolicyShape {
  const { hiddenWidths, activation, minLogStd } = experiment;
  const inputs = policyAlgorithmById(algorithm).showsTask ? 4 : 2;
  return { sizes: [inputs, ...hiddenWidths, 2], activation, minLogStd };
}

/** The goal on the screen: the user's, or the test task that is asked for while they have none. */
export function shownGoal({ view }: NavigationStores): Point {
  const { probeGoal, probe } = view.getState();
  return probeGoal ?? probe?.task ?? { x: 0, y: 0 };
}

/** The last answer for `algorithm`, to whichever goal; null: none yet, or of another network. */
export function shownProbe(
  stores: NavigationStores,
  algorithm: AlgorithmId,
): ProbePoint<NavigationTask> | null {
  const { experiment } = stores.experiment.getState();
  const probe = stores.data.probe(algorithm);
  const params = probe?.steps[0]?.params;
  const fits = params?.length === policyParameterCount(arenaShape(experiment, algorithm));
  return fits ? probe : null;
}

/** Whether the chosen goal has not been answered yet: what is drawn belongs to an earlier one. */
export function isWaiting(stores: NavigationStores, algorithm: AlgorithmId): boolean {
  const { probe: asked } = stores.view.getState();
  const answer = stores.data.probe(algorithm);
  return asked !== null && answer !== null && answer.request.id !== asked.id;
}

/** Whether any of the runs has not answered yet. */
export function isAnyWaiting(stores: NavigationStores): boolean {
  const { algorithms } = stores.experiment.getState().experiment;
  return algorithms.some((algorithm) => isWaiting(stores, algorithm));
}

/** The checkpoint that the scrubber stands on; null: live. */
export function shownCheckpoint({ data, view }: NavigationStores): PolicyCheckpoint | null {
  const { scrubIteration } = view.getState();
  if (scrubIteration === null) return null;
  return data.checkpoints.findLast(({ iteration }) => iteration <= scrubIteration) ?? null;
}

/** Nobody has walked. */
const NO_TRAJECTORIES: Trajectories = {
  taskCount: 1,
  episodes: 0,
  horizon: 0,
  observationSize: 2,
  actionSize: 2,
  lengths: new Int32Array(0),
  observations: new Float32Array(0),
  actions: new Float32Array(0),
  rewards: new Float32Array(0),
  nonFiniteAction: null,
};

const KEPT = new WeakMap<PolicyCheckpoint['runs'][number], ProbePoint<NavigationTask>>();

/** A run of a checkpoint as an answer without trajectories: its policy alone can be drawn. */
function fieldOf(
  checkpoint: PolicyCheckpoint,
  algorithm: AlgorithmId,
  shape: GaussianPolicyShape,
): ProbePoint<NavigationTask> | null {
  const run = checkpoint.runs.find((each) => each.algorithm === algorithm);
  if (run === undefined || run.state.metaParams.length !== policyParameterCount(shape)) return null;
  const known = KEPT.get(run);
  if (known !== undefined) return known;
  const step = { params: run.state.metaParams, meanReturn: Number.NaN, standardError: Number.NaN };
  const point: ProbePoint<NavigationTask> = {
    algorithm,
    iteration: checkpoint.iteration,
    request: { id: 0, task: { x: 0, y: 0 } },
    steps: [{ ...step, trajectories: NO_TRAJECTORIES }],
  };
  KEPT.set(run, point);
  return point;
}

/** An arena's data as of now. */
export function readArena(stores: NavigationStores, algorithm: AlgorithmId): NavigationArenaData {
  const { experiment } = stores.experiment.getState();
  const { innerStep, showField, showEpisodes, probe: asked } = stores.view.getState();
  const shape = arenaShape(experiment, algorithm);
  const checkpoint = shownCheckpoint(stores);
  const live = stores.data.snapshot?.runs.find((run) => run.algorithm === algorithm);
  const shared = { algorithm, experiment, shape, goal: shownGoal(stores) };
  const probe = shownProbe(stores, algorithm);
  if (checkpoint !== null && probe?.request.id !== asked?.id) {
    const field = fieldOf(checkpoint, algorithm, shape);
    return { ...shared, probe: field, step: 0, batch: null, showField: true, showEpisodes: false };
  }
  const step = Math.min(innerStep, Math.max((probe?.steps.length ?? 1) - 1, 0));
  // The batch is the present's.
  const batch = checkpoint === null ? (live?.batch ?? null) : null;
  return { ...shared, probe, step, batch, showField, showEpisodes };
}
