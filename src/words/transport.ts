// The transport: run, steps, speed, the two scrubbers, progress, and the table of engines.
import { inLanguages } from './language.ts';

export const transportWords = inLanguages({
  en: {
    transport: 'Transport',
    more: 'More of the transport',
    run: 'Run',
    pause: 'Pause',
    allDone: 'All meta-iterations are done. Reset, or raise their number.',
    stepPhase: 'Step phase',
    stepPhaseTitle: 'Run to the next phase of a meta-iteration, then pause',
    stepIteration: 'Step iteration',
    stepIterationTitle: 'Run one meta-iteration, then pause',
    reset: 'Reset',
    resetTitle: 'Back to iteration 0',
    speed: 'Speed',
    /** The last of the speeds: as fast as it can. */
    fastest: 'max',

    /** Before “k = 3”. */
    innerStep: 'inner step',
    innerStepShown: 'Inner step shown',
    playInnerSteps: 'Play the inner steps',
    stopInnerSteps: 'Stop playing the inner steps',
    /** Before a number. */
    metaIteration: 'meta-iteration',
    metaIterationShown: 'Meta-iteration shown',
    playCheckpoints: 'Play the checkpoints',
    stopCheckpoints: 'Stop playing the checkpoints',
    stop: 'Stop',
    live: 'live',
    liveAt: (iteration: string) => `live, iteration ${iteration}`,
    checkpointAt: (iteration: string) => `checkpoint ${iteration}`,
    trainOn: 'Train on from here',
    trainOnTitle: 'Drop what came after this checkpoint and train on from it',
    backToLive: 'Back to live',

    left: (duration: string) => `${duration} left`,
    starting: 'starting',
    loading: 'loading',
    ready: 'ready',
    paused: 'paused',
    finished: 'finished',
    failed: 'failed',
    timingEngines: 'timing engines',

    engine: 'Engine',
    enginesHere: 'Engines on this machine',
    oneMetaStep: 'One meta-step',
    engineSpeed: 'Speed',
    showEngines: 'Show all engines',
    /** Stands beside a number. */
    perSecond: 'it/s',
    showEnginesOf: (name: string, rate: string) => `Engine: ${name} ${rate} it/s. Show all engines`,
    milliseconds: (value: string) => `${value} ms`,
    measuringAll: 'Measuring every engine; training waits meanwhile.',
    computesInstead: (reason: string, name: string) => `${reason} ${name} computes instead.`,
    opening: (name: string) => `Opening ${name}…`,
    measuredFirst: 'The engines are measured before training starts.',
    notMeasured: 'not measured yet',
    asFast: (name: string, times: string) =>
      `${name} is ${times} as fast as autodiff (tfjs WASM) on this experiment.`,
    /** Before the choice of engines. */
    use: 'Use',
    /** Of the engines: the choice that leaves it to the page. */
    fastestEngine: 'fastest',
    measuring: 'Measuring…',
    measureAgain: 'Measure again',
  },
});
