// Run files: what goes in comes out, files of version 1 still open, and nothing that a stranger writes does more than be
// refused with its place.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromFloat16Bits, toFloat16Bits } from './float16.ts';
import { policyPointsOf, sinusoidPointsOf } from './recorded-points.ts';
import { describeRunFileIssue, encodeRunRecord, MAX_RUN_FILE_BYTES, readRunFile } from './run-file.ts';
import type { RunRecord } from './run-record.ts';

type Json = Record<string, unknown>;

const fixture = (name: string) => readFileSync(new URL(`./fixtures/${name}.json`, import.meta.url), 'utf8');

function read(text: string): RunRecord {
  const reading = readRunFile(text);
  if (reading.kind === 'refused') throw new Error(describeRunFileIssue(reading.issue));
  return reading.record;
}

function refusal(text: string): string {
  const reading = readRunFile(text);
  return reading.kind === 'refused' ? describeRunFileIssue(reading.issue) : 'read';
}

describe('version 1', () => {
  it('opens for the Sinusoid lab with its parameters, metrics and curves', () => {
    const text = fixture('version-1-sinusoid');
    const old = JSON.parse(text);
    const record = read(text);
    expect(record).toMatchObject({ title: null, program: 'unknown', engine: 'reference', iterations: 8 });
    expect(record.experiment).toEqual(old.experiment);
    expect(record.runs.map(({ algorithm }) => algorithm)).toEqual(['maml', 'rmaml', 'oracle']);
    expect(record.checkpoints).toHaveLength(1);
    const [checkpoint] = record.checkpoints;
    for (const [i, { metaParams, alpha }] of checkpoint!.runs.entries()) {
      expect([...metaParams]).toEqual(old.runs[i].metaParams);
      expect({ mode: alpha.mode, values: [...alpha.values] }).toEqual(old.runs[i].alpha);
    }
    expect(record.runs[1]!.metrics).toEqual(old.metrics.rmaml);
    const [point] = sinusoidPointsOf(record.runs[1]!);
    expect(point).toMatchObject({ algorithm: 'rmaml', iteration: 8, tasks: 24 });
    expect(point!.curves.map(({ supportSize }) => supportSize)).toEqual([5, 10, 20]);
    const entries: Json[] = old.evaluation.algorithms.rmaml.adaptationCurve;
    const ofTen = entries.filter(({ supportSize }) => supportSize === 10);
    expect(point!.curves[1]!.median).toEqual(ofTen.map(({ median }) => median));
  });

  it.each([
    ['navigation', 6],
    ['cheetah', 3],
  ])('opens for the %s lab', (lab, iterations) => {
    const text = fixture(`version-1-${lab}`);
    const old = JSON.parse(text);
    const record = read(text);
    expect(record).toMatchObject({ engine: 'fused-wasm', iterations });
    expect(record.experiment).toEqual(old.experiment);
    expect([...record.checkpoints[0]!.runs[0]!.metaParams]).toEqual(old.runs[0].metaParams);
    expect(record.checkpoints[0]!.runs[0]!.environmentSteps).toBe(old.metrics.maml.environmentSteps.at(-1));
    const [point] = policyPointsOf(record.runs[0]!);
    const curve: Json[] = old.evaluation.adaptationCurve;
    expect(point!.meanReturn).toEqual(curve.map(({ meanReturn }) => meanReturn));
    expect(point!.steps).toEqual([0, 1, 2, 3, 4]);
  });
});

