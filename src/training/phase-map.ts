// Phase maps of the Reaching lab: for every pair of two settings, which strategy ends nearest to the main centre.
// Cells are independent of one another and of their order. What a value on an axis means is in phase-axes.ts.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { median } from '../math/statistics.ts';
import { withPhaseCell } from './phase-axes.ts';
import type { PhaseCell, PhaseMapRequest } from './reaching-outcome.ts';
import { addWinner, assertSeeds, ReachingRace, type SlicedJob } from './reaching-race.ts';

/** A phase map, coarse first: after a quarter of the cells every second row and column is there. */
export class PhaseMap implements SlicedJob {
  readonly total: number;
  readonly #experiment: ReachingExperiment;
  readonly #request: PhaseMapRequest;
  readonly #slices: Generator<void>;
  #finished = 0;
  #cells: PhaseCell[] = [];

  constructor(experiment: ReachingExperiment, request: PhaseMapRequest) {
    assertSeeds(request.seeds);
    this.total = request.x.values.length * request.y.values.length;
    this.#experiment = experiment;
    this.#request = request;
    this.#slices = this.#run();
  }

  get finished(): number {
    return this.#finished;
  }

  advance(): boolean {
    return this.#slices.next().done !== true;
  }

  /** The cells finished since the last call. */
  takeCells(): PhaseCell[] {
    const cells = this.#cells;
    this.#cells = [];
    return cells;
  }

  *#run(): Generator<void> {
    const { x, y, seeds } = this.#request;
    for (const { column, row } of coarseToFine(x.values.length, y.values.length)) {
      const experiment = withPhaseCell(this.#experiment, this.#request, { column, row });
      const strategies = experiment.strategies.length;
      const race = new ReachingRace(experiment, Int32Array.of(experiment.iterations));
      const shares = new Float64Array(strategies);
      const distances = experiment.strategies.map(() => new Float64Array(seeds));
      for (let seed = 0; seed < seeds; seed++) {
        yield* race.run(seed);
        addWinner(shares, race.distances);
        for (let s = 0; s < strategies; s++) distances[s]![seed] = race.distances[s]!;
      }
      this.#cells.push({
        column,
        row,
        winnerShares: Float32Array.from(shares, (share) => share / seeds),
        medianDistances: Float32Array.from(distances, median),
      });
      this.#finished += 1;
    }
  }
}

/** All cells of the map at once, for callers that need no progress. */
export function phaseMap(experiment: ReachingExperiment, request: PhaseMapRequest): PhaseCell[] {
  const job = new PhaseMap(experiment, request);
  while (job.advance());
  return job.takeCells();
}

/** Every cell once: those on a wide grid, then on grids twice as fine, each row by row. */
export function* coarseToFine(
  columns: number,
  rows: number,
): Generator<{ readonly column: number; readonly row: number }> {
  let stride = 1;
  while (2 * stride < Math.max(columns, rows)) stride *= 2;
  for (let before = 0; stride >= 1; before = stride, stride /= 2) {
    for (let row = 0; row < rows; row += stride) {
      for (let column = 0; column < columns; column += stride) {
        const isDone = before > 0 && row % before === 0 && column % before === 0;
        if (!isDone) yield { column, row };
      }
    }
  }
}
