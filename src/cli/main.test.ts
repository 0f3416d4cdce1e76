// The command line from outside: exit codes, what goes to stdout, and that a run file can be evaluated again.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { heldOutPointsOf, sinusoidPointsOf } from '../records/recorded-points.ts';
import { describeRunFileIssue, readRunFile } from '../records/run-file.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metascope-'));

function cli(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...args], { encoding: 'utf8' });
}

const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');

describe('train and evaluate', () => {
  const path = join(folder, 'run.json');
  const options = [
    '--iterations',
    '12',
    '--algorithms',
    'maml,rmaml',
    '--tasks',
    '24',
    '--engine',
    'reference',
  ];

  it('prints one JSON object in the documented shape and writes a run file that evaluates to the same', () => {
    const trained = cli(
      'train',
      'sinusoid-live',
      ...options,
      '--seed',
      '3',
      '--out',
      path,
      '--checkpoints',
      '5',
      '--json',
    );
    expect(trained.stderr).not.toMatch(/error/i);
    expect(trained.status).toBe(0);
    const result = lastLine(trained.stdout);
    expect(result.experiment).toMatchObject({ seed: 3, metaIterations: 12, algorithms: ['maml', 'rmaml'] });
    expect(result).toMatchObject({ engine: 'reference', iterations: 12, diverged: [] });
    expect(result.seconds).toBeGreaterThan(0);
    expect(result.metrics.rmaml.queryLoss).toHaveLength(12);
    const curve = result.evaluation.adaptationCurve;
    expect(curve).toHaveLength(3 * 11);
    expect(Object.keys(curve[0])).toEqual([
      'supportSize',
      'steps',
      'mean',
      'median',
      'q25',
      'q75',
      'diverged',
    ]);
    expect(result.evaluation.algorithms.maml.adaptationCurve).toEqual(curve);

    const kept = readRunFile(readFileSync(path, 'utf8'));
    if (kept.kind === 'refused') throw new Error(describeRunFileIssue(kept.issue));
    const iterations = kept.record.checkpoints.map(({ iteration }) => iteration);
    expect(iterations).toEqual([0, 1, 4, 8, 12]);
    for (const recorded of kept.record.runs) {
      expect(sinusoidPointsOf(recorded).map(({ iteration }) => iteration)).toEqual(iterations);
      expect(heldOutPointsOf(recorded).map(({ iteration }) => iteration)).toEqual(iterations);
    }

    const evaluated = cli('evaluate', path, '--tasks', '24', '--engine', 'reference', '--json');
    expect(evaluated.status).toBe(0);
    expect(lastLine(evaluated.stdout).evaluation).toEqual(result.evaluation);
  }, 60_000);

  it('refuses damaged run files with what is wrong', () => {
    const file = JSON.parse(readFileSync(path, 'utf8'));
    file.checkpoints.at(-1).runs[0].metaParams.f32 = 'AAAA';
    const damaged = join(folder, 'damaged.json');
    writeFileSync(damaged, JSON.stringify(file));
    const { status, stderr } = cli('evaluate', damaged);
    expect(status).toBe(2);
    expect(stderr).toMatch(/runs\[0\]\.metaParams: must be a list of 1761 finite numbers/);
  }, 60_000);
});

describe('check', () => {
  it('grades a golden case and passes its exit code on', () => {
    const golden = fileURLToPath(new URL('../gradients/fixtures/maml-relu-1.json', import.meta.url));
    const { status, stdout } = cli('check', golden, '--engine', 'reference', '--compare');
    expect(status).toBe(0);
    expect(lastLine(stdout).metaGradient.length).toBeGreaterThan(0);
    const wrong = JSON.parse(readFileSync(golden, 'utf8'));
    wrong.expected.metaLoss += 1;
    const path = join(folder, 'wrong.json');
    writeFileSync(path, JSON.stringify(wrong));
    expect(cli('check', path, '--engine', 'reference', '--compare').status).toBe(1);
  }, 30_000);
});

describe('bad arguments', () => {
  it.each([
    [[], /Usage/],
    [['fly'], /no command “fly”/],
    [['train'], /Missing argument/],
    [['train', 'sinusoid-live', '--speed', '3'], /Known options: --iterations/],
    [['train', 'sinusoid-live', '--iterations', 'many'], /--iterations must be a whole number/],
    [['train', 'sinusoid-live', '--engine', 'steam'], /no engine “steam”/],
    [['evaluate', 'nowhere.json'], /no file nowhere.json/],
  ])(
    '%j: a message and exit code 2',
    (args, message) => {
      const { status, stdout, stderr } = cli(...args);
      expect(status).toBe(2);
      expect(stderr + stdout).toMatch(message);
      expect(stderr).not.toMatch(/\n {4}at /);
    },
    30_000,
  );
});
