import { describe, expect, it } from 'vitest';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { AdaptationCurve } from '../training/session-events.ts';
import {
  type AdaptationCurveData,
  layoutAdaptationCurve,
  summariseAdaptationCurve,
  tableAdaptationCurve,
} from './adaptation-curve.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';
import { toPixel } from './scales.ts';

const STEPS = Array.from({ length: 11 }, (_, i) => i);

function curve(supportSize: number, level: number, diverged = 0): AdaptationCurve {
  const median = STEPS.map((k) => 3 * Math.exp(-1.4 * k) + level);
  return {
    supportSize,
    steps: STEPS,
    median,
    mean: median.map((m) => m * 1.3),
    q25: median.map((m) => m * 0.5),
    q75: median.map((m) => m * 1.6),
    diverged: STEPS.map((k) => (k > 5 ? diverged : 0)),
  };
}

function chart(ids: readonly AlgorithmId[], more: Partial<AdaptationCurveData> = {}): AdaptationCurveData {
  const series = ids.map((algorithm, i) => ({
    algorithm,
    tasks: 600,
    curves: [5, 10, 20].map((K) => curve(K, 0.1 + i * 0.05 + 2 / K)),
  }));
  return { series, supportSize: 5, innerStep: 1, lossScale: 'linear', hoverX: null, ...more };
}

const FIVE: readonly AlgorithmId[] = ['maml', 'fomaml', 'reptile', 'rmaml', 'pretrained'];
const roles = (data: AdaptationCurveData) =>
  layoutAdaptationCurve(data, PLAIN_VIEW).marks.map((mark) => mark.role);

