// The loss over training.
import { inLanguages } from '../language.ts';

export const learningWords = inLanguages({
  en: {
    /** An axis' unit: of gradient evaluations. */
    gradients: 'gradients',
    countedGradients: (count: string) => `${count} gradients`,
    diverged: (name: string, iteration: string) => `${name}: diverged at ${iteration}.`,
    /** `at`: "iteration 400". */
    heldOut: (name: string, loss: { readonly median: string; readonly quartiles: string }, at: string) =>
      `${name}: held-out median ${loss.median} (IQR ${loss.quartiles}) at ${at}.`,
    training: (name: string, loss: string) => `${name}: training loss ${loss}.`,
  },
});
