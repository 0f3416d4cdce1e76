// A trained state in a link: what goes in comes out to three digits, and nothing else is ever taken for one.
import { describe, expect, it } from 'vitest';
import { decodePlainLink, MAX_LINK_LENGTH } from '../experiment/codec.ts';
import type { Experiment, SinusoidExperiment } from '../experiment/experiment.ts';
import { defaultExperiment } from '../experiment/labs.ts';
import { NO_OPTIONS } from '../experiment/page-options.ts';
import { validateExperiment } from '../experiment/schema.ts';
import { foldIn, key, normal, uniform } from '../math/rng.ts';
import type { RunRecord } from '../records/run-record.ts';
import { createRun } from '../training/run.ts';
import { encodeTrainedLink, readTrained, type TrainedState } from './share-trained.ts';

const NET_40_40 = 1761;

function sinusoid(patch: Partial<SinusoidExperiment> = {}): SinusoidExperiment {
  const { experiment } = validateExperiment({ ...defaultExperiment('sinusoid'), ...patch });
  if (experiment.lab !== 'sinusoid') throw new Error('Expected the Sinusoid lab.');
  return experiment;
}

/** A state of every algorithm, of the size of its network and with α as large as it is learned. */
function stateOf(experiment: SinusoidExperiment, iteration = 1204): TrainedState {
  return {
    iteration,
    runs: experiment.algorithms.map((algorithm, i) => {
      const { metaParams, alpha } = createRun(experiment, algorithm).state;
      const noise = uniform(foldIn(key(5), i), alpha.values.length, 0.4, 1);
      return {
        algorithm,
        metaParams: normal(foldIn(key(4), i), metaParams.length),
        alpha: { mode: alpha.mode, values: alpha.values.map((value, at) => value * noise[at]!) },
      };
    }),
  };
}

function open(fragment: string): { experiment: Experiment; record: RunRecord } {
  const link = decodePlainLink(fragment);
  expect(link?.issues).toEqual([]);
  expect(link?.opensPaused).toBe(true);
  const { experiment, trained } = link!;
  const read = readTrained(trained ?? '', experiment);
  if (read.kind === 'refused') throw new Error(read.message);
  return { experiment, record: read.record };
}

function expectSame(record: RunRecord, state: TrainedState, algorithms: readonly string[]): void {
  const [checkpoint, ...more] = record.checkpoints;
  expect(more).toEqual([]);
  expect(checkpoint?.iteration).toBe(state.iteration);
  expect(checkpoint?.runs.map((run) => run.algorithm)).toEqual(algorithms);
  for (const run of checkpoint!.runs) {
    const original = state.runs.find(({ algorithm }) => algorithm === run.algorithm)!;
    const worst = run.metaParams.reduce((most, value, i) => {
      const wanted = original.metaParams[i]!;
      return Math.max(most, Math.abs(value - wanted) / Math.max(Math.abs(wanted), 2 ** -14));
    }, 0);
    // Half precision: 11 bits, the last one rounded.
    expect(worst).toBeLessThanOrEqual(2 ** -11);
  }
}

