import { describe, expect, it } from 'vitest';
import { finished, openPage, small } from './open-page.testing.ts';
import { smallRecord } from './pins.testing.ts';
import { draftOf, titleOf, trimRecord } from './pins-draft.ts';
import { reachingExperiment } from './pins-reaching.testing.ts';

describe('titleOf', () => {
  const preset = reachingExperiment();

  it('is what differs from the preset, or its title', () => {
    expect(titleOf(preset)).toBe('Paper’s Figure 3');
    expect(titleOf({ ...preset, stepSize: 0.2, seed: 9 })).toBe('β = 0.2');
    expect(titleOf({ ...preset, stepSize: 0.2, metaBatchSize: 8 })).toMatch(
      /^.* = 8.*, β = 0.2$|^β = 0.2, .* = 8/,
    );
  });

  it('is what differs from another pinned run, where that is short', () => {
    const before = { ...preset, stepSize: 0.2, metaBatchSize: 8, iterations: 50, mainSpread: 0.9 };
    const after = { ...before, stepSize: 0.3 };
    expect(titleOf(after)).toBe('Paper’s Figure 3, 4 changes');
    expect(titleOf(after, before)).toBe('β = 0.3');
    expect(titleOf(before, before)).toBe('Paper’s Figure 3, 4 changes');
  });
});

describe('what is kept of a run', () => {
  it('is few of its checkpoints, its first and last among them', () => {
    const record = smallRecord();
    const [start] = record.checkpoints;
    const checkpoints = Array.from({ length: 31 }, (_, iteration) => ({ ...start!, iteration }));
    const kept = trimRecord({ ...record, iterations: 30, checkpoints }).checkpoints.map(
      ({ iteration }) => iteration,
    );
    expect(kept.length).toBeLessThanOrEqual(6);
    expect(kept.at(-1)).toBe(30);
    expect(kept[0]).toBe(0);
  });

  it('is nothing before a meta-iteration, and the whole run at its end', async () => {
    const page = openPage(small);
    expect(draftOf(page.stores)).toBeNull();
    await page.api.idle();
    await finished(page);
    const draft = draftOf(page.stores);
    expect(draft?.record?.iterations).toBe(20);
    expect(draft?.record?.runs.map(({ algorithm }) => algorithm)).toEqual(['maml', 'rmaml']);
    expect(draft?.record?.runs[0]?.metrics.queryLoss).toEqual(page.api.losses('maml'));
  });
});
