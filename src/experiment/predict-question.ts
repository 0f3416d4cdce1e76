// What a student is asked before the outcome is shown. A story states one per step; without a story each lab asks its
// own (components/present/lab-questions.ts). Types only.

/** The charts of outcomes that a guess can be drawn into. */
export const PREDICT_CHARTS = ['adaptation', 'return', 'final-distance'] as const;
/** adaptation: loss or return by inner step; return: mean return by meta-iteration; final-distance: by iteration. */
export type PredictChart = (typeof PREDICT_CHARTS)[number];

export type PredictQuestion =
  | {
      readonly kind: 'choice';
      readonly question: string;
      /** At least two, each a short sentence. */
      readonly answers: readonly string[];
      /** Which answer turns out, from 0; left out where the student is to see for themselves. */
      readonly right?: number;
    }
  | { readonly kind: 'draw'; readonly chart: PredictChart; readonly question: string };
