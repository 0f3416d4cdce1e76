// What the lanes draw, read from the reel and the view when the frame scheduler paints. Not React.
import type { CheetahMotion } from '../../charts/cheetah-body.ts';
import type { CheetahLane, CheetahLanesData } from '../../charts/cheetah-lanes.ts';
import type { CheetahSwarm } from '../../charts/cheetah-swarm.ts';
import { formatValue } from '../../charts/scales.ts';
import type { CheetahStores } from '../../state/cheetah-types.ts';
import { BACKWARDS, type CheetahTask } from '../../tasks/locomotion/cheetah-tasks.ts';
import type { ProbePoint, ProbeStep } from '../../training/policy-session-events.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import type { Reel } from './reel.ts';

/** One stage's worth of lanes: where tasks are directions, of one of them. */
export type LanesKind = 'velocity' | 'forwards' | 'backwards';

/** Numbers per frame: root x, z, pitch, six joints. */
const POSITIONS = 9;

/** How episode `episode` ran; null where positions were not recorded. */
export function motionOf({ trajectories }: ProbeStep, episode = 0): CheetahMotion | null {
  const recorded = trajectories.positions?.[0];
  if (!recorded || episode >= trajectories.episodes) return null;
  const size = (trajectories.horizon + 1) * POSITIONS;
  const frames = trajectories.lengths[episode]! + 1;
  return { positions: recorded.subarray(episode * size, episode * size + frames * POSITIONS), frames };
}

/** The answer for that kind of lanes: its task and what came after 0 … k steps. */
export function answerFor(
  { request, steps, others }: ProbePoint<CheetahTask>,
  kind: LanesKind,
): { readonly task: CheetahTask; readonly steps: readonly ProbeStep[] } {
  if (kind !== 'backwards') return { task: request.task, steps };
  return { task: request.others?.[0] ?? BACKWARDS, steps: others?.[0] ?? [] };
}

/** Mean speed over a recording, in m/s. */
export function meanSpeed({ positions, frames }: CheetahMotion, dt: number): number {
  return frames < 2 ? 0 : (positions[(frames - 1) * POSITIONS]! - positions[0]!) / ((frames - 1) * dt);
}

interface LaneView {
  readonly step: number;
  readonly dt: number;
  readonly showsSwarm: boolean;
}

/** All trajectories, or all but the first. */
function motionsOf(step: ProbeStep, from: 0 | 1): CheetahMotion[] {
  const { episodes } = step.trajectories;
  return Array.from({ length: Math.max(episodes - from, 0) }, (_, i) => motionOf(step, i + from)).filter(
    (motion) => motion !== null,
  );
}

/** The other trajectories of the lane's task; of velocities, those of all tasks that were asked for besides. */
function swarmsOf(probe: ProbePoint<CheetahTask>, kind: LanesKind, at: LaneView): CheetahSwarm[] {
  const { steps } = answerFor(probe, kind);
  const shown = (all: readonly ProbeStep[]) => all[Math.min(at.step, all.length - 1)];
  const own = shown(steps);
  const { others: tasks = [] } = probe.request;
  if (kind !== 'velocity' || tasks.length === 0) {
    return own === undefined ? [] : [{ share: null, motions: motionsOf(own, 1) }];
  }
  const fastest = Math.max(...tasks.map(({ goal }) => goal));
  return tasks.flatMap(({ goal }, index) => {
    const step = shown(probe.others?.[index] ?? []);
    return step === undefined ? [] : [{ share: goal / fastest, motions: motionsOf(step, 0) }];
  });
}

/** "2 of 10 unstable": trajectories that ended early because the body's state became unstable; empty without any. */
export function unstableIn({ trajectories: { unstableEpisodes, episodes } }: ProbeStep): string {
  const count = unstableEpisodes?.[0] ?? 0;
  return count === 0 ? '' : words.unstable(count, episodes);
}

function laneOf(probe: ProbePoint<CheetahTask>, kind: LanesKind, at: LaneView): CheetahLane {
  const { task, steps } = answerFor(probe, kind);
  const shown = steps[Math.min(at.step, steps.length - 1)];
  const after = shown === undefined ? null : motionOf(shown);
  const before = at.step === 0 || steps[0] === undefined ? null : motionOf(steps[0]);
  const note = after === null ? '' : words.meanVelocity(formatValue(meanSpeed(after, at.dt)));
  const warning = shown === undefined ? '' : unstableIn(shown);
  const swarm = at.showsSwarm ? swarmsOf(probe, kind, at) : [];
  return {
    algorithm: probe.algorithm,
    note,
    ...(warning !== '' && { warning }),
    before,
    after,
    swarm,
    goal: task.goal,
  };
}

/** The lanes as of now. */
export function readLanes(stores: CheetahStores, reel: Reel, kind: LanesKind): CheetahLanesData {
  const { experiment } = stores.experiment.getState();
  const { innerStep: step, probe, showsSwarm } = stores.view.getState();
  const { dt, time } = reel;
  const asked = kind === 'backwards' ? (probe?.others?.[0] ?? BACKWARDS) : probe?.task;
  return {
    lanes: experiment.algorithms.map((algorithm) => {
      const answer = reel.answer(algorithm);
      if (answer !== null) return laneOf(answer, kind, { step, dt, showsSwarm });
      return { algorithm, note: '', before: null, after: null, goal: asked?.goal ?? 0 };
    }),
    task: kind === 'velocity' ? 'velocity' : 'direction',
    time,
    dt,
  };
}

/** Whether the chosen goal has not been answered by every run yet. */
export function isAnyWaiting({ experiment, view, data }: CheetahStores): boolean {
  const { probe: asked } = view.getState();
  const { algorithms } = experiment.getState().experiment;
  return asked !== null && algorithms.some((id) => data.probe(id)?.request.id !== asked.id);
}
