import { describe, expect, it } from 'vitest';
import { themeOf } from './palette.ts';
import { describeReturnGrid, layoutReturnGrid, type ReturnGridData, tableReturnGrid } from './return-grid.ts';
import { type ChartView, flatMarks, type RectMark } from './scene.ts';

const VIEW: ChartView = { width: 316, height: 200, theme: themeOf('light'), density: 'normal' };
const nameOf = (id: string) => id.toUpperCase();
const COUNTS = [5, 10, 20];

const DATA: ReturnGridData = {
  algorithm: 'maml',
  tasks: COUNTS,
  trajectories: COUNTS,
  cells: COUNTS.flatMap((tasks, i) =>
    COUNTS.map((trajectories, j) => ({
      tasks,
      trajectories,
      value: i + j < 3 ? -40 + 5 * i + 3 * j : null,
      progress: i === 2 && j === 1 ? 0.4 : null,
    })),
  ),
  current: { tasks: 20, trajectories: 20 },
};

const rectOf = (role: string, data = DATA, view = VIEW): RectMark => {
  const marks = flatMarks(layoutReturnGrid(data, view).marks);
  const mark = marks.find((one): one is RectMark => one.kind === 'rect' && one.role === role);
  if (mark === undefined) throw new Error(`no rectangle ${role}`);
  return mark;
};

describe('the grid of batch sizes', () => {
  it('has more tasks to the right, more trajectories upward, and frames the current sizes', () => {
    const low = rectOf('cell:5:5').rect;
    expect(rectOf('cell:20:5').rect.x).toBeGreaterThan(low.x + low.width);
    expect(rectOf('cell:5:20').rect.y + low.height).toBeLessThan(low.y);
    const frame = rectOf('current').rect;
    expect(rectOf('cell:20:20').rect.x).toBeGreaterThanOrEqual(frame.x);
    expect(flatMarks(layoutReturnGrid(DATA, VIEW).marks).at(-1)?.role).toBe('current');
  });

  it('colours by return, writes it, and leaves cells without one open', () => {
    expect(rectOf('cell:5:5').fill).not.toBe(rectOf('cell:10:10').fill);
    expect(rectOf('cell:20:20').fill).toBeNull();
    const texts = flatMarks(layoutReturnGrid(DATA, VIEW).marks).flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
    expect(texts).toContain('−40.0');
    expect(texts).toContain('40 %');
    const forced = rectOf('cell:5:5', DATA, { ...VIEW, theme: themeOf('forced') });
    expect(forced.fill).toBeNull();
  });

  it('says the best and the worst, and lists all', () => {
    expect(describeReturnGrid(DATA, nameOf)).toBe(
      'MAML, best of 6: −30.0 with 20 tasks of 5 trajectories; worst −40.0 with 5 tasks of 5 trajectories.',
    );
    expect(tableReturnGrid(DATA).rows).toHaveLength(9);
    const empty = { ...DATA, cells: DATA.cells.map((cell) => ({ ...cell, value: null })) };
    expect(describeReturnGrid(empty, nameOf)).toBe('Nothing computed yet.');
  });
});
