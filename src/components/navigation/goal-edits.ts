// Where the user may put the goal: clamped to what every arena shows, and caught by a goal of the batch that lies near.
import { arenaReach } from '../../charts/navigation-arena.ts';
import type { Point } from '../../charts/pointer.ts';
import type { NavigationExperiment } from '../../experiment/navigation-experiment.ts';

/** Air between a goal at the edge and the edge of the picture, in the plane's unit. */
const EDGE = 0.03;

/** Goals lie within ± this on both axes. */
export function goalLimit(experiment: NavigationExperiment): number {
  return Math.round((arenaReach(experiment) - EDGE) * 100) / 100;
}

/** The place nearest to `at` that a goal may have, in hundredths: what the number fields can say. */
export function clampGoal(experiment: NavigationExperiment, at: Point): Point {
  const limit = goalLimit(experiment);
  const clamp = (value: number) => Math.min(limit, Math.max(-limit, Math.round(value * 100) / 100 || 0));
  return { x: clamp(at.x), y: clamp(at.y) };
}

/** The goal of `goals` nearest to `at` within `reach` (plane units); null: none. */
export function nearestGoal(goals: readonly Point[], at: Point, reach: number): Point | null {
  let best: Point | null = null;
  let bestDistance = reach;
  for (const { x, y } of goals) {
    const distance = Math.hypot(x - at.x, y - at.y);
    if (distance > bestDistance) continue;
    best = { x, y };
    bestDistance = distance;
  }
  return best;
}
