// Meta-RL from the command line: what goes to stdout, that threads change no number, and that a run file can be
// evaluated again.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { NAVIGATION_PRESETS } from '../experiment/navigation-presets.ts';
import { policyPointsOf } from '../records/recorded-points.ts';
import { describeRunFileIssue, readRunFile } from '../records/run-file.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'metascope-'));
const source = join(folder, 'tiny.json');
const run = join(folder, 'run.json');
writeFileSync(
  source,
  JSON.stringify({
    ...NAVIGATION_PRESETS[0].experiment,
    hiddenWidths: [6],
    metaBatchSize: 3,
    maxReplayedTasks: 1,
    trajectoriesPerTask: 3,
    testTrajectories: 3,
    horizon: 10,
  }),
);

function cli(...args: string[]) {
  return spawnSync(process.execPath, ['--import', 'tsx', MAIN, ...args], { encoding: 'utf8' });
}

const lastLine = (text: string) => JSON.parse(text.trimEnd().split('\n').at(-1) ?? '');
const OPTIONS = ['--iterations', '3', '--seed', '4', '--algorithms', 'maml,random', '--tasks', '6', '--json'];

describe('train and evaluate a policy', () => {
  it('evaluates the run files of version 1', () => {
    const old = fileURLToPath(new URL('../records/fixtures/version-1-navigation.json', import.meta.url));
    const { evaluation, tasks = 6 } = JSON.parse(readFileSync(old, 'utf8'));
    const again = cli('evaluate', old, '--tasks', String(tasks), '--threads', '1', '--json');
    expect(lastLine(again.stdout).evaluation).toEqual(evaluation);
  }, 60_000);

  it('prints the documented shape, the same with any number of threads, and evaluates its run file alike', () => {
    const trained = cli('train', source, ...OPTIONS, '--threads', '1', '--out', run);
    expect(trained.stderr).not.toMatch(/error/i);
    expect(trained.status).toBe(0);
    const result = lastLine(trained.stdout);
    expect(result.experiment).toMatchObject({ seed: 4, metaIterations: 3, algorithms: ['maml', 'random'] });
    expect(result).toMatchObject({ engine: 'fused-wasm', iterations: 3, diverged: [], stalled: [] });
    expect(result.metrics.maml.returnAfter).toHaveLength(3);
    expect(result.secondsPerPhase.maml.total).toBeGreaterThan(0);
    const curve = result.evaluation.adaptationCurve;
    expect(result.evaluation.tasks).toBe(6);
    expect(curve.map(({ steps }: { steps: number }) => steps)).toEqual([0, 1, 2, 3, 4]);
    expect(Object.keys(curve[0])).toEqual(['steps', 'meanReturn', 'standardError', 'q25', 'q75']);
    expect(result.evaluation.algorithms.maml.adaptationCurve).toEqual(curve);

    const pooled = cli('train', source, ...OPTIONS, '--threads', '2');
    expect(pooled.stderr).not.toMatch(/error/i);
    expect(lastLine(pooled.stdout).evaluation).toEqual(result.evaluation);

    const kept = readRunFile(readFileSync(run, 'utf8'));
    if (kept.kind === 'refused') throw new Error(describeRunFileIssue(kept.issue));
    const { record } = kept;
    expect(record.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3]);
    for (const recorded of record.runs) {
      const points = policyPointsOf(recorded);
      expect(points.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3]);
      expect(points.map(({ tasks }) => tasks)).toEqual([6, 6, 6, 6]);
      const { adaptationCurve: last } = result.evaluation.algorithms[recorded.algorithm];
      for (const [i, { meanReturn }] of last.entries()) {
        expect(points.at(-1)!.meanReturn[i]).toBe(Number(meanReturn.toPrecision(5)));
      }
    }
    expect(policyPointsOf(record.runs[0]!)[1]!.meanReturn).not.toEqual(
      policyPointsOf(record.runs[0]!)[2]!.meanReturn,
    );

    const evaluated = cli('evaluate', run, '--tasks', '6', '--threads', '1', '--json');
    expect(evaluated.status).toBe(0);
    expect(lastLine(evaluated.stdout).evaluation).toEqual(result.evaluation);
  }, 60_000);

  it('refuses damaged run files and options of other labs with what is wrong', () => {
    const file = JSON.parse(readFileSync(run, 'utf8'));
    file.checkpoints[3].runs[1].metaParams.f32 = 'AAAA';
    const damaged = join(folder, 'damaged.json');
    writeFileSync(damaged, JSON.stringify(file));
    const { status, stderr } = cli('evaluate', damaged);
    expect(status).toBe(2);
    expect(stderr).toMatch(
      /checkpoints\[3\]\.runs\[1\]\.metaParams: must be a list of 34 finite numbers; got f32 text of 4/,
    );
    expect(cli('train', source, '--checkpoints', '5').stderr).toMatch(/give --out, too/);
    expect(cli('train', source, '--out', run, '--precision', 'f8').stderr).toMatch(
      /--precision must be f16 or f32/,
    );
    expect(cli('train', 'navigation-maml-live', '--seeds', '3').stderr).toMatch(/--seeds means nothing/);
    expect(cli('train', 'sinusoid-live', '--threads', '2').stderr).toMatch(/--threads means nothing/);
    expect(cli('train', 'navigation-maml-live', '--engine', 'steam').stderr).toMatch(/no engine “steam”/);
  }, 60_000);
});
