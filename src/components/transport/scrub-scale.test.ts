import { describe, expect, it } from 'vitest';
import { scrubNeighbour, scrubPosition, scrubTarget } from './scrub-scale.ts';

const CHECKPOINTS = [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512];

describe('the meta-iteration scrubber', () => {
  it('spans the run and stretches its beginning', () => {
    expect(scrubPosition(0, 10_000)).toBe(0);
    expect(scrubPosition(10_000, 10_000)).toBe(1);
    expect(scrubPosition(1000, 10_000)).toBeGreaterThan(0.45);
    expect(scrubPosition(5, 0)).toBe(0);
  });
  it('snaps to the nearest checkpoint and reads the current iteration and beyond as live', () => {
    const at = (iteration: number) => scrubPosition(iteration, 10_000);
    expect(scrubTarget(at(500), CHECKPOINTS, 900, 10_000)).toBe(512);
    expect(scrubTarget(0, CHECKPOINTS, 900, 10_000)).toBe(0);
    expect(scrubTarget(at(880), CHECKPOINTS, 900, 10_000)).toBeNull();
    expect(scrubTarget(1, CHECKPOINTS, 900, 10_000)).toBeNull();
    expect(scrubTarget(0.5, [], 900, 10_000)).toBeNull();
  });
  it('walks through the checkpoints and ends live', () => {
    expect(scrubNeighbour(null, CHECKPOINTS, -1)).toBe(512);
    expect(scrubNeighbour(512, CHECKPOINTS, -1)).toBe(256);
    expect(scrubNeighbour(0, CHECKPOINTS, -1)).toBe(0);
    expect(scrubNeighbour(256, CHECKPOINTS, 1)).toBe(512);
    expect(scrubNeighbour(512, CHECKPOINTS, 1)).toBeNull();
    expect(scrubNeighbour(null, CHECKPOINTS, 1)).toBeNull();
  });
});