describe('a link with the trained state', () => {
  it('holds θ of a 40-40 net, to half precision, in fewer than 5,000 characters', () => {
    const experiment = sinusoid({ algorithms: ['maml'] });
    const state = stateOf(experiment);
    const link = encodeTrainedLink(experiment, NO_OPTIONS, state, 'maml');
    if (link.kind !== 'link') throw new Error(link.kind);
    expect(link).toMatchObject({
      iteration: 1204,
      parameters: NET_40_40,
      isAlone: false,
      algorithms: ['maml'],
    });
    expect(link.fragment.length).toBeLessThan(5000);
    const { experiment: opened, record } = open(link.fragment);
    expect(opened).toEqual(experiment);
    expectSame(record, state, ['maml']);
    expect(record.iterations).toBe(1204);
  });

  it('holds all algorithms where they fit', () => {
    const experiment = sinusoid({
      hiddenWidths: [16, 16],
      algorithms: ['maml', 'fomaml', 'reptile', 'rmaml'],
    });
    const state = stateOf(experiment);
    const link = encodeTrainedLink(experiment, NO_OPTIONS, state, 'maml');
    if (link.kind !== 'link') throw new Error(link.kind);
    expect(link.isAlone).toBe(false);
    const { experiment: opened, record } = open(link.fragment);
    expect(opened).toEqual(experiment);
    expectSame(record, state, experiment.algorithms);
  });

  it('holds the one that is looked at where they do not, with an experiment of its own', () => {
    const experiment = sinusoid({ algorithms: ['maml', 'fomaml', 'rmaml'] });
    const state = stateOf(experiment);
    const link = encodeTrainedLink(experiment, NO_OPTIONS, state, 'rmaml');
    if (link.kind !== 'link') throw new Error(link.kind);
    expect(link).toMatchObject({ isAlone: true, algorithms: ['rmaml'] });
    // Its α is one number per parameter.
    expect(experiment).toMatchObject({ adaptiveAlpha: 'rmaml', alphaMode: 'parameter' });
    const { experiment: opened, record } = open(link.fragment);
    expect(opened).toEqual({ ...experiment, algorithms: ['rmaml'] });
    expectSame(record, state, ['rmaml']);
  });

  it.each(['scalar', 'layer', 'parameter'] as const)('keeps an α learned per %s', (alphaMode) => {
    const experiment = sinusoid({
      hiddenWidths: [20],
      algorithms: ['rmaml'],
      adaptiveAlpha: 'rmaml',
      alphaMode,
    });
    const state = stateOf(experiment);
    const link = encodeTrainedLink(experiment, NO_OPTIONS, state, 'rmaml');
    if (link.kind !== 'link') throw new Error(link.kind);
    const { alpha } = open(link.fragment).record.checkpoints[0]!.runs[0]!;
    const wanted = state.runs[0]!.alpha;
    expect(alpha.mode).toBe(alphaMode);
    expect(alpha.values).toHaveLength(wanted.values.length);
    for (const [i, value] of alpha.values.entries()) {
      // Half a step of 255 between the ends, which differ by a factor of 2.5 here.
      const precision = alphaMode === 'parameter' ? 0.5 * (Math.log(2.5) / 255) * 1.01 : 0;
      expect(Math.abs(value - wanted.values[i]!)).toBeLessThanOrEqual(
        precision * wanted.values[i]! + 2 ** -25,
      );
    }
  });

  it('carries the page options too', () => {
    const experiment = sinusoid({ hiddenWidths: [8], algorithms: ['maml'] });
    const options = { ...NO_OPTIONS, predict: true, lock: ['innerLearningRate'] };
    const link = encodeTrainedLink(experiment, options, stateOf(experiment), 'maml');
    if (link.kind !== 'link') throw new Error(link.kind);
    expect(decodePlainLink(link.fragment)?.options).toEqual(options);
    expectSame(open(link.fragment).record, stateOf(experiment), ['maml']);
  });

  it('says what stands against it', () => {
    const experiment = sinusoid({ algorithms: ['maml'] });
    const state = stateOf(experiment);
    const encode = (e: Experiment, s: TrainedState | null) => encodeTrainedLink(e, NO_OPTIONS, s, 'maml');
    expect(encode(defaultExperiment('reaching'), state)).toEqual({ kind: 'nothing' });
    expect(encode(experiment, null)).toEqual({ kind: 'not-yet' });
    expect(encode(experiment, { ...state, iteration: 0 })).toEqual({ kind: 'not-yet' });
    // A setting was changed, and training has not begun anew yet.
    expect(encode(sinusoid({ algorithms: ['maml'], hiddenWidths: [8] }), state)).toEqual({ kind: 'not-yet' });
    const large = sinusoid({ algorithms: ['maml', 'fomaml'], hiddenWidths: [64, 64] });
    const link = encode(large, stateOf(large));
    if (link.kind !== 'too-large') throw new Error(link.kind);
    expect(link.characters).toBeGreaterThan(MAX_LINK_LENGTH);
  });
});

