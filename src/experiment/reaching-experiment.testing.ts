// For tests: the setting of REFERENCE's Reaching figures ([RMAML] Fig. 3 gives no numbers; these show its claim).
import type { ReachingExperiment } from './reaching-experiment.ts';

/** 200 + 50 + 50 points, M = 20, MAX_L = 15 reached after 100 of 200 iterations, β = 0.1. */
export const REACHING_FIGURE_3: ReachingExperiment = {
  lab: 'reaching',
  preset: 'reaching-figure-3',
  seed: 0,
  strategies: ['uniform', 'easy', 'medium', 'hard'],
  mainX: 0,
  mainY: 0,
  mainSpread: 1,
  mainCount: 200,
  firstNoiseX: -4,
  firstNoiseY: 5,
  firstNoiseSpread: 0.5,
  firstNoiseCount: 50,
  secondNoiseX: 5,
  secondNoiseY: 4,
  secondNoiseSpread: 0.5,
  secondNoiseCount: 50,
  extraTasks: [],
  startX: -6,
  startY: -4,
  stepSize: 0.1,
  innerLearningRate: 0,
  iterations: 200,
  metaBatchSize: 20,
  maxReplayedTasks: 15,
  replaySchedule: 'linear',
  replayRampIterations: 100,
  middle: 'ranks',
  scoredAt: 'updated',
};
