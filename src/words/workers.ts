// What happened to a worker, as a notice says it.
import { inLanguages } from './language.ts';

export const workerWords = inLanguages({
  en: {
    noScript: 'The training worker’s script could not run.',
    silent: (seconds: number) => `The training worker was silent for ${seconds} s.`,
    reachingCrashed:
      'The worker that computes many seeds and phase maps could not run, or was ended by the browser. Ask again to start a new one; if it fails again, reload the page.',
  },
});
