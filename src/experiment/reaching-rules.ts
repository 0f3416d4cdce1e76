// The Reaching lab's rules between fields, and what its experiments cost. Limits of single fields (a negative spread,
// say) are in the field table.

import { groupThousands } from '../words/numbers.ts';
import { reachingRuleWords } from '../words/rules-reaching.ts';
import type { Rule } from './lab.ts';
import type { ReachingExperiment } from './reaching-experiment.ts';
import { countsTasks, slotsOf } from './reaching-relevance.ts';
import { REPLAY_FITS } from './replay-rule.ts';

/** More are not drawn at 50 frames per second. */
export const MAX_TASKS = 20_000;
/** Slots (iterations × M × strategies) of one experiment's runs: 26 MB, and half a second on the page's thread. */
export const MAX_SLOTS = 2_000_000;
/** 50 times the default preset's, as in the Sinusoid lab. */
const HEAVY_SLOTS = 50 * 200 * 20 * 4;
/** Above this factor of w ← w − factor (w − mean) every update overshoots by more than it corrects. */
const MAX_STEP = 2;

type Counts = Pick<ReachingExperiment, 'mainCount' | 'firstNoiseCount' | 'secondNoiseCount'>;

const counts = ({ mainCount, firstNoiseCount, secondNoiseCount }: Counts): Counts => ({
  mainCount,
  firstNoiseCount,
  secondNoiseCount,
});

function stepOf(e: ReachingExperiment): number {
  return e.stepSize * (1 - e.innerLearningRate) ** 2;
}

function centresCoincide(e: ReachingExperiment): boolean {
  const noise = [
    { count: e.firstNoiseCount, x: e.firstNoiseX, y: e.firstNoiseY },
    { count: e.secondNoiseCount, x: e.secondNoiseX, y: e.secondNoiseY },
  ].filter(({ count }) => count > 0);
  return noise.length > 0 && noise.every(({ x, y }) => x === e.mainX && y === e.mainY);
}

/** All rules, in the order in which they are repaired; a repair breaks no earlier rule. */
export const REACHING_RULES: readonly Rule<ReachingExperiment>[] = [
  {
    fields: ['mainCount', 'firstNoiseCount', 'secondNoiseCount', 'extraTasks'],
    violation: (e) => (countsTasks(e).total > 0 ? null : reachingRuleWords.noTasks),
    repair: (e, fallback) => ({ ...e, ...counts(fallback) }),
  },
  {
    fields: ['mainCount', 'firstNoiseCount', 'secondNoiseCount', 'extraTasks'],
    violation(e) {
      const { total } = countsTasks(e);
      if (total <= MAX_TASKS) return null;
      const [count, most, over] = [total, MAX_TASKS, total - MAX_TASKS].map(groupThousands);
      return reachingRuleWords.tooManyTasks(count!, most!, over!);
    },
    repair: (e, fallback) => ({ ...e, ...counts(fallback) }),
  },
  {
    fields: [
      'firstNoiseX',
      'firstNoiseY',
      'secondNoiseX',
      'secondNoiseY',
      'mainX',
      'mainY',
      'firstNoiseCount',
      'secondNoiseCount',
    ],
    violation: (e) => (centresCoincide(e) ? reachingRuleWords.onePlace(e.mainX, e.mainY) : null),
    // All six: moving only some could put them onto others.
    repair: (e, fallback) => ({
      ...e,
      mainX: fallback.mainX,
      mainY: fallback.mainY,
      firstNoiseX: fallback.firstNoiseX,
      firstNoiseY: fallback.firstNoiseY,
      secondNoiseX: fallback.secondNoiseX,
      secondNoiseY: fallback.secondNoiseY,
    }),
  },
  {
    fields: ['stepSize', 'innerLearningRate'],
    violation(e) {
      const step = stepOf(e);
      if (step <= MAX_STEP) return null;
      return reachingRuleWords.overshoots(Number(step.toPrecision(3)), MAX_STEP);
    },
    repair: (e, fallback) => ({
      ...e,
      stepSize: fallback.stepSize,
      innerLearningRate: fallback.innerLearningRate,
    }),
  },
  {
    fields: ['iterations', 'metaBatchSize', 'strategies'],
    violation(e) {
      const slots = slotsOf(e);
      if (slots <= MAX_SLOTS) return null;
      const most = Math.floor(MAX_SLOTS / (e.metaBatchSize * e.strategies.length));
      return reachingRuleWords.tooManyDraws({
        iterations: groupThousands(e.iterations),
        tasks: e.metaBatchSize,
        strategies: e.strategies.length,
        draws: groupThousands(slots),
        most: groupThousands(MAX_SLOTS),
        mostIterations: groupThousands(most),
      });
    },
    repair: (e, fallback) => ({
      ...e,
      iterations: fallback.iterations,
      metaBatchSize: fallback.metaBatchSize,
      strategies: fallback.strategies,
    }),
  },
  REPLAY_FITS,
];

/** Whether a link to this experiment opens paused: it takes 50 times the default preset's computing, or more. */
export function isHeavyReaching(e: ReachingExperiment): boolean {
  return slotsOf(e) > HEAVY_SLOTS;
}
