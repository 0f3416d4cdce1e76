// The Reaching lab's figures, computed here and now in a few milliseconds: the arena ([RMAML] Fig. 3), the mismatch
// (Fig. 2) and the step size (Fig. 1 B).
import { simulateReaching } from '../../../algorithms/ideal-learner.ts';
import { agentPlace } from '../../../charts/reaching-agents.ts';
import { layoutReachingArena, type ReachingArenaScene } from '../../../charts/reaching-arena.ts';
import { layoutMismatch } from '../../../charts/reaching-mismatch.ts';
import { fitArena } from '../../../charts/reaching-plane.ts';
import { layoutStepSize } from '../../../charts/reaching-step-size.ts';
import type { ReachingExperiment } from '../../../experiment/reaching-experiment.ts';
import { REACHING_PRESETS } from '../../../experiment/reaching-presets.ts';
import { once } from '../../../math/once.ts';
import { drawReachingTasks } from '../../../tasks/reaching.ts';
import type { Thumbnail } from '../thumbnail.ts';

function presetOf(id: string): ReachingExperiment {
  return (REACHING_PRESETS.find((preset) => preset.id === id) ?? REACHING_PRESETS[0]).experiment;
}

/** All strategies' runs. */
function simulate(experiment: ReachingExperiment) {
  const tasks = drawReachingTasks(experiment);
  const runs = experiment.strategies.map((strategy) => simulateReaching(experiment, tasks, strategy));
  return { experiment, tasks, runs };
}

const figureThree = once(() => simulate(presetOf('reaching-figure-3')));
const mismatched = once(() => simulate(presetOf('reaching-mismatch')));
let arenaBefore: ReachingArenaScene | null = null;

/** Seconds in which the agents go all their way. */
const PLAY = 4;

export const arena: Thumbnail = {
  panels: [null],
  seconds: PLAY,
  layout(_, view, second) {
    const { experiment, tasks, runs } = figureThree();
    const at = (experiment.iterations * Math.min(second, PLAY)) / PLAY;
    const iteration = Math.floor(at);
    arenaBefore = layoutReachingArena(
      {
        experiment,
        tasks,
        runs,
        iteration,
        fraction: at - iteration,
        focus: null,
        parts: { sampled: false, lines: false, mean: false, adapted: false },
        window: fitArena(experiment, view),
        hovered: null,
        focused: null,
      },
      view,
      arenaBefore,
    );
    return arenaBefore;
  },
};

export const mismatch: Thumbnail = {
  panels: [null],
  seconds: 0,
  layout(_, view) {
    const { experiment, runs } = mismatched();
    const agents = runs
      .filter(({ strategy }) => strategy === 'uniform' || strategy === 'medium')
      .map((run) => ({ strategy: run.strategy, ...agentPlace(run, run.iterations, 0) }));
    return layoutMismatch({ experiment, agents }, view);
  },
};

export const stepSize: Thumbnail = {
  panels: [null],
  seconds: 0,
  layout: (_, view) =>
    layoutStepSize({ distance: 6, steps: 5, alphas: [0.1, 0.5, 1.9], current: null }, view),
};