describe('layoutAdaptationCurve', () => {
  it.each(['linear', 'log'] as const)(
    'is sound at every size, theme and pointer position, %s',
    (lossScale) => {
      for (const view of instrumentViews()) {
        for (const supportSize of [5, 10, 20]) {
          for (const hoverX of [null, 30, 100, 150, 190]) {
            assertSound(layoutAdaptationCurve(chart(FIVE, { lossScale, supportSize, hoverX }), view));
          }
        }
      }
    },
  );

  it('draws [MAML] Table 2 at its printed values, hollow, with its source, for K = 5 only', () => {
    const scene = layoutAdaptationCurve(chart(['maml', 'rmaml']), PLAIN_VIEW);
    const points = scene.marks.filter((mark) => mark.role === 'published:maml');
    expect(points.length).toBe(3);
    [
      [1, 0.67],
      [5, 0.38],
      [10, 0.35],
    ].forEach(([step, loss], i) => {
      const point = points[i];
      if (point?.kind !== 'marker') throw new Error('not a marker');
      expect(point.x).toBeCloseTo(toPixel(scene.x, step!), 9);
      expect(point.y).toBeCloseTo(toPixel(scene.y, loss!), 9);
      expect(point.fill).toBe(PLAIN_VIEW.theme.surface);
      expect(point.shape).toBe('circle');
    });
    expect(textsOf(scene).map((mark) => mark.text)).toContain('means, [MAML] Table 2');
    expect(roles(chart(['maml'], { supportSize: 10 }))).not.toContain('published:maml');
  });

  it('shows published points only beside a run of the same algorithm, together with that run’s means', () => {
    expect(roles(chart(['maml']))).not.toContain('published:pretrained');
    expect(roles(chart(['pretrained']))).toContain('published:pretrained');
    expect(roles(chart(['maml', 'rmaml']))).toContain('mean:maml');
    expect(roles(chart(['maml', 'rmaml']))).not.toContain('mean:rmaml');
    expect(roles(chart(['rmaml'], { showMean: true }))).toContain('mean:rmaml');
  });

  it('draws the chosen K strong and the others faint', () => {
    const { marks } = layoutAdaptationCurve(chart(['maml'], { supportSize: 10 }), PLAIN_VIEW);
    expect(marks.filter((mark) => mark.role.startsWith('other:maml')).map((mark) => mark.opacity)).toEqual([
      0.25, 0.25,
    ]);
    expect(marks.find((mark) => mark.role === 'median:maml')?.opacity).toBe(1);
  });

  it('marks the chosen inner step on every line', () => {
    const scene = layoutAdaptationCurve(chart(['maml', 'reptile'], { innerStep: 5 }), PLAIN_VIEW);
    for (const id of ['maml', 'reptile']) {
      const mark = scene.marks.find((one) => one.role === `step:${id}`);
      expect(mark).toMatchObject({ x: toPixel(scene.x, 5) });
    }
  });

  it('counts diverged tasks in words', () => {
    const data = chart(['maml']);
    const lost = { ...data.series[0]!, curves: [curve(5, 0.3, 7)] };
    const scene = layoutAdaptationCurve({ ...data, series: [lost] }, PLAIN_VIEW);
    expect(textsOf(scene).map((mark) => mark.text)).toContain('diverged: MAML 7 of 600');
    expect(textsOf(layoutAdaptationCurve(data, PLAIN_VIEW)).map((mark) => mark.role)).not.toContain(
      'diverged-count',
    );
  });

  it('gives only the total where the counts of five algorithms would not fit', () => {
    const data = chart(FIVE);
    const series = data.series.map((one) => ({ ...one, curves: [curve(5, 0.3, 120)] }));
    const scene = layoutAdaptationCurve({ ...data, series }, PLAIN_VIEW);
    expect(textsOf(scene).find((mark) => mark.role === 'diverged-count')?.text).toBe('diverged: 600 tasks');
    for (const view of instrumentViews()) {
      assertSound(layoutAdaptationCurve({ ...data, series, hoverX: 100 }, view));
      assertSound(layoutAdaptationCurve({ ...data, series }, view));
    }
  });

  it('lets a mean ruined by diverged tasks leave the axis', () => {
    const data = chart(['maml']);
    const ruined = { ...curve(5, 0.3, 7), mean: STEPS.map((k) => 10 ** k) };
    const scene = layoutAdaptationCurve(
      { ...data, series: [{ ...data.series[0]!, curves: [ruined] }] },
      PLAIN_VIEW,
    );
    expect(scene.y.domain[1]).toBeLessThan(10);
    assertSound(scene);
  });

  it('keeps its domain for small changes', () => {
    const first = layoutAdaptationCurve(chart(['maml']), PLAIN_VIEW);
    const next = layoutAdaptationCurve(chart(['maml', 'fomaml']), PLAIN_VIEW, first);
    expect(next.y.domain).toBe(first.y.domain);
  });

  it('says what to do when nothing is measured', () => {
    for (const data of [chart([]), chart(FIVE, { supportSize: 7 })]) {
      const scene = layoutAdaptationCurve(data, PLAIN_VIEW);
      expect(textsOf(scene).map((mark) => mark.text)).toContain('Press Run to draw this.');
      assertSound(scene);
    }
  });

  it('survives quantiles that are not finite, and a view without room', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0, 1e30]) {
      const flat = STEPS.map(() => value);
      const bad = { ...curve(5, 1, 600), median: flat, q25: flat, q75: flat, mean: flat };
      const data = chart(['maml', 'rmaml']);
      const series = [{ ...data.series[0]!, curves: [bad] }, data.series[1]!];
      for (const lossScale of ['linear', 'log'] as const) {
        assertSound(layoutAdaptationCurve({ ...data, series, lossScale, hoverX: 90 }, PLAIN_VIEW));
        assertSound(layoutAdaptationCurve({ ...data, series: series.slice(0, 1), lossScale }, PLAIN_VIEW));
      }
    }
    assertDrawable(layoutAdaptationCurve(chart(FIVE), { ...PLAIN_VIEW, width: 2, height: 2 }));
  });
});

it('summarises and tabulates', () => {
  const data = chart(['maml']);
  expect(summariseAdaptationCurve(data, () => 'MAML')).toBe(
    'MAML: median loss 3.50 before, 1.24 after 1 step, 0.50 after 10 steps, K = 5.',
  );
  const table = tableAdaptationCurve(data, () => 'MAML');
  expect(table.rows.length).toBe(33);
  expect(table.rows[0]?.slice(0, 4)).toEqual(['MAML', 5, 0, 3.5]);
});