describe('version 2', () => {
  const labs = ['sinusoid', 'navigation', 'cheetah'] as const;

  it.each(labs)('gives a %s record back, and the same text from it', (lab) => {
    const record = read(fixture(`version-1-${lab}`));
    const text = encodeRunRecord({ ...record, title: 'A run' }, { precision: 'f32' });
    const again = read(text);
    expect(again.title).toBe('A run');
    expect(again.experiment).toEqual(record.experiment);
    const parametersOf = ({ checkpoints }: RunRecord) =>
      checkpoints.flatMap(({ runs }) => runs.map(({ metaParams, alpha }) => ({ metaParams, alpha })));
    expect(parametersOf(again)).toEqual(parametersOf(record));
    expect(encodeRunRecord(again, { precision: 'f32' })).toBe(text);
    const before = record.runs[0]!.metrics.seconds!;
    for (const [i, value] of again.runs[0]!.metrics.seconds!.entries()) {
      expect(Math.abs(value - before[i]!)).toBeLessThanOrEqual(5e-5 * before[i]!);
    }
  });

  it.each(labs)('rounds the parameters of a %s record to half precision where asked', (lab) => {
    const record = read(fixture(`version-1-${lab}`));
    const text = encodeRunRecord(record, { precision: 'f16' });
    const exact = record.checkpoints[0]!.runs[0]!;
    const half = read(text).checkpoints[0]!.runs[0]!;
    expect([...half.metaParams]).toEqual([...exact.metaParams].map((x) => fromFloat16Bits(toFloat16Bits(x))));
    expect(half.alpha).toEqual(exact.alpha);
    expect(encodeRunRecord(read(text), { precision: 'f16' })).toBe(text);
  });

  it('keeps what half precision cannot hold in 32 bits, and refuses to write what is not finite', () => {
    const record = read(fixture('version-1-navigation'));
    const withFirst = (value: number): RunRecord => {
      const [checkpoint] = record.checkpoints;
      const runs = checkpoint!.runs.map((run) => ({
        ...run,
        metaParams: run.metaParams.slice().fill(value, 0, 1),
      }));
      return { ...record, checkpoints: [{ ...checkpoint!, runs }] };
    };
    const large = read(encodeRunRecord(withFirst(1e6), { precision: 'f16' }));
    expect(large.checkpoints[0]!.runs[0]!.metaParams[0]).toBe(1e6);
    expect(() => encodeRunRecord(withFirst(Number.NaN), { precision: 'f16' })).toThrow(/number 0 is NaN/);
  });

  it('writes measurements that are not finite as null and reads them as +∞', () => {
    const record = read(fixture('version-1-sinusoid'));
    const [first, ...others] = record.runs;
    const queryLoss = first!.metrics.queryLoss!.map((value, i) => (i === 2 ? Number.NaN : value));
    const runs = [{ ...first!, metrics: { ...first!.metrics, queryLoss } }, ...others];
    const text = encodeRunRecord({ ...record, runs }, { precision: 'f32' });
    expect(read(text).runs[0]!.metrics.queryLoss![2]).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('what is refused, with its place', () => {
  const record = read(fixture('version-1-navigation'));
  /** A good file with one value replaced. */
  const damaged = (change: (file: ReturnType<typeof JSON.parse>) => void) => {
    const file = JSON.parse(encodeRunRecord(record, { precision: 'f16' }));
    change(file);
    return refusal(JSON.stringify(file));
  };

  it('has a file to start from', () => {
    expect(damaged(() => undefined)).toBe('read');
  });

  it.each<[string, Parameters<typeof damaged>[0], RegExp]>([
    ['another format', (f) => (f.format = 'zip'), /“format” is “zip”, expected “metascope-run”/],
    ['a newer version', (f) => (f.version = 3), /^version: .*version 3; .* reads versions 1 to 2/],
    ['a strange version', (f) => (f.version = '1'), /^version: .*“1”/],
    [
      'an experiment out of range',
      (f) => (f.experiment.innerSteps = -1),
      /^experiment\.innerSteps: .*Got -1/,
    ],
    [
      'an unknown setting',
      (f) => (f.experiment.colour = 1),
      /^experiment\.colour: There is no setting “colour”/,
    ],
    ['no experiment', (f) => (f.experiment = null), /^experiment\.experiment: /],
    [
      'a lab without runs',
      (f) => (f.experiment = { lab: 'reaching' }),
      /^experiment\.lab: The Reaching lab keeps no/,
    ],
    [
      'a missing run',
      (f) => f.runs.pop(),
      /^runs: got the algorithms maml, rmaml, expected .* maml, rmaml, oracle/,
    ],
    ['runs in another order', (f) => f.runs.reverse(), /^runs: got the algorithms oracle, rmaml, maml/],
    ['an unknown algorithm', (f) => (f.runs[0].algorithm = 'mamba'), /^runs\[0\]\.algorithm: got “mamba”/],
    [
      'θ cut short',
      (f) => (f.checkpoints[0].runs[1].metaParams.f16 = 'AAAA'),
      /^checkpoints\[0\]\.runs\[1\]\.metaParams: must be a list of 34 finite numbers; got f16 text of 4 characters, enough for 1/,
    ],
    [
      'θ as a short list',
      (f) => (f.checkpoints[0].runs[1].metaParams = [1]),
      /metaParams: must be a list of 34 finite numbers; got a list of 1/,
    ],
    [
      'θ that is no base64',
      (f) => (f.checkpoints[0].runs[0].metaParams.f16 = '😀'.repeat(46)),
      /metaParams: must be a list/,
    ],
    [
      'θ with a NaN',
      (f) => (f.checkpoints[0].runs[0].metaParams.f16 = '/'.repeat(91).padEnd(92, '=')),
      /number 0 is NaN/,
    ],
    [
      'α of another mode',
      (f) => (f.checkpoints[0].runs[1].alpha.mode = 'layer'),
      /^checkpoints\[0\]\.runs\[1\]\.alpha\.values: must be a list of 3/,
    ],
    [
      'an unknown metric',
      (f) => (f.runs[0].metrics.colour = []),
      /^runs\[0\]\.metrics: got the metric “colour”, expected iteration, returnBefore/,
    ],
    [
      'a short column',
      (f) => f.runs[0].metrics.kl.pop(),
      /^runs\[0\]\.metrics\.kl: has 5 values, expected 6/,
    ],
    [
      'a word for a number',
      (f) => (f.runs[0].metrics.kl[2] = 'x'),
      /^runs\[0\]\.metrics\.kl\[2\]: got “x”, expected number/,
    ],
    [
      'falling iterations',
      (f) => f.runs[0].metrics.iteration.reverse(),
      /^runs\[0\]\.metrics\.iteration\[1\]: got 5 after 6/,
    ],
    [
      'iterations to come',
      (f) => (f.iterations = 5),
      /metrics\.iteration\[5\]: got 6, expected at most the run’s 5/,
    ],
    [
      'a run that ends early',
      (f) => (f.checkpoints[0].iteration = 5),
      /^checkpoints: the last checkpoint is of meta-iteration 5/,
    ],
    ['no checkpoint', (f) => (f.checkpoints = []), /^checkpoints: /],
    [
      'a point of another run',
      (f) => (f.runs[0].adaptations[0].algorithm = 'rmaml'),
      /^runs\[0\]\.adaptations\[0\]\.algorithm: got rmaml, expected maml/,
    ],
    [
      'a curve of unequal lists',
      (f) => f.runs[0].adaptations[0].q25.pop(),
      /^runs\[0\]\.adaptations\[0\]: {1,2}has a list of 4, expected 5/,
    ],
    ['negative seconds', (f) => (f.seconds = -1), /^seconds: got -1, expected >=0/],
    [
      'an engine with a line break',
      (f) => (f.engine = 'a\nb'),
      /^engine: .*expected up to 80 plain characters/,
    ],
  ])('%s', (_, change, message) => {
    expect(damaged(change)).toMatch(message);
  });

  it('says what is wrong with what is no run file at all', () => {
    expect(refusal('')).toMatch(/not valid JSON/);
    expect(refusal('[1,2')).toMatch(/not valid JSON/);
    expect(refusal('null')).toMatch(/not a run file/);
    expect(refusal('[]')).toMatch(/not a run file/);
    expect(refusal('{"seed":1}')).toMatch(/its “format” is nothing/);
    expect(refusal(' '.repeat(MAX_RUN_FILE_BYTES + 1))).toMatch(/at most 16777216 are read/);
    expect(refusal('['.repeat(1_000_000))).toMatch(/not valid JSON/);
  });

  it('drops invisible characters from a title', () => {
    const text = encodeRunRecord({ ...record, title: 'a\u202eb\u0000c' }, { precision: 'f16' });
    expect(read(text).title).toBe('abc');
  });

  it('takes no harm from keys like __proto__', () => {
    const text = encodeRunRecord(record, { precision: 'f16' });
    const hostile = text
      .replace('{"format"', '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"format"')
      .replace('"metrics":{', '"metrics":{"__proto__":[1,2,3,4,5,6],')
      .replace('"alpha":{', '"alpha":{"__proto__":{"polluted":1},');
    expect(read(hostile).experiment).toEqual(record.experiment);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(Object.getPrototypeOf(read(hostile).runs[0]!.metrics)).toBe(Object.prototype);
  });
});
