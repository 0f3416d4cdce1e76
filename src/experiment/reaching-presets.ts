// Complete Reaching experiments to start from. [RMAML]: Nguyen et al. 2021, §5 and Fig. 2 and 3. The paper shows
// pictures without centres, spreads, counts per batch or step sizes: the numbers are ours, chosen to show its claim.
import { reachingPresetWords as words } from '../words/presets-reaching.ts';
import { definePreset, type Preset } from './lab.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';

const FIGURE_3: ReachingExperiment = {
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

/** All presets of the lab, the default first, in the order in which they are offered. */
export const REACHING_PRESETS: readonly [Preset<ReachingExperiment>, ...Preset<ReachingExperiment>[]] = [
  definePreset(FIGURE_3, words['reaching-figure-3']),
  definePreset(
    { ...FIGURE_3, preset: 'reaching-no-noise', firstNoiseCount: 0, secondNoiseCount: 0 },
    words['reaching-no-noise'],
  ),
  definePreset(
    {
      ...FIGURE_3,
      preset: 'reaching-two-modes',
      mainX: -4,
      mainCount: 150,
      firstNoiseX: 4,
      firstNoiseY: 0,
      firstNoiseSpread: 1,
      firstNoiseCount: 150,
      secondNoiseCount: 0,
      startX: 0,
      startY: -6,
    },
    words['reaching-two-modes'],
  ),
  definePreset(
    {
      ...FIGURE_3,
      preset: 'reaching-small-main',
      mainCount: 80,
      firstNoiseCount: 110,
      secondNoiseCount: 110,
    },
    words['reaching-small-main'],
  ),
  definePreset(
    {
      ...FIGURE_3,
      preset: 'reaching-mismatch',
      strategies: ['uniform', 'medium'],
      firstNoiseX: 5,
      firstNoiseY: 5,
      firstNoiseCount: 100,
      secondNoiseCount: 0,
    },
    words['reaching-mismatch'],
  ),
];
