// [MAML] Fig. 5, velocity: our returns after 0 … 3 steps, from docs/results-data.json. The published ones are of another
// convention and so of another scale; they stand in the table, not here.
import { layoutReturnAdaptation } from '../../../charts/return-adaptation.ts';
import { RESULTS } from '../results.ts';
import type { Thumbnail } from '../thumbnail.ts';

export const velocity: Thumbnail = {
  panels: [null],
  seconds: 0,
  layout(_, view) {
    const rows = RESULTS.filter(({ id, ours }) => /^maml-fig-5-vel-\d$/.test(id) && ours !== null);
    const meanReturn = rows.map(({ ours }) => ours ?? Number.NaN);
    return layoutReturnAdaptation(
      {
        points: [
          {
            algorithm: 'maml',
            iteration: 0,
            environmentSteps: 0,
            seconds: 0,
            tasks: 40,
            steps: rows.map((_row, step) => step),
            meanReturn,
            standardError: rows.map(({ error }) => error ?? 0),
            q25: meanReturn,
            q75: meanReturn,
            returnsByTask: [],
          },
        ],
        published: [],
        innerStep: 1,
        focus: null,
        hoverX: null,
      },
      view,
    );
  },
};
