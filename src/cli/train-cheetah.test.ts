// The half-cheetah from the command line: threads change no number, and the evaluation says what a mean would hide.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const source = join(mkdtempSync(join(tmpdir(), 'metascope-')), 'tiny.json');
writeFileSync(
  source,
  JSON.stringify({
    ...CHEETAH_PRESETS[0].experiment,
    hiddenWidths: [6],
    trajectoriesPerTask: 2,
    testTrajectories: 2,
    horizon: 10,
  }),
);

function train(...args: string[]) {
  const options = ['--iterations', '2', '--tasks', '5', '--json', ...args];
  const done = spawnSync(process.execPath, ['--import', 'tsx', MAIN, 'train', source, ...options], {
    encoding: 'utf8',
  });
  expect(done.stderr).not.toMatch(/error/i);
  return JSON.parse(done.stdout.trimEnd().split('\n').at(-1) ?? '');
}

it('trains DIR with the same bits in one thread and in two, and tells both directions', () => {
  const alone = train('--threads', '1');
  expect(alone).toMatchObject({ engine: 'fused-wasm', iterations: 2, diverged: [] });
  const [before] = alone.evaluation.adaptationCurve;
  const { forwards, backwards } = before.cheetah;
  expect([forwards.tasks, backwards.tasks]).toEqual([3, 2]);
  expect((3 * forwards.meanReturn + 2 * backwards.meanReturn) / 5).toBeCloseTo(before.meanReturn, 9);
  // A cost only lowers the return.
  expect(forwards.meanReturn).toBeLessThan(10 * forwards.velocity);
  expect(train('--threads', '2').evaluation).toEqual(alone.evaluation);
}, 60_000);
