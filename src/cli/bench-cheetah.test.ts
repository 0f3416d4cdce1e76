import { describe, expect, it } from 'vitest';
import { type CheetahBench, formatCheetahBench, measureCheetah, workerCounts } from './bench-cheetah.ts';
import { openCrew } from './policy-engines.ts';

const TIMES = { msPerStep: 214.4, rollOutMs: 56, innerMs: 45, outerMs: 117, rounds: 5 };
const BENCH: CheetahBench = {
  physics: { stepsPerSecond: 383_400 },
  race: { ours: 460_000, mujoco: 17_000 },
  rollOuts: [
    { workers: 1, stepsPerSecond: 80_000, bestStepsPerSecond: 85_000, ratio: 1, rounds: 7 },
    { workers: 2, stepsPerSecond: 152_000, bestStepsPerSecond: 160_000, ratio: 1.9, rounds: 7 },
  ],
  sessions: [{ case: 'cheetah-dir-maml-live', workers: 2, ...TIMES }],
};

describe('the figures of the half-cheetah', () => {
  it('counts workers from one to as many as there are', () => {
    expect(workerCounts(1)).toEqual([1]);
    expect(workerCounts(3)).toEqual([1, 2, 3]);
    expect(workerCounts(4)).toEqual([1, 2, 3, 4]);
    expect(workerCounts(8)).toEqual([1, 2, 3, 4, 8]);
    expect(workerCounts(12)).toEqual([1, 2, 3, 4, 8, 12]);
  });

  it('are told with their ratios: to MuJoCo, to one worker, per worker', () => {
    const text = formatCheetahBench(BENCH);
    expect(text).toContain('physics alone, one thread, actions in ±0.3: 383,000');
    expect(text).toContain('460,000 to 17,000, 27.1 times');
    expect(text).toMatch(/\n {7}2 +152,000 +160,000 +1\.90 +76,000 +7\n/);
    expect(text).toMatch(/cheetah-dir-maml-live +2 +214 +56 +45 +117 +5/);
    const alone = formatCheetahBench({ ...BENCH, race: { unavailable: 'No such package.' } });
    expect(alone).toContain('not measured. No such package.');
  });

  it('are measured in turns; without MuJoCo, why', async () => {
    const opened: number[] = [];
    const disposed: number[] = [];
    const measured = await measureCheetah(
      { seconds: 0, workers: [1, 2] },
      {
        clock: () => performance.now(),
        // What a pool does is its own tests' affair (policy-pool.test.ts): here the second is the first once more.
        async openPool(workers) {
          opened.push(workers);
          const crew = await openCrew('fused-wasm', 1);
          return {
            ...crew,
            dispose() {
              disposed.push(workers);
              crew.dispose();
            },
          };
        },
        race: () => Promise.reject(new Error('No such package.')),
        onProgress: () => {},
      },
    );
    expect(measured.race).toEqual({ unavailable: 'No such package.' });
    expect(measured.physics.stepsPerSecond).toBeGreaterThan(1000);
    expect(measured.rollOuts).toHaveLength(2);
    for (const { stepsPerSecond, bestStepsPerSecond, rounds } of measured.rollOuts) {
      expect(rounds).toBe(3);
      expect(bestStepsPerSecond).toBeGreaterThanOrEqual(stepsPerSecond);
    }
    expect(measured.rollOuts[0]!.ratio).toBe(1);
    expect(measured.sessions.map((row) => [row.case, row.workers])).toEqual([
      ['cheetah-dir-maml-live', 1],
      ['cheetah-dir-maml-live', 2],
      ['cheetah-vel-maml-live', 1],
      ['cheetah-vel-maml-live', 2],
    ]);
    expect([opened, disposed]).toEqual([
      [1, 2],
      [1, 2],
    ]);
  }, 120_000);
});
