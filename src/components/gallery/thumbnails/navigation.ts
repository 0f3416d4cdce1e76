// [MAML] Fig. 4: three goals that the policy is not told, its ways before and after one policy gradient step. Recorded
// trajectories of our own run (data/navigation.json).
import { layoutNavigationArena, type NavigationArenaData } from '../../../charts/navigation-arena.ts';
import type { NavigationTask } from '../../../tasks/navigation.ts';
import type { Trajectories } from '../../../tasks/trajectories.ts';
import type { ProbePoint } from '../../../training/policy-session-events.ts';
import stored from '../data/navigation.json';
import type { Thumbnail } from '../thumbnail.ts';

/** Recorded places as the trajectories that an arena draws: no rewards, and no way beyond the last place. */
function trajectoriesOf(episodes: readonly (readonly number[])[]): Trajectories {
  const horizon = Math.max(...episodes.map((places) => places.length / 2));
  const observations = new Float32Array(episodes.length * horizon * 2);
  episodes.forEach((places, e) => {
    observations.set(places, e * horizon * 2);
  });
  return {
    taskCount: 1,
    episodes: episodes.length,
    horizon,
    observationSize: 2,
    actionSize: 2,
    lengths: Int32Array.from(episodes, (places) => places.length / 2),
    observations,
    actions: new Float32Array(observations.length),
    rewards: new Float32Array(episodes.length * horizon),
    nonFiniteAction: null,
  };
}

const ARENAS = stored.runs.map((run, id): NavigationArenaData => {
  const step = (episodes: readonly (readonly number[])[]) => ({
    params: new Float32Array(0),
    meanReturn: Number.NaN,
    standardError: Number.NaN,
    trajectories: trajectoriesOf(episodes),
  });
  const probe: ProbePoint<NavigationTask> = {
    algorithm: 'maml',
    iteration: 0,
    request: { id, task: run.goal },
    steps: [step(run.before), step(run.after)],
  };
  return {
    algorithm: 'maml',
    experiment: { noiseTaskShare: 0, noiseInnerRadius: 0, noiseOuterRadius: 0, start: 'origin' },
    shape: { sizes: [2, 2], activation: 'tanh' },
    probe,
    goal: run.goal,
    step: 1,
    batch: null,
    showField: false,
    showEpisodes: true,
  };
});

export const navigation: Thumbnail = {
  panels: ARENAS.map(() => null),
  seconds: 0,
  layout: (panel, view) => layoutNavigationArena(ARENAS[panel]!, view),
};
