// Which cells of a phase map carry their winner's letter: all of them where they are large enough, otherwise the
// innermost cell of each region that one strategy wins, if the letter fits into that region.
import type { Strategy } from '../experiment/experiment.ts';
import type { Rect } from './scene.ts';

/** A computed cell with its winner. */
export interface WonCell {
  readonly column: number;
  readonly row: number;
  readonly strategy: Strategy;
  readonly rect: Rect;
}

/** A letter of this font needs a box of so many font sizes. */
const LETTER_BOX = { width: 1, height: 1.15 };

/** Cells joined by edges that share their winner. */
function regionsOf<C extends WonCell>(grid: ReadonlyMap<number, C>, columns: number): readonly C[][] {
  const left = new Set(grid.keys());
  const regions: C[][] = [];
  for (const first of grid.keys()) {
    if (!left.delete(first)) continue;
    const region: C[] = [];
    const open = [first];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      const cell = grid.get(key)!;
      region.push(cell);
      const beside = [
        ...(cell.column > 0 ? [key - 1] : []),
        ...(cell.column < columns - 1 ? [key + 1] : []),
        key - columns,
        key + columns,
      ];
      for (const other of beside) {
        if (grid.get(other)?.strategy === cell.strategy && left.delete(other)) open.push(other);
      }
    }
    regions.push(region);
  }
  return regions;
}

/** The cell around which the letter lies wholly in the region, the farthest from the region's outside; null: none. */
function innermost<C extends WonCell>(
  region: readonly C[],
  reach: { readonly across: number; readonly up: number },
  keyOf: (column: number, row: number) => number,
): C | null {
  const members = new Set(region.map((cell) => keyOf(cell.column, cell.row)));
  const holds = (cell: C, across: number, up: number): boolean => {
    for (let dx = -across; dx <= across; dx++) {
      for (let dy = -up; dy <= up; dy++) {
        if (!members.has(keyOf(cell.column + dx, cell.row + dy))) return false;
      }
    }
    return true;
  };
  const middleColumn = region.reduce((sum, cell) => sum + cell.column, 0) / region.length;
  const middleRow = region.reduce((sum, cell) => sum + cell.row, 0) / region.length;
  let best: C | null = null;
  let bestScore = Number.NEGATIVE_INFINITY;
  for (const cell of region) {
    if (!holds(cell, reach.across, reach.up)) continue;
    let depth = 0;
    while (depth < 4 && holds(cell, reach.across + depth + 1, reach.up + depth + 1)) depth++;
    const score = depth - 0.1 * Math.hypot(cell.column - middleColumn, cell.row - middleRow);
    if (score > bestScore) {
      best = cell;
      bestScore = score;
    }
  }
  return best;
}

/** The cells to letter. */
export function letterCells<C extends WonCell>(
  won: readonly C[],
  grid: { readonly columns: number; readonly rows: number; readonly plot: Rect },
  fontSize: number,
): readonly C[] {
  const pitchX = grid.plot.width / grid.columns;
  const pitchY = grid.plot.height / grid.rows;
  const needed = { x: LETTER_BOX.width * fontSize, y: LETTER_BOX.height * fontSize };
  if (pitchX >= needed.x && pitchY >= needed.y) return won;
  // Rows beyond the grid must not alias with cells of it.
  const keyOf = (column: number, row: number): number =>
    column < 0 || column >= grid.columns ? Number.NaN : row * grid.columns + column;
  const byKey = new Map(won.map((cell) => [keyOf(cell.column, cell.row), cell] as const));
  const reach = {
    across: Math.max(Math.ceil((needed.x / pitchX - 1) / 2), 0),
    up: Math.max(Math.ceil((needed.y / pitchY - 1) / 2), 0),
  };
  return regionsOf(byKey, grid.columns).flatMap((region) => {
    const cell = innermost(region, reach, keyOf);
    return cell === null ? [] : [cell];
  });
}
