import { describe, expect, it } from 'vitest';
import { REACHING_LAB } from '../experiment/labs.ts';
import { REACHING_FIGURE_3 as figure3 } from '../experiment/reaching-experiment.testing.ts';
import { checkPatchIn } from '../experiment/schema.ts';
import { phaseAxis, withPhaseCell, withPhaseValue } from './phase-axes.ts';
import { coarseToFine, PhaseMap, phaseMap } from './phase-map.ts';
import { PHASE_FIELDS, type PhaseCell, type PhaseMapRequest } from './reaching-outcome.ts';
import { seedsOutcome } from './reaching-seeds.ts';

const request: PhaseMapRequest = {
  x: { field: 'noiseShare', values: [0, 0.3, 0.6] },
  y: { field: 'maxReplayedTasks', values: [0, 15] },
  seeds: 4,
};

const byPlace = (cells: readonly PhaseCell[]) =>
  cells.toSorted((a, b) => a.row - b.row || a.column - b.column);

describe('phaseMap', () => {
  it('says of each cell what its experiment’s seeds say', () => {
    const cells = phaseMap(figure3, request);
    expect(cells).toHaveLength(6);
    for (const cell of cells) {
      const { strategies } = seedsOutcome(withPhaseCell(figure3, request, cell), 4);
      strategies.forEach(({ winnerShare, median }, s) => {
        expect(cell.winnerShares[s]).toBe(Math.fround(winnerShare));
        expect(cell.medianDistances[s]).toBe(Math.fround(median.at(-1)!));
      });
    }
  });

  it('ties all strategies where nothing is replayed', () => {
    const [first] = phaseMap(figure3, request);
    expect([...first!.winnerShares]).toEqual([0.25, 0.25, 0.25, 0.25]);
  });

  it('gives the same cells for the same seed and for swapped axes', () => {
    const cells = phaseMap(figure3, request);
    expect(phaseMap(figure3, request)).toEqual(cells);
    const swapped = phaseMap(figure3, { ...request, x: request.y, y: request.x });
    const mirrored = swapped.map((cell) => ({ ...cell, column: cell.row, row: cell.column }));
    expect(byPlace(mirrored)).toEqual(byPlace(cells));
  });

  it('hands cells over as they are finished, each once', () => {
    const job = new PhaseMap(figure3, request);
    const cells: PhaseCell[] = [];
    while (job.advance()) cells.push(...job.takeCells());
    cells.push(...job.takeCells());
    expect(job.finished).toBe(6);
    expect(cells).toEqual(phaseMap(figure3, request));
  });
});

describe('coarseToFine', () => {
  it.each([
    [20, 20],
    [1, 1],
    [7, 3],
    [1, 9],
  ])('visits each cell of %i × %i once', (columns, rows) => {
    const visited = [...coarseToFine(columns, rows)].map(({ column, row }) => row * columns + column);
    expect(visited.toSorted((a, b) => a - b)).toEqual(Array.from({ length: columns * rows }, (_, i) => i));
  });

  it('covers every second row and column with the first quarter', () => {
    const quarter = [...coarseToFine(20, 20)].slice(0, 100);
    expect(quarter.every(({ column, row }) => column % 2 === 0 && row % 2 === 0)).toBe(true);
  });
});

