// What the Reaching lab's charts draw each frame: tasks and runs of the experiment, computed when first asked for
// after a change, the playhead, and what the worker has answered. Written by the Reaching stores alone.
import { simulateReaching } from '../algorithms/ideal-learner.ts';
import type { ReachingRun } from '../algorithms/reaching-run.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { drawFreshTasks, drawReachingTasks } from '../tasks/reaching.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';
import { cellOf, isMapOf } from './reaching-phase.ts';
import type { PhaseMap, ReachingData, ReachingPhase } from './reaching-types.ts';

/** Where playing stands: between iterations t and t + 1, or after a phase of iteration t. */
export interface Playhead {
  readonly iteration: number;
  readonly fraction: number;
  readonly phase: ReachingPhase | null;
}

/** ReachingData with its writing side. Every write raises `version` by one. */
export interface WritableReachingData extends ReachingData {
  setExperiment(experiment: ReachingExperiment): void;
  setPlayhead(playhead: Playhead): void;
  /** Of the present experiment. */
  setOutcome(outcome: SeedsOutcome): void;
  setPhaseMap(map: PhaseMap): void;
}

export function createReachingData(experiment: ReachingExperiment): WritableReachingData {
  return new Data(experiment);
}

class Data implements WritableReachingData {
  version = 0;
  experiment: ReachingExperiment;
  iteration = 0;
  fraction = 0;
  phase: ReachingPhase | null = null;
  outcome: SeedsOutcome | null = null;
  isOutcomeStale = false;
  phaseMap: PhaseMap | null = null;
  isPhaseMapStale = false;
  currentCell: ReachingData['currentCell'] = null;
  #tasks: ReachingTasks | null = null;
  #runs: readonly ReachingRun[] | null = null;
  /** What no drag alters: drawn anew only for another seed, number of tasks or size of the run. */
  #fresh: { readonly key: string; readonly tasks: Int32Array } | null = null;
  readonly #listeners = new Set<() => void>();

  constructor(experiment: ReachingExperiment) {
    this.experiment = experiment;
  }

  get tasks(): ReachingTasks {
    this.#tasks ??= drawReachingTasks(this.experiment);
    return this.#tasks;
  }

  get runs(): readonly ReachingRun[] {
    this.#runs ??= this.experiment.strategies.map((strategy) =>
      simulateReaching(this.experiment, this.tasks, strategy, this.#freshTasks()),
    );
    return this.#runs;
  }

  #freshTasks(): Int32Array {
    const { seed, iterations, metaBatchSize } = this.experiment;
    const { count } = this.tasks;
    const key = [seed, iterations, metaBatchSize, count].join(' ');
    if (this.#fresh?.key !== key) this.#fresh = { key, tasks: drawFreshTasks(this.experiment, count) };
    return this.#fresh.tasks;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  setExperiment(experiment: ReachingExperiment): void {
    this.experiment = experiment;
    this.#tasks = null;
    this.#runs = null;
    this.isOutcomeStale = this.outcome !== null;
    this.#placeOnMap();
    this.#changed();
  }

  setPlayhead({ iteration, fraction, phase }: Playhead): void {
    if (iteration === this.iteration && fraction === this.fraction && phase === this.phase) return;
    this.iteration = iteration;
    this.fraction = fraction;
    this.phase = phase;
    this.#changed();
  }

  setOutcome(outcome: SeedsOutcome): void {
    this.outcome = outcome;
    this.isOutcomeStale = false;
    this.#changed();
  }

  setPhaseMap(map: PhaseMap): void {
    this.phaseMap = map;
    this.#placeOnMap();
    this.#changed();
  }

  #placeOnMap(): void {
    const map = this.phaseMap;
    this.isPhaseMapStale = map !== null && !isMapOf(map, this.experiment);
    this.currentCell = map === null ? null : cellOf(this.experiment, map.request);
  }

  #changed(): void {
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
