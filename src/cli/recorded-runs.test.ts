// The runs that come with the page (public/runs): each is a good run file of at most 400 kB with the checkpoints that
// scrubbing needs, the list tells the truth of them, and their policies do again what the files say they did.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PolicyCrew } from '../algorithms/meta-rl/crew.ts';
import { mergeRecords } from '../records/merge-records.ts';
import { policyPointsOf } from '../records/recorded-points.ts';
import { readRunIndex } from '../records/run-index.ts';
import { evaluatePolicy } from '../training/policy-evaluation.ts';
import { openRecordFile } from './keeping.ts';
import { openCrew } from './policy-engines.ts';

const FOLDER = fileURLToPath(new URL('../../public/runs/', import.meta.url));
const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json') && name !== 'index.json');
const index = readRunIndex(readFileSync(`${FOLDER}index.json`, 'utf8')) ?? [];

/** In their usual order. */
const RACE = ['maml', 'fomaml', 'reptile', 'rmaml', 'pretrained'];

let crew: PolicyCrew;
beforeAll(async () => {
  crew = await openCrew('fused-wasm', 1);
});
afterAll(() => crew.dispose());

describe('the recorded runs', () => {
  it('are all in the list, and nothing else', () => {
    expect(files.length).toBeGreaterThan(0);
    expect(index.map(({ file }) => file).sort()).toEqual([...files].sort());
  });

  it.each(['dir', 'vel', 'noise-vel'])('of %s join into one race of five algorithms', (family) => {
    const chosen = index.filter((entry) => entry.family === family);
    const seed = chosen[0]!.seed;
    const records = chosen
      .filter((entry) => entry.seed === seed)
      .map(({ file }) => openRecordFile(FOLDER + file));
    const race = mergeRecords(records)!;
    expect(race.runs.map(({ algorithm }) => algorithm)).toEqual(RACE);
    expect(race.iterations).toBe(records[0]!.iterations);
    expect(race.checkpoints.length).toBeGreaterThanOrEqual(20);
  });

  it.each(files)('%s', async (file) => {
    const bytes = statSync(FOLDER + file).size;
    expect(bytes).toBeLessThanOrEqual(400_000);
    const record = openRecordFile(FOLDER + file);
    const { experiment, iterations, seconds, title, runs, checkpoints } = record;
    if (experiment.lab !== 'cheetah') throw new Error(`${file}: a recorded run of the ${experiment.lab} lab`);
    expect(runs).toHaveLength(1);
    const [run] = runs;
    expect(run!.divergedAt).toBeNull();
    expect(checkpoints.length).toBeGreaterThanOrEqual(20);
    expect(checkpoints[0]!.iteration).toBe(0);
    const points = policyPointsOf(run!);
    expect(points.map(({ iteration }) => iteration)).toEqual(checkpoints.map(({ iteration }) => iteration));
    const end = points.at(-1)!;
    const { algorithms, seed, preset, family, convention } = experiment;
    expect(index.find((entry) => entry.file === file)).toEqual({
      ...{ file, title, lab: 'cheetah', preset, family, convention, scale: expect.any(String) },
      ...{ algorithms, seed, iterations, seconds, bytes, returns: [end.meanReturn] },
    });

    // One slice of the test tasks: draws depend on the task alone, so these are the first of what was measured then.
    const tasks = 4;
    const subject = { ...checkpoints.at(-1)!.runs[0]!, iteration: iterations };
    const evaluation = evaluatePolicy(crew, experiment, subject, tasks);
    let step = await evaluation.next();
    while (step.done !== true) step = await evaluation.next();
    const digits = (values: readonly number[]) => values.slice(0, tasks).map((x) => Number(x.toPrecision(5)));
    expect(step.value.returnsByTask.map(digits)).toEqual(end.returnsByTask.map(digits));
  });
});
