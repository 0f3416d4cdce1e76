// What the panels draw: the user's task fitted with the parameters now shown, computed once for all panels and again
// only when the task, the parameters or the inner step have changed. Runs inside the frame scheduler, not in React.
import { shapeFor } from '../../algorithms/run-shape.ts';
import { type FitChartData, stepFitDomain } from '../../charts/fit-chart.ts';
import type { Domain } from '../../charts/scales.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { adaptPath, predict } from '../../models/mlp-arrays.ts';
import type { AppStores } from '../../state/store-types.ts';
import { trueValue } from './task-edits.ts';

export type PanelData = Omit<FitChartData, 'activePoint' | 'curveActive' | 'named'>;

export interface FitsReader {
  panel(algorithm: AlgorithmId): PanelData;
  error(algorithm: AlgorithmId): { readonly before: number; readonly after: number } | null;
  hold(held: boolean): void;
}

const GRID = 101;

export function createFitsReader(stores: AppStores): FitsReader {
  let domain: Domain | null = null;
  let held = false;
  const panelOf = (algorithm: AlgorithmId): Omit<PanelData, 'yDomain'> => {
    const { experiment } = stores.experiment.getState();
    const { task, innerStep } = stores.view.getState();
    const gridX = Float64Array.from(
      { length: GRID },
      (_, i) => experiment.xMin + (i / (GRID - 1)) * (experiment.xMax - experiment.xMin),
    );
    const truth = gridX.map((x) => trueValue(task, x));
    const support = task.points.map((p) => ({ x: p.x, y: trueValue(task, p.x) + p.offset }));
    const run = stores.data.snapshot?.runs.find((r) => r.algorithm === algorithm);
    const shape = shapeFor(experiment, algorithm);
    const fits =
      run === undefined || algorithm === 'oracle'
        ? []
        : adaptPath({
            shape,
            params: run.metaParams,
            alpha: run.alpha,
            steps: innerStep,
            x: Float64Array.from(support, (p) => p.x),
            y: Float64Array.from(support, (p) => p.y),
          }).map((theta) => predict(shape, theta, gridX));
    return { algorithm, gridX, truth, fits, support, xDomain: [experiment.xMin, experiment.xMax] };
  };
  return {
    panel(algorithm) {
      const p = panelOf(algorithm);
      if (!held || domain === null) domain = stepFitDomain(domain, [p]);
      return { ...p, yDomain: domain };
    },
    error(algorithm) {
      const p = panelOf(algorithm);
      const mse = (f: ArrayLike<number> | undefined) =>
        f === undefined
          ? NaN
          : p.truth.length &&
            Array.from(p.truth as Float64Array).reduce((s, y, i) => s + (y - f[i]!) ** 2, 0) / p.truth.length;
      return p.fits.length === 0 ? null : { before: mse(p.fits[0]), after: mse(p.fits.at(-1)) };
    },
    hold(next) {
      held = next;
    },
  };
}
