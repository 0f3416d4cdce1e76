// Notices: what happened in training or with a link that the user should know of. What, got, expected, remedy; no blame.
import { inLanguages } from './language.ts';

export const noticeWords = inLanguages({
  en: {
    diverged: (algorithm: string, iteration: string, cause: string) =>
      `${algorithm} diverged at iteration ${iteration}: ${cause}`,
    /** `remedy`: what to change in this lab, without its full stop. */
    afterDivergence: (remedy: string, lastGood: string) =>
      `What diverged stands still; the other runs go on. ${remedy} and training starts anew, or go back to iteration ${lastGood}, the last good checkpoint.`,
    /** What to change after a divergence, in the labs of policies and in the Sinusoid lab. */
    remedies: {
      sinusoid: 'Lower the step sizes α or β',
      policy: 'Lower α, or the trust region or β of the outer step,',
    },
    goBackTo: (iteration: number) => `Go back to iteration ${iteration}`,
    stalled: (algorithm: string, iteration: string) =>
      `${algorithm} stopped moving at iteration ${iteration}; training waits.`,
    goOn: 'Press Run to go on all the same.',
    otherEngine: (name: string) => `${name} computes instead; the numbers are the same, within rounding.`,
    engineReplaced: (name: string) =>
      `${name} could not be opened; the fastest other engine takes its place.`,
    enginesAgree: 'Engines agree within rounding, not bit for bit.',
    restarted: {
      'device-lost': 'The graphics device was lost',
      engine: 'The engine failed',
      internal: 'The training worker failed',
      silent: 'The training worker stopped answering',
    },
    /** `what`: one of `restarted`. */
    goesOnFrom: (what: string, iteration: string) => `${what}; training goes on from iteration ${iteration}.`,
    nothingLost: (message: string) =>
      `Nothing is lost: what came after it is computed again, to the same numbers. (${message})`,
    gaveUp: 'Training stopped: it failed three times within half a minute.',
    kept: 'What was learned so far is kept.',
    /** Of a run over many seeds. */
    noCheckpoint: 'The run ended without a checkpoint.',
    tryAgain: 'Try again',

    /** Of a link that names a recorded run. */
    otherSettings:
      'The link’s settings are not those of the recorded run that it names, so they are what is trained. Choose the run under “Recorded runs” to see it.',
    linkPartly: 'Some of this link could not be used. It waits until you press Run.',
    linkHeavy: 'This link asks for much more computing than the presets. It waits until you press Run.',
    /** What makes an experiment of the lab lighter. */
    lighter: {
      sinusoid: 'Fewer or narrower layers, fewer tasks or fewer inner steps make it lighter.',
      reaching: 'Fewer iterations, tasks per update or strategies make it lighter.',
      navigation:
        'Fewer tasks, trajectories or timesteps, fewer curvature rows or Adam outside make it lighter.',
      cheetah:
        'Fewer tasks, trajectories or timesteps, fewer curvature rows or Adam outside make it lighter.',
    },
  },
});
