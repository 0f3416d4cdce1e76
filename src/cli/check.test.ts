import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { check } from './check.ts';

const CASE = fileURLToPath(new URL('../gradients/fixtures/rmaml-layer.json', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'check-'));
afterAll(() => rmSync(folder, { recursive: true }));

let printed: string[];
let complained: string[];
beforeEach(() => {
  printed = [];
  complained = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});
afterEach(() => vi.restoreAllMocks());

function caseFile(name: string, change: (json: Record<string, Record<string, unknown>>) => unknown): string {
  const path = join(folder, name);
  writeFileSync(path, JSON.stringify(change(JSON.parse(readFileSync(CASE, 'utf8')))));
  return path;
}

describe('check', () => {
  it('prints the quantities in the shape of `expected`', async () => {
    expect(await check([CASE, '--engine', 'reference'])).toBe(0);
    const { expected } = JSON.parse(readFileSync(CASE, 'utf8'));
    const computed = JSON.parse(printed[0]!);
    expect(Object.keys(computed).sort()).toEqual(Object.keys(expected).sort());
    expect(computed.alphaGradient).toHaveLength(expected.alphaGradient.length);
  });

  it('compares on the default engine', async () => {
    expect(await check([CASE, '--compare'])).toBe(0);
    expect(complained.join()).toContain('composed-wasm');
  });

  it('compares on the fused engine, by its short name too', async () => {
    expect(await check([CASE, '--compare', '--engine', 'fused'])).toBe(0);
    expect(complained.join()).toContain('(fused-wasm)');
  });

  const rlCase = (name: string) =>
    fileURLToPath(new URL(`../gradients/fixtures/${name}.json`, import.meta.url));

  it.each(['rl-maml-1', 'rl-maml-2', 'rl-advantages-1', 'rl-advantages-2'])('compares %s', async (name) => {
    expect(await check([rlCase(name), '--compare'])).toBe(0);
    const { expected } = JSON.parse(readFileSync(rlCase(name), 'utf8'));
    expect(Object.keys(JSON.parse(printed[0]!)).sort()).toEqual(Object.keys(expected).sort());
    expect(complained.join()).toMatch(
      /every entry within .*\((reference|float64, the same beside every engine)\)/,
    );
  });

  it.each(['fused', 'reference', 'composed-cpu', 'composed'])(
    'judges rl-* cases as %s computes them',
    async (engine) => {
      for (const name of ['rl-maml-1', 'rl-maml-2', 'rl-advantages-1']) {
        expect(await check([rlCase(name), '--compare', '--engine', engine])).toBe(0);
      }
      expect(complained[0]).toContain(engine);
    },
  );

  it('tells an engine that is off, in gradients and in curvature', async () => {
    const json = JSON.parse(readFileSync(rlCase('rl-maml-1'), 'utf8'));
    json.expected.klHessianVector = json.expected.klHessianVector.map((value: number) => 1.01 * value);
    json.expected.metaGradient = json.expected.metaGradient.map((value: number) => 1.0005 * value);
    const path = join(folder, 'rl-curvature.json');
    writeFileSync(path, JSON.stringify(json));
    expect(await check([path, '--compare', '--engine', 'composed-cpu'])).toBe(1);
    expect(complained.join()).toMatch(/metaGradient.*at most 0\.0001.*klHessianVector.*at most 0\.002/s);
    expect(complained.join()).not.toContain('trpoDirection');
  });

  it('refuses engines that know no policies for rl-* cases, exit code 2', async () => {
    expect(await check([rlCase('rl-maml-1'), '--engine', 'fused-webgpu'])).toBe(2);
    expect(await check([rlCase('rl-advantages-1'), '--engine', 'fused-webgpu'])).toBe(2);
    expect(complained.join()).toContain('need an engine that works with policies');
  });

  it('names the row and the step that differs', async () => {
    const json = JSON.parse(
      readFileSync(
        fileURLToPath(new URL('../gradients/fixtures/rl-advantages-2.json', import.meta.url)),
        'utf8',
      ),
    );
    json.expected.returns[2][7] += 0.1;
    const path = join(folder, 'rl-off.json');
    writeFileSync(path, JSON.stringify(json));
    expect(await check([path, '--compare'])).toBe(1);
    expect(complained[0]).toContain('returns[2][7] differs');
  });

  it('names the entry that differs', async () => {
    const path = caseFile('off.json', (json) => {
      const metaGradient = [...(json.expected!.metaGradient as number[])];
      metaGradient[17]! += 1;
      return { ...json, expected: { ...json.expected, metaGradient } };
    });
    expect(await check([path, '--engine', 'reference', '--compare'])).toBe(1);
    expect(complained).toHaveLength(1);
    expect(complained[0]).toContain('metaGradient[17] differs');
  });

  it.each([
    [[], /Missing argument: the path of one case file/],
    [[CASE, CASE], /Unexpected arguments/],
    [[CASE, '--engine', 'fast'], /no engine “fast”.*composed-cpu/],
    [[CASE, '--engine', 'auto'], /name one engine/],
    [[CASE, '--fast'], /--fast/],
    [['missing.json'], /missing\.json: cannot be read/],
  ])('answers bad arguments %j with exit code 2', async (args, message) => {
    expect(await check(args)).toBe(2);
    expect(complained.join('\n')).toMatch(message);
    expect(printed).toEqual([]);
  });

  it.each<[string, (json: Record<string, Record<string, unknown>>) => unknown, RegExp]>([
    ['list', () => [], /the file: got \[\], expected an object/],
    ['no-theta', (json) => ({ ...json, theta: undefined }), /theta: got nothing, expected an array/],
    ['short-theta', (json) => ({ ...json, theta: [1] }), /metaParams.length: got 1, expected 61/],
    [
      'bad-algorithm',
      (json) => ({ ...json, settings: { ...json.settings, algorithm: 'sgd' } }),
      /settings\.algorithm: got "sgd", expected one of maml/,
    ],
    ['no-tasks', (json) => ({ ...json, tasks: [] }), /tasks: got \[\]/],
    ['empty-task', (json) => ({ ...json, tasks: [{}] }), /tasks\[0\]\.xs: got nothing/],
    ['no-expected', ({ expected, ...json }) => ({ ...json, was: expected }), /nothing to compare with/],
    [
      'rl-maml-1',
      (json) => ({ ...json, name: 'rl-maml-1' }),
      /tasks\[0\]\.support: got nothing, expected an object/,
    ],
    ['rl-advantages-1', (json) => ({ ...json, name: 'rl-advantages-1' }), /rewards: expected a list/],
    ['cheetah', (json) => ({ ...json, name: 'cheetah-steps' }), /has one engine only/],
    ['other-kind', (json) => ({ ...json, name: 'rl-other' }), /'rl-other' is not a supervised one/],
  ])('explains a malformed case (%s), exit code 2', async (name, change, message) => {
    const path = caseFile(`${name}.json`, change);
    expect(await check([path, '--engine', 'reference', '--compare'])).toBe(2);
    expect(complained.join('\n')).toMatch(message);
  });

  it('compares the physics in absolute numbers and names what differs', async () => {
    const source = fileURLToPath(new URL('../tasks/locomotion/fixtures/cheetah-steps.json', import.meta.url));
    expect(await check([source, '--compare'])).toBe(0);
    expect(complained[0]).toContain('single steps within 0.00001');
    expect(JSON.parse(printed[0]!).steps).toHaveLength(200);
    const json = JSON.parse(readFileSync(source, 'utf8'));
    json.steps[7].next.qvel[4] += 2e-5;
    json.rollout.states[19].qpos[0] -= 1;
    json.rollout.states[20].qpos[0] -= 1;
    const path = join(folder, 'physics.json');
    writeFileSync(path, JSON.stringify(json));
    complained = [];
    expect(await check([path, '--compare'])).toBe(1);
    expect(complained.map((line) => line.split(' differs')[0])).toEqual([
      'cheetah-steps: steps[7].qvel[4]',
      'cheetah-steps: rollout.states[19].qpos[0]',
    ]);
    json.steps[3].ctrl = [1];
    writeFileSync(path, JSON.stringify(json));
    expect(await check([path, '--compare'])).toBe(2);
    expect(complained.join()).toContain('steps[3].ctrl: got 1 numbers, expected 6');
  });

  it('explains a file that is not JSON', async () => {
    const path = join(folder, 'broken.json');
    writeFileSync(path, '{"name": ');
    expect(await check([path])).toBe(2);
    expect(complained.join('\n')).toMatch(/broken\.json: not JSON/);
  });
});
