// What the arena draws now, put together from the stores: the runs under the playhead, and as much of the batch as has
// happened.

import { type ScreenPlane, toScreen } from '../../charts/plane.ts';
import type { Point } from '../../charts/pointer.ts';
import { agentPlace } from '../../charts/reaching-agents.ts';
import { ALL_PARTS, type ReachingArenaData } from '../../charts/reaching-arena.ts';
import type { PullParts } from '../../charts/reaching-pulls.ts';
import type { Strategy } from '../../experiment/experiment.ts';
import type { ReachingPhase } from '../../state/reaching-types.ts';
import type { AppStores } from '../../state/store-types.ts';

/** While stepping, what each phase has brought. */
const PARTS: Readonly<Record<ReachingPhase, PullParts>> = {
  sample: { sampled: true, lines: true, mean: false, adapted: true },
  move: { sampled: true, lines: false, mean: true, adapted: false },
  score: { sampled: true, lines: true, mean: false, adapted: false },
  choose: { sampled: true, lines: false, mean: false, adapted: false },
};

/** Iterations per second from which a line to each task would only flicker. */
const FAST = 50;

/** What is drawn of the batch. `speed`: iterations per second while it plays; null: at rest. */
export function partsOf(phase: ReachingPhase | null, speed: number | null): PullParts {
  if (phase !== null) return PARTS[phase];
  return speed !== null && speed >= FAST ? { ...ALL_PARTS, lines: false } : ALL_PARTS;
}

/** `isReduced`: agents move from iteration to iteration, not between them. */
export function readArena(
  stores: AppStores,
  looks: Pick<ReachingArenaData, 'hovered'> & { readonly isReduced: boolean },
): ReachingArenaData {
  const { reachingData: data } = stores;
  const { focus, window, status, speed } = stores.reaching.getState();
  const playing = status === 'running' ? (speed ?? Number.POSITIVE_INFINITY) : null;
  return {
    experiment: data.experiment,
    tasks: data.tasks,
    runs: data.runs,
    iteration: data.iteration,
    fraction: looks.isReduced && data.phase === null ? 0 : data.fraction,
    focus,
    parts: partsOf(data.phase, playing),
    window,
    hovered: looks.hovered,
    // The keyboard's handles are buttons with a ring of their own.
    focused: null,
  };
}

/** The plane that the next frame will show: what is done before it counts from here, not from what is on the screen. */
export function planeNow({ plot }: Pick<ScreenPlane, 'plot'>, window: ScreenPlane['window']): ScreenPlane {
  return { plot, window, unit: Math.min(plot.width, plot.height) / 2 / window.reach };
}

/** The agent drawn within `reach` pixels of `at`, the nearest one; null: none. */
export function agentUnder(
  { runs, iteration, fraction }: Pick<ReachingArenaData, 'runs' | 'iteration' | 'fraction'>,
  plane: ScreenPlane,
  at: Point,
  reach: number,
): Strategy | null {
  let best: Strategy | null = null;
  let least = reach;
  for (const run of runs) {
    const place = agentPlace(run, iteration, fraction);
    const pixel = toScreen(plane, place.x, place.y);
    const distance = Math.hypot(pixel.x - at.x, pixel.y - at.y);
    if (distance > least) continue;
    best = run.strategy;
    least = distance;
  }
  return best;
}
