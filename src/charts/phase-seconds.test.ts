import { describe, expect, it } from 'vitest';
import { themeOf } from './palette.ts';
import {
  describePhaseSeconds,
  layoutPhaseSeconds,
  type PhaseSecondsData,
  tablePhaseSeconds,
} from './phase-seconds.ts';
import { type ChartView, flatMarks, type RectMark } from './scene.ts';

const VIEW: ChartView = { width: 316, height: 110, theme: themeOf('light'), density: 'normal' };
const DATA: PhaseSecondsData = {
  runs: [
    { algorithm: 'maml', seconds: [0.2, 0.1, 0.15] },
    { algorithm: 'fomaml', seconds: [0.2, 0.1, 0.05] },
  ],
};
const nameOf = (id: string) => id.toUpperCase();

function bar(data: PhaseSecondsData, role: string, previous?: ReturnType<typeof layoutPhaseSeconds>) {
  const scene = layoutPhaseSeconds(data, VIEW, previous ?? null);
  const mark = flatMarks(scene.marks).find(
    (one): one is RectMark => one.kind === 'rect' && one.role === role,
  );
  if (mark === undefined) throw new Error(`no bar ${role}`);
  return mark.rect;
}

describe('seconds per phase', () => {
  it('stacks the parts in proportion, one lane per run', () => {
    const [rollOut, inner, outer] = ['roll-outs', 'inner', 'outer'].map((part) => bar(DATA, `${part}:maml`));
    expect(inner!.x).toBeCloseTo(rollOut!.x + rollOut!.width, 9);
    expect(outer!.x).toBeCloseTo(inner!.x + inner!.width, 9);
    expect(rollOut!.width / outer!.width).toBeCloseTo(0.2 / 0.15, 9);
    expect(bar(DATA, 'outer:fomaml').width * 3).toBeCloseTo(outer!.width, 9);
    expect(bar(DATA, 'inner:fomaml').y).toBeGreaterThan(inner!.y + inner!.height);
  });

  it('keeps bars and totals inside, and the axis while they fit', () => {
    const scene = layoutPhaseSeconds(DATA, VIEW);
    for (const mark of flatMarks(scene.marks)) {
      const box = mark.kind === 'rect' ? mark.rect : mark.kind === 'text' ? mark.box : null;
      if (box !== null) expect(box.x + box.width).toBeLessThanOrEqual(VIEW.width + 0.5);
    }
    const faster: PhaseSecondsData = { runs: [{ algorithm: 'maml', seconds: [0.18, 0.1, 0.12] }] };
    expect(layoutPhaseSeconds(faster, VIEW, scene).limit).toBe(scene.limit);
    const slower: PhaseSecondsData = { runs: [{ algorithm: 'maml', seconds: [2, 1, 3] }] };
    expect(layoutPhaseSeconds(slower, VIEW, scene).limit).toBeGreaterThanOrEqual(6);
  });

  it('says it in words and as a table, and what is missing', () => {
    expect(describePhaseSeconds(DATA, nameOf)).toContain('MAML 0.45 s per iteration: roll-outs 0.20 s');
    expect(tablePhaseSeconds(DATA, nameOf).rows[1]).toEqual(['FOMAML', 0.2, 0.1, 0.05]);
    expect(describePhaseSeconds({ runs: [] }, nameOf)).toBe('Nothing measured yet.');
    expect(layoutPhaseSeconds({ runs: [] }, VIEW).marks).toHaveLength(1);
  });
});
