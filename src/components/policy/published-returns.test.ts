import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../../experiment/cheetah-presets.ts';
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

  it('stand in the Cheetah lab beside their own convention only', () => {
    const paper = (id: string) => CHEETAH_PRESETS.find((preset) => preset.id === id)!.experiment;
    const direction = publishedFor(paper('cheetah-dir-maml-paper'));
    expect(direction.map(({ algorithm }) => algorithm)).toEqual(['maml', 'pretrained', 'random', 'oracle']);
    expect(direction[0]!.returns).toEqual([-50.7, 293.2, 313.5, 315.7]);
    const velocity = publishedFor(paper('cheetah-vel-maml-paper'));
    expect(velocity[0]!.returns[1]).toBe(-78.6);
    for (const { experiment } of CHEETAH_PRESETS.filter(
      ({ experiment }) => experiment.convention === 'gym',
    )) {
      expect(publishedFor(experiment)).toEqual([]);
    }
    expect(publishedFor({ ...paper('cheetah-vel-maml-paper'), goalMax: 3 })).toEqual([]);
    expect(publishedFor({ ...paper('cheetah-dir-maml-paper'), horizon: 100 })).toEqual([]);
  });
});
