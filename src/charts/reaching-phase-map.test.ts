import { describe, expect, it } from 'vitest';
import type { PhaseCell } from '../training/reaching-outcome.ts';
import { assertDrawable, assertSound, PLAIN_VIEW, textsOf } from './chart-expectations.testing.ts';
import { contrast, themeOf } from './palette.ts';
import { cellRect, cellUnder, layoutReachingPhase } from './reaching-phase-map.ts';
import {
  describePhaseCell,
  describeReachingPhase,
  PHASE_WORDS,
  type ReachingPhaseData,
  tableReachingPhase,
  winnerOf,
} from './reaching-phase-words.ts';
import type { ChartView, Mark } from './scene.ts';

/** MEDIUM wins left of the middle, UNIFORM right of it, more often the further away; in the middle they tie. */
function cells(columns: number, rows: number): readonly PhaseCell[] {
  return Array.from({ length: columns * rows }, (_, i) => {
    const column = i % columns;
    const share = 0.5 + 0.5 * Math.abs((2 * column) / Math.max(columns - 1, 1) - 1);
    const medium = column < columns / 2;
    return {
      column,
      row: Math.floor(i / columns),
      winnerShares: Float32Array.of(medium ? 1 - share : share, 0, medium ? share : 1 - share, 0),
      medianDistances: Float32Array.of(1.5, 1.4, 0.41, 3),
    };
  });
}

const data = (columns = 9, rows = 6, more: Partial<ReachingPhaseData> = {}): ReachingPhaseData => ({
  x: {
    field: 'noiseShare',
    values: Array.from({ length: columns }, (_, i) => (0.8 * i) / Math.max(columns - 1, 1)),
  },
  y: { field: 'maxReplayedTasks', values: Array.from({ length: rows }, (_, i) => 2 * i) },
  seeds: 20,
  strategies: ['uniform', 'easy', 'medium', 'hard'],
  cells: cells(columns, rows),
  current: { column: 1, row: 1 },
  cursor: null,
  hasFocus: false,
  ...more,
});

const view = (width: number, height: number, more: Partial<ChartView> = {}): ChartView => ({
  ...PLAIN_VIEW,
  width,
  height,
  ...more,
});

const letters = (marks: readonly Mark[]) =>
  marks.flatMap((mark) => (mark.kind === 'text' && mark.role.startsWith('letter:') ? [mark] : []));

