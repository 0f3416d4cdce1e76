import { describe, expect, it } from 'vitest';
import { RUN_INDEX_FORMAT, RUN_INDEX_VERSION, readRunIndex } from './run-index.ts';
import { MAX_RUN_INDEX_BYTES } from './run-index-size.ts';

const ENTRY = {
  file: 'cheetah-dir-maml.json',
  title: 'Direction, MAML',
  lab: 'cheetah',
  preset: 'cheetah-dir-maml-live',
  family: 'dir',
  convention: 'gym',
  scale: 'live',
  algorithms: ['maml'],
  seed: 0,
  iterations: 1200,
  seconds: 700.5,
  bytes: 321_000,
  returns: [[-20, 240, 260]],
};
const textOf = (runs: readonly object[], version: number = RUN_INDEX_VERSION) =>
  JSON.stringify({ format: RUN_INDEX_FORMAT, version, runs });

describe('the list of recorded runs', () => {
  it('is read as it was written', () => {
    expect(readRunIndex(textOf([ENTRY]))).toEqual([ENTRY]);
  });

  it.each([
    ['a path', { file: '../secret.json' }],
    ['an address', { file: 'https://example.org/x.json' }],
    ['an unknown algorithm', { algorithms: ['sgd'] }],
    ['no algorithm', { algorithms: [] }],
    ['a return that is no number', { returns: [[null]] }],
  ])('is refused with %s', (_, change) => {
    expect(readRunIndex(textOf([{ ...ENTRY, ...change }]))).toBeNull();
  });

  it('is refused where it is another version, too long or no JSON', () => {
    expect(readRunIndex(textOf([ENTRY], 2))).toBeNull();
    expect(readRunIndex('<!doctype html>')).toBeNull();
    expect(readRunIndex(textOf([ENTRY]).padEnd(MAX_RUN_INDEX_BYTES + 1))).toBeNull();
  });
});
