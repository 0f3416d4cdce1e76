// Pseudocode of the Reaching lab: the lines and names of values that have words in them.
import { inLanguages } from './language.ts';

export const reachingLineWords = inLanguages({
  en: {
    sampleFresh: 'for M fresh tasks cᵢ:',
    sample: 'for M − L fresh tasks cᵢ and the L kept ones:',
    /** `scores`: a formula. */
    score: (scores: string) => `B ← all cᵢ with their scores ${scores}`,
    keepNone: 'keep none of B',
    keepEasy: 'keep the first L of B, sorted by s: nearest; forget the rest',
    keepMedium: 'keep the middle L of B, sorted by s; forget the rest',
    keepNearMean: 'keep the L of B with s nearest to the mean; forget the rest',
    keepHard: 'keep the last L of B, sorted by s: farthest; forget the rest',
    growLinearly: 'L ← round(MAX_L · min(1, t ∕ ramp))',
    growAtOnce: 'L ← MAX_L once t has reached the ramp’s end',
    /** Names of values. */
    meanScore: 'mean s',
    nextReplayed: 'next L',
    kept: 'kept',
  },
});
