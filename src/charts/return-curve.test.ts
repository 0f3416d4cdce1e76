import { describe, expect, it } from 'vitest';
import { themeOf } from './palette.ts';
import {
  describeReturnCurve,
  layoutReturnCurve,
  type ReturnCurveData,
  type ReturnSeries,
  smoothReturns,
  tableReturnCurve,
} from './return-curve.ts';
import { type ChartView, flatMarks, overlaps } from './scene.ts';

const VIEW: ChartView = { width: 480, height: 220, theme: themeOf('light'), density: 'normal' };
const nameOf = (id: string) => id.toUpperCase();

function series(algorithm: ReturnSeries['algorithm'], length: number, top = -10): ReturnSeries {
  const at = (f: (i: number) => number) => Float64Array.from({ length: length + 5 }, (_, i) => f(i));
  const after = (i: number) => top - 40 * Math.exp(-i / 20) + 2 * Math.sin(i);
  return {
    algorithm,
    length,
    x: at((i) => i + 1),
    before: at(() => -45),
    after: at(after),
    afterQ25: at((i) => after(i) - 5),
    afterQ75: at((i) => after(i) + 5),
    divergedAt: null,
  };
}

const DATA: ReturnCurveData = {
  xKind: 'iteration',
  series: [series('maml', 80), series('fomaml', 80, -14)],
  pinned: [],
  xLimit: 300,
  focus: null,
  scrubX: null,
  hoverX: null,
};

describe('return curves', () => {
  it('show each run before and after adaptation, its band and its name', () => {
    const marks = flatMarks(layoutReturnCurve(DATA, VIEW).marks);
    for (const role of ['after:maml', 'before:maml', 'band:maml', 'raw:maml', 'label:fomaml']) {
      expect(marks.some((mark) => mark.role === role)).toBe(true);
    }
    const labels = marks.flatMap((mark) => (mark.kind === 'text' && mark.bold ? [mark.box] : []));
    expect(overlaps(labels[0]!, labels[1]!)).toBe(false);
  });

  it('keep their axes while new rows fit, and read no row past the length', () => {
    const first = layoutReturnCurve(DATA, VIEW);
    const more = { ...DATA, series: [series('maml', 84), series('fomaml', 84, -14)] };
    const next = layoutReturnCurve(more, VIEW, first);
    expect(next.y.domain).toEqual(first.y.domain);
    const after = flatMarks(first.marks).find((mark) => mark.role === 'after:maml');
    expect(after?.kind === 'line' && after.points.length).toBe(160);
  });

  it('smooth without a bias and past what is not finite', () => {
    for (const value of smoothReturns([-3, -3, -3], 3)) expect(value).toBeCloseTo(-3, 12);
    const smooth = smoothReturns([Number.NaN, -4, Number.NaN, -4], 4);
    expect(smooth[0]).toBeNaN();
    expect(smooth[3]).toBeCloseTo(-4, 12);
  });

  it('read out the value under the pointer and mark where a run diverged', () => {
    const first = layoutReturnCurve(DATA, VIEW);
    const hover = layoutReturnCurve({ ...DATA, hoverX: first.plot.x + first.plot.width / 3 }, VIEW).hover;
    expect(hover?.rows.map(({ label }) => label)).toEqual(['MAML', 'FOMAML']);
    const stopped = { ...DATA, series: [{ ...series('maml', 12), divergedAt: 13 }] };
    const words = flatMarks(layoutReturnCurve(stopped, VIEW).marks).flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
    expect(words).toContain('diverged at 13');
  });

  it('say in words and as a table what they show', () => {
    expect(describeReturnCurve(DATA, nameOf)).toMatch(/^MAML: −45\.0 before and −1\d\.\d after/);
    expect(tableReturnCurve(DATA, nameOf).rows).toHaveLength(160);
    const empty = { ...DATA, series: [series('maml', 0)] };
    expect(describeReturnCurve(empty, nameOf)).toBe('MAML: not trained yet.');
    expect(flatMarks(layoutReturnCurve(empty, VIEW).marks).some((mark) => mark.role === 'message')).toBe(
      true,
    );
  });
});
