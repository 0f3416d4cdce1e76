// [MAML] Fig. 3 and Table 2: the 5-shot loss after 0 … 10 steps, MAML and pretrained, with the published points hollow.
import { layoutAdaptationCurve } from '../../../charts/adaptation-curve.ts';
import type { AlgorithmId } from '../../../experiment/experiment.ts';
import stored from '../data/adaptation.json';
import type { Thumbnail } from '../thumbnail.ts';

const ORDER: readonly AlgorithmId[] = ['maml', 'pretrained'];

export const adaptation: Thumbnail = {
  panels: [null],
  seconds: 0,
  layout: (_, view) =>
    layoutAdaptationCurve(
      {
        series: ORDER.flatMap((algorithm) => {
          const own = stored.find((one) => one.algorithm === algorithm);
          return own === undefined ? [] : [{ ...own, algorithm }];
        }),
        supportSize: 5,
        innerStep: 10,
        lossScale: 'linear',
        hoverX: null,
      },
      view,
    ),
};
