import { describe, expect, it } from 'vitest';
import { key } from '../math/rng.ts';
import { type PolicyBatch, sliceTasks, subsampleRows } from './policy-batch.ts';

/** Row r observes [r, −r], acts r and is worth 10 r. */
const batch: PolicyBatch = {
  taskCount: 3,
  observationSize: 2,
  actionSize: 1,
  offsets: Int32Array.of(0, 40, 43, 60),
  observations: Float32Array.from({ length: 120 }, (_, at) => (at % 2 === 0 ? at >> 1 : -(at >> 1))),
  actions: Float32Array.from({ length: 60 }, (_, at) => at),
  advantages: Float32Array.from({ length: 60 }, (_, at) => 10 * at),
};

describe('sliceTasks', () => {
  it('keeps the rows of the tasks asked for', () => {
    const slice = sliceTasks(batch, 1, 3);
    expect(slice.taskCount).toBe(2);
    expect([...slice.offsets]).toEqual([0, 3, 20]);
    expect([...slice.actions].slice(0, 3)).toEqual([40, 41, 42]);
    expect(slice.observations.slice(0, 2)).toEqual(Float32Array.of(40, -40));
    expect(slice.advantages).toHaveLength(20);
  });
});

describe('subsampleRows', () => {
  it('draws distinct rows of each task, whole and in order', () => {
    const sample = subsampleRows(batch, 10, key(1));
    expect([...sample.offsets]).toEqual([0, 10, 13, 23]);
    const rows = [...sample.actions];
    expect(new Set(rows).size).toBe(23);
    expect([...rows].sort((a, b) => a - b)).toEqual(rows);
    expect(rows.slice(10, 13)).toEqual([40, 41, 42]);
    rows.forEach((row, at) => {
      expect(sample.advantages[at]).toBe(10 * row);
      expect(sample.observations[2 * at + 1]).toBe(row === 0 ? -0 : -row);
    });
  });

  it('draws by key, and for a share of the tasks what it draws for all', () => {
    const sample = subsampleRows(batch, 10, key(1));
    expect(subsampleRows(batch, 10, key(1))).toEqual(sample);
    expect(subsampleRows(batch, 10, key(2)).actions).not.toEqual(sample.actions);
    const share = subsampleRows(sliceTasks(batch, 1, 3), 10, key(1), 1);
    expect(share.actions).toEqual(sliceTasks(sample, 1, 3).actions);
  });
});
