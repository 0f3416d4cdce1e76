import { describe, expect, it } from 'vitest';
import { smallDraft } from './pins.testing.ts';
import { encodePins, readPins } from './pins-file.ts';
import { reachingExperiment } from './pins-reaching.testing.ts';
import type { Pin } from './pins-types.ts';

const place = { id: 'a1', letter: 'A', look: 0, isShown: true, isBaseline: false, keptAt: 5 };
const pin: Pin = {
  ...smallDraft('run', { innerLearningRate: 0.02 }),
  ...place,
  seeds: {
    seeds: [0, 1, 2],
    asked: 4,
    failed: 1,
    groups: [
      {
        id: 'maml',
        diverged: 1,
        finals: { after: [0.5, Number.POSITIVE_INFINITY] },
        curves: [{ name: 'learning', n: 2, x: [0, 1], mean: [2, 1], low: [1, 0.5], high: [3, 1.5] }],
      },
    ],
  },
};

describe('the text of pinned runs', () => {
  it('gives the same pins back', () => {
    const reaching: Pin = {
      ...place,
      id: 'r',
      title: 'reach',
      experiment: reachingExperiment({ iterations: 50 }),
      record: null,
      seeds: { ...pin.seeds!, groups: [] },
    };
    const reading = readPins(encodePins([pin, reaching]));
    if (reading.kind !== 'read') throw new Error(reading.message);
    expect(reading.pins).toHaveLength(2);
    expect(reading.pins[0]?.seeds).toEqual(pin.seeds);
    expect(reading.pins[0]?.experiment).toEqual(pin.experiment);
    expect(reading.pins[0]?.record?.runs[0]?.metrics.iteration).toEqual(
      pin.record?.runs[0]?.metrics.iteration,
    );
    expect(reading.pins[1]).toEqual(reaching);
    // Once read, the text is a fixed point.
    expect(encodePins(reading.pins)).toBe(encodePins(readAgain(encodePins(reading.pins))));
  });

  const text = encodePins([pin]);
  const change = (patch: Record<string, unknown>) => {
    const file = JSON.parse(text);
    Object.assign(file.pins[0], patch);
    return JSON.stringify(file);
  };

  it.each([
    ['no JSON', '{"pins":', /not valid JSON/],
    [
      'another format',
      '{"format":"else","version":1,"pins":[]}',
      /format is "else", expected "metascope-pins"/,
    ],
    ['a newer version', text.replace('"version":1,"pins"', '"version":2,"pins"'), /version is 2, expected 1/],
    ['a look that there is not', change({ look: 99 }), /look is 99/],
    ['a letter that is none', change({ letter: '<b>' }), /letter is "<b>", expected a capital letter/],
    ['an id with strange characters', change({ id: '../x' }), /id is/],
    ['a broken run in it', change({ run: '{"format":"metascope-run"}' }), /Run 1 in it/],
    ['neither run nor experiment', change({ run: null }), /Run 1 in it/],
    [
      'curves of unequal length',
      change({
        seeds: {
          ...pin.seeds,
          groups: [
            { ...pin.seeds!.groups[0], curves: [{ name: 'x', n: 1, x: [1], mean: [], low: [], high: [] }] },
          ],
        },
      }),
      /curves/,
    ],
  ])('refuses %s with a sentence', (_, bad, message) => {
    const reading = readPins(bad);
    expect(reading).toMatchObject({ kind: 'refused', message: expect.stringMatching(message) });
    expect(reading.kind === 'refused' && reading.message).toMatch(/was not imported/);
  });

  it('refuses what is too long before it looks at it', () => {
    expect(readPins(text, 100)).toMatchObject({
      kind: 'refused',
      message: expect.stringMatching(/at most 100/),
    });
  });

  it('is not poisoned by names, and keeps control characters out of titles', () => {
    const file = text
      .replace('"title":"run"', '"title":"a\\u0007\\u202Eb"')
      .replace('"pins":[{', '"pins":[{"__proto__":{"polluted":true},');
    const reading = readPins(file);
    if (reading.kind !== 'read') throw new Error(reading.message);
    expect(reading.pins[0]?.title).toBe('ab');
    expect('polluted' in {}).toBe(false);
    expect(Object.hasOwn(reading.pins[0]!, 'polluted')).toBe(false);
  });

  it('survives damage at any place without throwing', () => {
    for (let i = 0; i < 300; i++) {
      const at = Math.floor((i * 7919) % text.length);
      const damaged = `${text.slice(0, at)}${'{}[]",x'[i % 7]}${text.slice(at + (i % 3))}`;
      expect(['read', 'refused']).toContain(readPins(damaged).kind);
    }
  });
});

function readAgain(text: string): readonly Pin[] {
  const reading = readPins(text);
  return reading.kind === 'read' ? reading.pins : [];
}
