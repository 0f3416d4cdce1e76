import { describe, expect, it } from 'vitest';
import { NAVIGATION_PRESETS } from '../../experiment/navigation-presets.ts';
import { publishedFor } from './published-returns.ts';

const live = NAVIGATION_PRESETS[0].experiment;

describe('published returns', () => {
  it('stand beside the same environment, for the algorithms that are trained', () => {
    expect(publishedFor(live).map(({ algorithm }) => algorithm)).toEqual(['maml']);
    const both = publishedFor({ ...live, algorithms: ['maml', 'fomaml', 'random'] });
    expect(both.map(({ algorithm }) => algorithm)).toEqual(['maml', 'random']);
  });

  it.each([
    { reward: 'squared-distance' },
    { start: 'square' },
    { horizon: 50 },
    { goalXMin: 0 },
    { goalYMax: 0.25 },
  ] as const)('are left out where the environment is another: %o', (change) => {
    expect(publishedFor({ ...live, ...change })).toEqual([]);
  });
});
