// Which published returns may stand beside what is trained: those of the same reward, start, horizon and goals.
import { PUBLISHED_NAVIGATION, type PublishedReturns } from '../../charts/published.ts';
import { HALF_SIDE, NAVIGATION_HORIZON } from '../../tasks/navigation.ts';
import type { TrainablePolicyExperiment } from '../../training/policy-session-events.ts';

/** The published returns of the experiment's algorithms; none where its environment is another than theirs. */
export function publishedFor(experiment: TrainablePolicyExperiment): readonly PublishedReturns[] {
  // The Cheetah lab's have no table here yet.
  if (experiment.lab !== 'navigation') return [];
  const { reward, start, horizon, goalXMin, goalXMax, goalYMin, goalYMax, algorithms } = experiment;
  const isFullSquare =
    goalXMin === -HALF_SIDE && goalXMax === HALF_SIDE && goalYMin === -HALF_SIDE && goalYMax === HALF_SIDE;
  const isTheirs = reward === 'distance' && start === 'origin' && horizon === NAVIGATION_HORIZON;
  if (!isFullSquare || !isTheirs) return [];
  return PUBLISHED_NAVIGATION.filter(({ algorithm }) => algorithms.includes(algorithm));
}
