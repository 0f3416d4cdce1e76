// Which published returns may stand beside what is trained: those of the same reward, start, horizon and goals; of the
// half-cheetah, those of the same convention.
import { PUBLISHED_CHEETAH, PUBLISHED_NAVIGATION, type PublishedReturns } from '../../charts/published.ts';
import type { CheetahExperiment } from '../../experiment/cheetah-experiment.ts';
import { HALF_SIDE, NAVIGATION_HORIZON } from '../../tasks/navigation.ts';
import type { TrainablePolicyExperiment } from '../../training/policy-session-events.ts';

/** The published returns of the experiment's algorithms; none where its environment is another than theirs. */
export function publishedFor(experiment: TrainablePolicyExperiment): readonly PublishedReturns[] {
  if (experiment.lab === 'cheetah') return publishedCheetah(experiment);
  const { reward, start, horizon, goalXMin, goalXMax, goalYMin, goalYMax, algorithms } = experiment;
  const isFullSquare =
    goalXMin === -HALF_SIDE && goalXMax === HALF_SIDE && goalYMin === -HALF_SIDE && goalYMax === HALF_SIDE;
  const isTheirs = reward === 'distance' && start === 'origin' && horizon === NAVIGATION_HORIZON;
  if (!isFullSquare || !isTheirs) return [];
  return PUBLISHED_NAVIGATION.filter(({ algorithm }) => algorithms.includes(algorithm));
}

/** Steps per trajectory in [MAML]. */
const CHEETAH_HORIZON = 200;

function publishedCheetah(experiment: CheetahExperiment): readonly PublishedReturns[] {
  const { convention, horizon, family, goalMin, goalMax, actionRange, actionCost, algorithms } = experiment;
  const isTheirs =
    convention === 'finn2017' && horizon === CHEETAH_HORIZON && actionRange === 1 && actionCost === 'clipped';
  // NoiseVEL is tested without its noise, but nobody printed its returns in this convention.
  if (!isTheirs || family === 'noise-vel') return [];
  if (family === 'vel' && (goalMin !== 0 || goalMax !== 2)) return [];
  const known = PUBLISHED_CHEETAH[family === 'dir' ? 'direction' : 'velocity'];
  return known.filter(({ algorithm }) => algorithms.includes(algorithm));
}