describe('reading a trained state', () => {
  const experiment = sinusoid({ hiddenWidths: [8], algorithms: ['maml', 'rmaml'], adaptiveAlpha: 'rmaml' });
  const link = encodeTrainedLink(experiment, NO_OPTIONS, stateOf(experiment), 'maml');
  if (link.kind !== 'link') throw new Error(link.kind);
  const good = decodePlainLink(link.fragment)!.trained!;

  const [at, first, theta, second, both] = good.split('.');
  const bad: readonly [what: string, text: string, said: RegExp][] = [
    ['nothing', '', /expected an iteration/],
    ['no numbers', `${at}`, /expected an iteration/],
    ['a negative iteration', `-3.${first}.${theta}.${second}.${both}`, /expected an iteration/],
    ['an iteration beyond the end', `900000.${first}.${theta}.${second}.${both}`, /expected 1 to/],
    ['algorithms in another order', `${at}.${second}.${both}.${first}.${theta}`, /expected maml, rmaml/],
    ['an algorithm left out', `${at}.${first}.${theta}`, /expected maml, rmaml/],
    ['an unknown algorithm', `${at}.__proto__.${theta}.${second}.${both}`, /__proto__/],
    ['numbers cut off', good.slice(0, -1), /characters of numbers for rmaml/],
    ['numbers of another net', `${at}.${first}.${theta}AA.${second}.${both}`, /for maml/],
    ['other characters', `${at}.${first}.${theta?.replace(/./, '*')}.${second}.${both}`, /for maml/],
    ['an infinite parameter', `${at}.${first}.AHw${theta?.slice(3)}.${second}.${both}`, /not finite/],
    ['an α out of its limits', `${at}.${first}.${theta}.${second}.AAAAAA${both?.slice(6)}`, /α of rmaml/],
  ];
  it.each(bad)('%s: refused in words', (_, text, said) => {
    const read = readTrained(text, experiment);
    expect(read).toMatchObject({ kind: 'refused', message: expect.stringMatching(said) });
  });

  it('refuses one in a lab that trains nothing', () => {
    expect(readTrained(good, defaultExperiment('reaching'))).toMatchObject({ kind: 'refused' });
  });

  it('no mutation of a link throws, and what is accepted is finite and of the right size', () => {
    const alphabet = 'AZaz09._-=&%#+maltrined';
    let accepted = 0;
    for (let round = 0; round < 2000; round++) {
      const draws = uniform(foldIn(key(77), round), 12);
      let text = link.fragment;
      for (let edit = 0; edit <= draws[0]! * 3; edit++) {
        const where = Math.floor(draws[1 + 3 * edit]! * text.length);
        const letter = alphabet[Math.floor(draws[2 + 3 * edit]! * alphabet.length)]!;
        const cut = Math.floor(draws[3 + 3 * edit]! * 3);
        text = text.slice(0, where) + (cut === 2 ? '' : letter) + text.slice(where + Math.min(cut, 1));
      }
      const { experiment: opened, trained } = decodePlainLink(text)!;
      if (trained === null) continue;
      const read = readTrained(trained, opened);
      if (read.kind === 'refused') {
        expect(read.message.length).toBeGreaterThan(40);
        continue;
      }
      accepted += 1;
      if (opened.lab === 'reaching') throw new Error('Nothing trains in the Reaching lab.');
      const { iteration, runs } = read.record.checkpoints[0]!;
      expect(iteration).toBeLessThanOrEqual(opened.metaIterations);
      expect(runs.map((run) => run.algorithm)).toEqual(opened.algorithms);
      for (const run of runs) {
        expect(run.metaParams.every(Number.isFinite)).toBe(true);
        expect(run.alpha.values.every((value) => Number.isFinite(value) && value > 0)).toBe(true);
      }
    }
    // Most mutations hit a parameter, which then is another finite number.
    expect(accepted).toBeGreaterThan(200);
  });
});
