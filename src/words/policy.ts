// What all meta-RL labs share: their charts' frames, warnings and paces.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

export const policyWords = inLanguages({
  en: {
    adaptation: 'Adaptation',
    /** After their number, before the iteration. */
    tasks: '\u00a0tasks, ',
    atIteration: (iteration: string) => `it\u00a0${iteration}`,
    published: '○\u00a0published',
    alpha: 'Inner learning rate',
    buffer: 'Task buffer',
    minusReturn: '−return',
    /** After it, where a goal is one number. */
    goalsOverBars: ' ·\u00a0goals\u00a0in\u00a0m/s',
    outer: 'Outer step',
    returns: 'Return',
    returnsQualifier: 'after, IQR\u00a0of tasks ·\u00a0dotted before',
    horizontal: 'Horizontal axis',
    byIteration: 'it',
    byIterationTitle: 'Meta-iterations',
    bySteps: 'steps',
    byStepsTitle: 'Environment steps',
    bySeconds: 's',
    bySecondsTitle: 'Seconds of computing',
    seconds: 'Seconds per phase',
    secondsOf: (iterations: number) => `per\u00a0iteration, last\u00a0${iterations}`,
    unstableSoFar: (name: string, episodes: number) =>
      `${name}: ${groupThousands(episodes)} ${episodes === 1 ? 'episode' : 'episodes'} unstable so far`,
    unstableTitle: 'Episodes of training that ended early because the body’s state became unstable',
    andMore: (count: number) => `and ${count} more`,
    allWarnings: 'All warnings',
    speedTitle: 'Meta-iterations per second, at most',
    perSecond: (rate: string) => `${rate} it/s`,
    fastest: 'max',
    engines: {
      kernels: 'a kernel per part of a meta-step',
      autodiff: 'autodiff, all tasks at once',
      graphics: 'autodiff on the graphics card',
      byHand: 'derived by hand, float64',
    },
  },
});
