import { describe, expect, it } from 'vitest';
import { key, uniform } from '../../math/rng.ts';
import { createPolicyMemory } from './policy-memory.ts';

function open(start = 100) {
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, blocks: createPolicyMemory(memory, start) };
}

describe('blocks', () => {
  it('begin cache lines after what is not theirs, and never overlap', () => {
    const { memory, blocks } = open();
    const alive = new Map<number, number>();
    const draws = uniform(key(3), 4000, 0, 1);
    for (let step = 0; step < 2000; step++) {
      const size = 1 + Math.floor(draws[2 * step]! * 5000);
      if (alive.size > 40 || (alive.size > 0 && draws[2 * step + 1]! < 0.4)) {
        const [at] = [...alive][Math.floor(draws[2 * step]! * alive.size)]!;
        blocks.free(at);
        alive.delete(at);
        continue;
      }
      const at = blocks.allocate(size);
      expect(at % 64).toBe(0);
      expect(at).toBeGreaterThanOrEqual(100);
      expect(at + size).toBeLessThanOrEqual(memory.buffer.byteLength);
      const overlaps = ([other, length]: [number, number]) => at < other + length && other < at + size;
      expect([...alive].filter(overlaps)).toEqual([]);
      alive.set(at, size);
    }
    for (const at of alive.keys()) blocks.free(at);
    expect(blocks.usedBytes).toBe(0);
    // All of it is one gap again.
    expect(blocks.allocate(100_000)).toBe(128);
  });

  it('grow the memory, and the views with it', () => {
    const { memory, blocks } = open();
    const before = blocks.views();
    const at = blocks.allocate(200_000);
    const after = blocks.views();
    expect(after.floats.buffer).toBe(memory.buffer);
    expect(after === before).toBe(false);
    expect(blocks.views()).toBe(after);
    blocks.free(at);
    blocks.free(at);
    expect(blocks.usedBytes).toBe(0);
  });

  it('are refused beyond what a page may take', () => {
    expect(() => open().blocks.allocate(2 ** 30)).toThrow(
      /these timesteps need 1025 MiB, expected at most 1024 MiB/,
    );
  });
});
