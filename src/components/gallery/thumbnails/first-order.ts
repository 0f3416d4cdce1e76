// [FO]: MAML's and FOMAML's returns over the seconds that each took, from one run in lockstep (data/first-order.json).
import { layoutReturnCurve } from '../../../charts/return-curve.ts';
import type { AlgorithmId } from '../../../experiment/experiment.ts';
import stored from '../data/first-order.json';
import type { Thumbnail } from '../thumbnail.ts';

const ORDER: readonly AlgorithmId[] = ['maml', 'fomaml'];

export const firstOrder: Thumbnail = {
  panels: [null],
  seconds: 0,
  layout: (_, view) =>
    layoutReturnCurve(
      {
        xKind: 'seconds',
        series: ORDER.flatMap((algorithm) => {
          const own = stored.runs.find((run) => run.algorithm === algorithm);
          if (own === undefined) return [];
          const { seconds: x, before, after, q25, q75 } = own;
          return [
            { algorithm, length: x.length, x, before, after, afterQ25: q25, afterQ75: q75, divergedAt: null },
          ];
        }),
        pinned: [],
        xLimit: null,
        focus: null,
        scrubX: null,
        hoverX: null,
      },
      view,
    ),
};
