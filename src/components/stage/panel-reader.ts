// What the panels draw: state's fits of the user's task, on axes that all panels share. Runs inside the frame
// scheduler, not in React.
import { type FitChartData, stepFitDomain } from '../../charts/fit-chart.ts';
import type { Domain } from '../../charts/scales.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { createFitsReader, type Fit, type FitTask } from '../../state/fits.ts';
import type { ShownStores } from '../../state/shown-run.ts';

export type PanelData = Omit<FitChartData, 'activePoint' | 'curveActive' | 'named'>;

export interface PanelReader {
  /** A panel's data as of now. */
  panel(algorithm: AlgorithmId): PanelData;
  /** Mean squared error before and after adaptation; null before the first parameters arrive. */
  error(algorithm: AlgorithmId): { readonly before: number; readonly after: number } | null;
  /** While held (dragging) the axes stay as they are, so that the ground does not move under the pointer. */
  hold(held: boolean): void;
}

export function createPanelReader(stores: ShownStores): PanelReader {
  const fits = createFitsReader(stores);
  let domain: Domain | null = null;
  let held = false;
  let shown: readonly (FitTask | Fit | null)[] = [];

  const dataOf = (algorithm: AlgorithmId): Omit<PanelData, 'yDomain'> => {
    const { gridX, truth, supportX, supportY } = fits.task();
    const { xMin, xMax } = stores.experiment.getState().experiment;
    return {
      algorithm,
      gridX,
      truth,
      fits: fits.fit(algorithm)?.curves ?? [],
      support: Array.from(supportX, (x, i) => ({ x, y: supportY[i]! })),
      xDomain: [xMin, xMax],
    };
  };
  /** The common y-axis; looked at again only when a fit or the task is another. */
  const yDomain = (): Domain => {
    const { algorithms } = stores.experiment.getState().experiment;
    const now = [fits.task(), ...algorithms.map((algorithm) => fits.fit(algorithm))];
    const changed = now.length !== shown.length || now.some((entry, i) => entry !== shown[i]);
    if (domain !== null && (held || !changed)) return domain;
    shown = now;
    domain = stepFitDomain(domain, algorithms.map(dataOf));
    return domain;
  };

  return {
    panel: (algorithm) => ({ ...dataOf(algorithm), yDomain: yDomain() }),
    error: (algorithm) => {
      const losses = fits.fit(algorithm)?.losses ?? [];
      const [before] = losses;
      const after = losses.at(-1);
      return before === undefined || after === undefined ? null : { before, after };
    },
    hold(next) {
      held = next;
    },
  };
}