describe('withPhaseValue', () => {
  it('keeps the number of tasks and the proportion of the noise clouds', () => {
    const uneven = { ...figure3, firstNoiseCount: 75, secondNoiseCount: 25 };
    expect(withPhaseValue(uneven, 'noiseShare', 0.6)).toMatchObject({
      mainCount: 120,
      firstNoiseCount: 135,
      secondNoiseCount: 45,
    });
    const none = { ...figure3, firstNoiseCount: 0, secondNoiseCount: 0 };
    expect(withPhaseValue(none, 'noiseShare', 0.5)).toMatchObject({
      mainCount: 100,
      firstNoiseCount: 50,
      secondNoiseCount: 50,
    });
    expect(withPhaseValue(figure3, 'noiseShare', 0)).toMatchObject({ mainCount: 300, firstNoiseCount: 0 });
  });

  it('moves the noise clouds along their lines from the main centre', () => {
    const moved = withPhaseValue({ ...figure3, mainX: 2, mainY: 4 }, 'noiseDistance', 3);
    // From (2, 4): (−6, 1)/√37 and (3, 0)/3.
    expect(moved.firstNoiseX).toBeCloseTo(2 - 18 / Math.sqrt(37), 12);
    expect(moved.firstNoiseY).toBeCloseTo(4 + 3 / Math.sqrt(37), 12);
    expect([moved.secondNoiseX, moved.secondNoiseY]).toEqual([5, 4]);
  });

  it('gives clouds without a direction one', () => {
    const equal = { ...figure3, firstNoiseX: 0, firstNoiseY: 0, secondNoiseX: 0, secondNoiseY: 0 };
    const moved = withPhaseValue(equal, 'noiseDistance', 2);
    expect(moved).toMatchObject({ firstNoiseX: -2, firstNoiseY: 0, secondNoiseX: 2, secondNoiseY: 0 });
  });

  it('rounds counts and keeps MAX_L at most M', () => {
    expect(withPhaseValue(figure3, 'maxReplayedTasks', 99).maxReplayedTasks).toBe(20);
    expect(withPhaseValue(figure3, 'metaBatchSize', 9.6)).toMatchObject({
      metaBatchSize: 10,
      maxReplayedTasks: 10,
    });
    expect(withPhaseValue(figure3, 'iterations', -3).iterations).toBe(1);
    expect(withPhaseValue(figure3, 'stepSize', 0.25).stepSize).toBe(0.25);
    expect(withPhaseValue(figure3, 'stepSize', 9).stepSize).toBe(2);
  });

  it('sets M before MAX_L in a cell of both, whichever axis is which', () => {
    const x = { field: 'maxReplayedTasks', values: [30] } as const;
    const y = { field: 'metaBatchSize', values: [40] } as const;
    const expected = { metaBatchSize: 40, maxReplayedTasks: 30 };
    const cell = { column: 0, row: 0 };
    expect(withPhaseCell(figure3, { x, y, seeds: 1 }, cell)).toMatchObject(expected);
    expect(withPhaseCell(figure3, { x: y, y: x, seeds: 1 }, cell)).toMatchObject(expected);
  });
});

describe('withPhaseValue at the edges', () => {
  it.each(PHASE_FIELDS)('gives a valid experiment for whatever %s', (field) => {
    const places = [
      figure3,
      { ...figure3, firstNoiseCount: 0, secondNoiseCount: 0, firstNoiseX: 0, firstNoiseY: 0 },
      { ...figure3, metaBatchSize: 1000, maxReplayedTasks: 1000, iterations: 500 },
    ];
    for (const experiment of places) {
      for (const value of [-1, 0, 0.5, 1, 2.4, 50, 1e6]) {
        const changed = withPhaseValue(experiment, field, value);
        expect(checkPatchIn(REACHING_LAB, experiment, { ...changed }).issues).toEqual([]);
      }
    }
  });
});

describe('phaseAxis', () => {
  it.each(PHASE_FIELDS)('offers ascending values of %s that stay what they are when set', (field) => {
    const { values } = phaseAxis(field, figure3, 20);
    expect(values.length).toBeGreaterThan(10);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1]!);
    for (const value of values) {
      const changed = withPhaseValue(figure3, field, value);
      expect(checkPatchIn(REACHING_LAB, figure3, { ...changed })).toEqual({
        experiment: changed,
        issues: [],
      });
      if (Object.hasOwn(changed, field)) expect({ ...changed }[field as 'stepSize']).toBe(value);
    }
  });

  it('offers each count once', () => {
    const few = phaseAxis('maxReplayedTasks', { ...figure3, metaBatchSize: 4 }, 20);
    expect(few.values).toEqual([0, 1, 2, 3, 4]);
  });
});
