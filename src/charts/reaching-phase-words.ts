// What a phase map shows, and the words for it: how each varied number is called, who wins a cell, the summaries for
// screen readers, the table. The drawing is in reaching-phase-map.ts.
import { STRATEGIES, type Strategy } from '../experiment/experiment.ts';
import type { PhaseAxis, PhaseCell, PhaseField } from '../training/reaching-outcome.ts';
import { phaseMapWords } from '../words/charts/reaching-phase.ts';
import { formatWins } from './reaching-final.ts';
import { formatTick, formatValue, groupThousands } from './scales.ts';
import type { ChartTable } from './table.ts';

/** Where in the map: index into x.values and y.values. */
export interface CellAt {
  readonly column: number;
  readonly row: number;
}

export interface ReachingPhaseData {
  readonly x: PhaseAxis;
  readonly y: PhaseAxis;
  readonly seeds: number;
  /** In the experiment's order, as the cells' arrays. */
  readonly strategies: readonly Strategy[];
  /** What is computed so far, in any order. */
  readonly cells: readonly PhaseCell[];
  /** The present experiment's cell; null when it lies off the grid. */
  readonly current: CellAt | null;
  /** Under the pointer or the keyboard. */
  readonly cursor: CellAt | null;
  /** The cursor is the keyboard's: it gets the focus ring. */
  readonly hasFocus: boolean;
}

interface FieldWords {
  readonly label: string;
  format(value: number): string;
}

const plain = (field: PhaseField): FieldWords => ({ label: phaseMapWords.fields[field], format: formatTick });

/** How each varied number is called and written. */
export const PHASE_WORDS: Readonly<Record<PhaseField, FieldWords>> = {
  noiseShare: {
    label: phaseMapWords.fields.noiseShare,
    format: (value) => phaseMapWords.percent(Number((100 * value).toPrecision(2))),
  },
  noiseDistance: plain('noiseDistance'),
  maxReplayedTasks: plain('maxReplayedTasks'),
  replayRampIterations: plain('replayRampIterations'),
  metaBatchSize: plain('metaBatchSize'),
  stepSize: plain('stepSize'),
  innerLearningRate: plain('innerLearningRate'),
  mainSpread: plain('mainSpread'),
  iterations: plain('iterations'),
};

/** Strategy with the greatest share, and that share; ties go to the first. */
export function winnerOf(
  cell: PhaseCell,
  strategies: readonly Strategy[],
): { readonly strategy: Strategy; readonly share: number; readonly median: number } | null {
  let best = -1;
  for (let i = 0; i < strategies.length; i++) {
    if (best < 0 || cell.winnerShares[i]! > cell.winnerShares[best]!) best = i;
  }
  const strategy = strategies[best];
  if (strategy === undefined) return null;
  return { strategy, share: cell.winnerShares[best]!, median: cell.medianDistances[best]! };
}

/** "noise share 40 %, MAX_L 12: MEDIUM nearest in 18 of 20 seeds, median 0.41". */
export function describePhaseCell(data: ReachingPhaseData, at: CellAt): string {
  const place = ([axis, index]: readonly [PhaseAxis, number]): string =>
    phaseMapWords.value(
      PHASE_WORDS[axis.field].label,
      PHASE_WORDS[axis.field].format(axis.values[index] ?? Number.NaN),
    );
  const where = `${place([data.x, at.column])}, ${place([data.y, at.row])}`;
  const cell = data.cells.find((one) => one.column === at.column && one.row === at.row);
  const winner = cell === undefined ? null : winnerOf(cell, data.strategies);
  if (winner === null) return phaseMapWords.cellOpen(where);
  const wins = formatWins(winner.share * data.seeds);
  const first = { name: winner.strategy.toUpperCase(), wins, median: formatValue(winner.median) };
  return phaseMapWords.cell(where, first, groupThousands(data.seeds));
}

/** "noise share × MAX_L, 12 of 400 cells: MEDIUM wins 8, UNIFORM 4." */
export function describeReachingPhase(data: ReachingPhaseData): string {
  const total = data.x.values.length * data.y.values.length;
  const axes = `${PHASE_WORDS[data.x.field].label} × ${PHASE_WORDS[data.y.field].label}`;
  if (data.cells.length === 0) return phaseMapWords.nothing(axes);
  const winners = data.cells.map((cell) => winnerOf(cell, data.strategies)?.strategy);
  const counts = STRATEGIES.map((strategy) => ({
    strategy,
    count: winners.filter((one) => one === strategy).length,
  })).filter(({ count }) => count > 0);
  const words = counts
    .sort((a, b) => b.count - a.count)
    .map(({ strategy, count }, i) =>
      (i === 0 ? phaseMapWords.wins : phaseMapWords.winsToo)(strategy.toUpperCase(), groupThousands(count)),
    );
  const [done, all] = [groupThousands(data.cells.length), groupThousands(total)];
  return phaseMapWords.summary(axes, done, all, words.join(', '));
}

/** One row per computed cell and strategy. */
export function tableReachingPhase(data: ReachingPhaseData): ChartTable {
  const rows = [...data.cells]
    .sort((a, b) => a.row - b.row || a.column - b.column)
    .flatMap((cell) =>
      data.strategies.map((strategy, i) => [
        data.x.values[cell.column] ?? null,
        data.y.values[cell.row] ?? null,
        strategy.toUpperCase(),
        cell.winnerShares[i]!,
        cell.medianDistances[i]!,
      ]),
    );
  return {
    columns: [data.x.field, data.y.field, 'strategy', 'winner share', 'median'],
    rows,
  };
}