describe('layoutReachingPhase', () => {
  it('is sound at every size, theme and number of cells, empty, half full and full', () => {
    for (const [width, height] of [
      [316, 170],
      [480, 240],
      [700, 560],
    ] as const) {
      for (const theme of ['light', 'dark', 'forced'] as const) {
        for (const [columns, rows] of [
          [1, 1],
          [9, 6],
          [20, 20],
        ] as const) {
          const all = cells(columns, rows);
          for (const part of [[], all.slice(0, all.length / 2), all]) {
            const cursor = { column: columns - 1, row: rows - 1 };
            const one = data(columns, rows, { cells: part, cursor, hasFocus: true });
            assertSound(layoutReachingPhase(one, view(width, height, { theme: themeOf(theme) })));
          }
        }
      }
    }
    assertDrawable(layoutReachingPhase(data(), view(2, 2)));
  });

  it('gives a cell its winner’s hue, stronger the more often it wins, and leaves the others unfilled', () => {
    const scene = layoutReachingPhase(data(9, 6, { cells: cells(9, 6).slice(0, 3) }), view(480, 240));
    const filled = scene.marks.filter((mark) => mark.role.startsWith('cell:'));
    expect(filled.length).toBe(3);
    const fills = filled.map((mark) => (mark.kind === 'rect' ? (mark.fill ?? '') : ''));
    expect(fills[0]).toBe(themeOf('light').agents.medium.mark);
    const contrasts = fills.map((fill) => contrast(fill, '#FFFFFF'));
    expect(contrasts).toEqual([...contrasts].sort((a, b) => b - a));
    expect(contrasts[0]).toBeGreaterThan(contrasts[2]!);
  });

  it('letters every large cell, one cell per region where they are small, readably', () => {
    for (const name of ['light', 'dark'] as const) {
      const theme = themeOf(name);
      const large = layoutReachingPhase(data(), view(480, 240, { theme }));
      expect(letters(large.marks).length).toBe(54);
      const small = letters(layoutReachingPhase(data(20, 20), view(316, 170, { theme })).marks);
      expect(small.map((mark) => mark.text).sort()).toEqual(['M', 'U']);
      for (const letter of letters(large.marks)) {
        const cell = large.marks.find(
          (mark) =>
            mark.kind === 'rect' &&
            mark.role.startsWith('cell:') &&
            Math.abs(mark.rect.x + mark.rect.width / 2 - letter.x) < 0.01 &&
            Math.abs(mark.rect.y + mark.rect.height / 2 - letter.y) < 0.01,
        );
        if (cell?.kind !== 'rect') throw new Error('a letter off its cell');
        expect(contrast(letter.fill, cell.fill ?? '')).toBeGreaterThanOrEqual(4.5);
      }
    }
  });

  it('tiles the plot without gaps, row 0 at the bottom, and finds the cell under a point', () => {
    const scene = layoutReachingPhase(data(7, 5), view(316, 170));
    const first = cellRect(scene, { column: 0, row: 0 });
    expect(first.x).toBe(scene.plot.x);
    expect(first.y + first.height).toBe(scene.plot.y + scene.plot.height);
    for (let column = 0; column < 7; column++) {
      for (let row = 0; row < 5; row++) {
        const rect = cellRect(scene, { column, row });
        expect(cellUnder(scene, { x: rect.x + rect.width / 2, y: rect.y + rect.height / 2 })).toEqual({
          column,
          row,
        });
        if (column > 0) {
          const left = cellRect(scene, { column: column - 1, row });
          expect(left.x + left.width).toBe(rect.x);
        }
      }
    }
    expect(cellUnder(scene, { x: 1, y: 1 })).toBeNull();
  });

  it('outlines the present experiment and the cursor', () => {
    const roles = (one: ReachingPhaseData) =>
      layoutReachingPhase(one, view(316, 170)).marks.map((mark) => mark.role);
    expect(roles(data())).toContain('current');
    expect(roles(data(9, 6, { current: null, cursor: { column: 2, row: 2 } }))).toContain('cursor');
    expect(roles(data(9, 6, { current: { column: 20, row: 0 } }))).not.toContain('current');
  });

  it('names every strategy in the legend at 480 px, by letter at 316', () => {
    const words = (width: number) =>
      textsOf(layoutReachingPhase(data(), view(width, 240))).map((mark) => mark.text);
    expect(words(480)).toEqual(expect.arrayContaining(['UNIFORM', 'EASY', 'MEDIUM', 'HARD']));
    expect(words(316)).toEqual(expect.arrayContaining(['U', 'E', 'M', 'H']));
  });
});

it('breaks ties towards the first strategy', () => {
  const cell = { ...cells(1, 1)[0]!, winnerShares: Float32Array.of(0.25, 0.25, 0.25, 0.25) };
  expect(winnerOf(cell, ['uniform', 'easy', 'medium', 'hard'])?.strategy).toBe('uniform');
  expect(winnerOf(cell, [])).toBeNull();
});

it('describes the map and a cell, and tabulates', () => {
  expect(describePhaseCell(data(), { column: 0, row: 3 })).toBe(
    'noise share 0 %, MAX_L 6: MEDIUM nearest in 20 of 20 seeds, median 0.41',
  );
  expect(describePhaseCell(data(9, 6, { cells: [] }), { column: 4, row: 0 })).toBe(
    'noise share 40 %, MAX_L 0: not computed yet',
  );
  expect(describeReachingPhase(data())).toBe(
    'noise share × MAX_L, 54 of 54 cells: UNIFORM wins 30, MEDIUM 24.',
  );
  expect(describeReachingPhase(data(9, 6, { cells: [] }))).toBe('noise share × MAX_L: not computed yet.');
  expect(tableReachingPhase(data()).rows.length).toBe(54 * 4);
  expect(PHASE_WORDS.noiseShare.format(0.0842)).toBe('8.4 %');
});
