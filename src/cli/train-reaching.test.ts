import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { findPreset } from '../experiment/labs.ts';
import { mean, quantile } from '../math/statistics.ts';
import { seedsOutcome } from '../training/reaching-seeds.ts';
import { parseStrategies } from './train-reaching.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

function train(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', MAIN, 'train', ...args], { encoding: 'utf8' });
}

describe('train in the Reaching lab', () => {
  it('prints the final distances and how often each strategy is nearest as one JSON object', () => {
    const { status, stdout } = train('reaching-figure-3', '--seeds', '7', '--seed', '3', '--json');
    expect(status).toBe(0);
    const { experiment, seeds, seconds, evaluation } = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
    const preset = findPreset('reaching-figure-3')!.experiment;
    expect(experiment).toEqual({ ...preset, seed: 3 });
    expect(seeds).toBe(7);
    expect(seconds).toBeGreaterThan(0);
    const outcome = seedsOutcome(experiment, 7);
    expect(Object.keys(evaluation.finalDistance)).toEqual(['uniform', 'easy', 'medium', 'hard']);
    for (const { strategy, finalDistances, winnerShare } of outcome.strategies) {
      expect(evaluation.finalDistance[strategy]).toEqual({
        mean: mean(finalDistances),
        median: quantile(finalDistances, 0.5),
        q25: quantile(finalDistances, 0.25),
        q75: quantile(finalDistances, 0.75),
      });
      expect(evaluation.winnerShare[strategy]).toBe(winnerShare);
    }
  }, 60_000);

  it('prints a table of the strategies asked for', () => {
    const options = ['--strategies', 'hard,easy', '--iterations', '20', '--seeds', '2'];
    const { status, stdout } = train('reaching-no-noise', ...options);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^2 seeds × 2 strategies × 20 iterations/);
    const rows = [...stdout.matchAll(/^(\w+) +\d+\.\d{3}/gm)].map(([, name]) => name);
    expect(rows).toEqual(['easy', 'hard']);
  }, 60_000);

  it.each([
    [['reaching-figure-3', '--seeds', '0'], /--seeds must be a whole number from 1/],
    [['reaching-figure-3', '--engine', 'auto'], /--engine means nothing in the reaching lab/],
    [['reaching-figure-3', '--strategies', 'easy,odd'], /no strategy “odd”/],
    [['reaching-figure-3', '--iterations', '50000'], /iterations/],
    [['sinusoid-live', '--seeds', '3'], /--seeds means nothing in the sinusoid lab/],
    [['reaching-figure-4'], /no preset “reaching-figure-4”.*reaching-figure-3/],
  ])(
    '%j: a message and exit code 2',
    (args, message) => {
      const { status, stdout, stderr } = train(...args);
      expect(status).toBe(2);
      expect(stdout).toBe('');
      expect(stderr).toMatch(message);
      expect(stderr).not.toMatch(/\n {4}at /);
    },
    60_000,
  );
});

describe('parseStrategies', () => {
  it('gives each strategy once, in canonical order', () => {
    expect(parseStrategies('hard, uniform,hard')).toEqual(['uniform', 'hard']);
  });
});
