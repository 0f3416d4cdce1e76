// The Sinusoid lab's paces, engines and charts: their titles, what stands beside them, and their choices. No-break spaces are written out.
import { inLanguages } from './language.ts';

export const instrumentWords = inLanguages({
  en: {
    speedTitle: '1× is 10 meta-iterations per second',
    fastest: 'max',
    engines: {
      oneKernel: 'one kernel per meta-step, SIMD',
      fewKernels: 'a few kernels per meta-step',
      autodiff: 'autodiff, a kernel per operation',
      graphics: 'autodiff on the graphics card',
      plain: 'autodiff in plain JavaScript',
      byHand: 'derived by hand, float64',
    },

    charts: 'Charts',
    chartHere: 'Chart shown here',
    learning: 'Learning curve',
    adaptation: 'Adaptation',
    alpha: 'Inner learning rate',
    buffer: 'Task buffer',
    parameterSpace: 'Parameter space',

    published: '○\u00a0published',
    publishedTasks: (tasks: number) => `○\u00a0published ·\u00a0${tasks}\u00a0tasks`,
    atIteration: (iteration: string) => `at\u00a0${iteration}`,
    supportPoints: 'Support points K',

    // What has no room goes word by word: what is left must stand for itself.
    median: 'median (IQR)',
    medianTasks: (tasks: number) => `median (IQR) ·\u00a0${tasks}\u00a0tasks`,
    horizontal: 'Horizontal axis',
    byIteration: 'it',
    byIterationTitle: 'Meta-iterations',
    bySeconds: 's',
    bySecondsTitle: 'Seconds of computing',
    byGradientsTitle: 'Gradient evaluations',
    log: 'log',
    logName: 'Loss axis: log',
    logTitle: 'Logarithmic loss axis',

    components: '2\u00a0components',
    componentsOf: (percent: number) => `2\u00a0components ·\u00a0${percent}\u00a0%\u00a0of\u00a0variance`,
  },
});
