// Fits of one new wave by trained networks, from data/fits.json (scripts/gallery-data.ts): [MAML] Fig. 2 and the sine
// waves of [REPTILE] § 4.
import { layoutFitChart, stepFitDomain } from '../../../charts/fit-chart.ts';
import type { ChartView, Scene } from '../../../charts/scene.ts';
import type { AlgorithmId } from '../../../experiment/experiment.ts';
import fits from '../data/fits.json';
import type { Thumbnail } from '../thumbnail.ts';

type StoredFit = (typeof fits)['maml'];

function layoutFit(
  algorithm: AlgorithmId,
  stored: StoredFit,
  view: ChartView,
  { panels, named }: { readonly panels: readonly StoredFit[]; readonly named: boolean },
): Scene {
  return layoutFitChart(
    {
      ...stored,
      algorithm,
      xDomain: [-5, 5],
      yDomain: stepFitDomain(null, panels),
      activePoint: null,
      curveActive: false,
      named,
    },
    view,
  );
}

const PAIR = [
  ['maml', fits.maml],
  ['pretrained', fits.pretrained],
] as const;

export const mamlFits: Thumbnail = {
  panels: ['maml', 'pretrained'],
  seconds: 0,
  layout(panel, view) {
    const [algorithm, stored] = PAIR[panel]!;
    return layoutFit(algorithm, stored, view, {
      panels: PAIR.map(([, one]) => one),
      named: panel === 0,
    });
  },
};

export const reptileFit: Thumbnail = {
  panels: ['reptile'],
  seconds: 0,
  layout: (_, view) => layoutFit('reptile', fits.reptile, view, { panels: [fits.reptile], named: true }),
};
