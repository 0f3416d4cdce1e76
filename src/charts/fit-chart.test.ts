import { describe, expect, it } from 'vitest';
import { assertDrawable, assertSound, instrumentViews, PLAIN_VIEW } from './chart-expectations.testing.ts';
import {
  type FitChartData,
  fitPointAt,
  layoutFitChart,
  stepFitDomain,
  summariseFitChart,
  tableFitChart,
} from './fit-chart.ts';
import { hitTest } from './pointer.ts';
import { type ChartView, overlaps } from './scene.ts';

const gridX = Array.from({ length: 101 }, (_, i) => -5 + i / 10);

function task(amplitude: number, phase: number): Omit<FitChartData, 'yDomain'> {
  const f = (x: number): number => amplitude * Math.sin(x - phase);
  const before = (x: number): number => 0.5 * Math.sin(0.7 * x);
  return {
    algorithm: 'maml',
    gridX,
    truth: gridX.map(f),
    fits: [0, 1, 2, 3].map((k) => gridX.map((x) => before(x) + (f(x) - before(x)) * (1 - 0.4 ** k))),
    support: [-4.5, -2, 0, 1.5, 4].map((x) => ({ x, y: f(x) })),
    xDomain: [-5, 5],
    activePoint: null,
    curveActive: false,
    named: true,
  };
}

function withDomain(data: Omit<FitChartData, 'yDomain'>): FitChartData {
  return { ...data, yDomain: stepFitDomain(null, [data]) };
}

const VIEW: ChartView = { ...PLAIN_VIEW, width: 330, height: 210 };

describe('layoutFitChart', () => {
  it('is sound at every size and theme, for many tasks', () => {
    for (const view of instrumentViews()) {
      for (let i = 0; i < 8; i++) {
        const data = withDomain(task(0.1 + (4.9 * i) / 7, (Math.PI * i) / 7));
        assertSound(layoutFitChart(data, { ...view, width: view.width + 46, height: view.height + 80 }));
      }
    }
  });

  it('draws truth dashed, before dotted, the final fit strongest', () => {
    const { marks } = layoutFitChart(withDomain(task(3, 1)), VIEW);
    const line = (role: string) => {
      const mark = marks.find((one) => one.role === role);
      if (mark?.kind !== 'line') throw new Error(`no line ${role}`);
      return mark;
    };
    expect(line('true').dash).toEqual([6, 4]);
    expect(line('true').stroke).toBe(VIEW.theme.ink);
    expect(line('fit:0').dash?.length).toBe(2);
    expect(line('fit:3').lineWidth).toBe(2.5);
    expect(line('fit:1').lineWidth).toBeLessThan(2.5);
    expect(line('fit:2').opacity).toBeGreaterThan(line('fit:1').opacity ?? 1);
  });

  it('puts the words where no curve and no point runs', () => {
    const scene = layoutFitChart(withDomain(task(3.2, 2)), VIEW);
    const words = scene.marks.filter((mark) => mark.kind === 'text' && mark.role.startsWith('label:'));
    expect(words.map((mark) => mark.role)).toEqual(['label:true', 'label:before']);
    for (const word of words) {
      if (word.kind !== 'text') continue;
      for (const mark of scene.marks) {
        if (mark.kind !== 'line' || !/^(true|fit)/.test(mark.role)) continue;
        for (let i = 0; i < mark.points.length; i += 2) {
          const at = { x: mark.points[i]!, y: mark.points[i + 1]!, width: 0.1, height: 0.1 };
          expect(overlaps(word.box, at), `${word.text} on ${mark.role}`).toBe(false);
        }
      }
    }
  });

  it('keeps the words in place while there is room', () => {
    const first = layoutFitChart(withDomain(task(3.2, 2)), VIEW);
    const nudged = withDomain(task(3.22, 2.01));
    const next = layoutFitChart(nudged, VIEW, first);
    expect(next.places).toEqual(first.places);
  });

  it('rings the active point only', () => {
    const scene = layoutFitChart({ ...withDomain(task(3, 1)), activePoint: 2 }, VIEW);
    const rings = scene.marks.filter((mark) => mark.role === 'support-ring');
    expect(rings.length).toBe(1);
    expect(rings[0]).toMatchObject({ x: scene.handles[2]!.x, y: scene.handles[2]!.y });
  });

  it('hands out handles that hit-test to the points, and the curve between them', () => {
    const scene = layoutFitChart(withDomain(task(3, 1)), VIEW);
    const handle = scene.handles[1]!;
    expect(hitTest(scene, { x: handle.x + 5, y: handle.y + 5 }, 12)).toBe(handle);
    const middle = { x: scene.truth[2 * 40]!, y: scene.truth[2 * 40 + 1]! };
    expect(hitTest(scene, middle, 12)).toEqual({ kind: 'curve' });
  });

  it('turns a pixel back into the task’s coordinates and stays in the plot', () => {
    const scene = layoutFitChart(withDomain(task(3, 1)), VIEW);
    const point = fitPointAt(scene, scene.handles[3]!);
    expect(point.x).toBeCloseTo(1.5, 6);
    expect(point.y).toBeCloseTo(3 * Math.sin(0.5), 6);
    expect(fitPointAt(scene, { x: -100, y: 1e5 }).x).toBe(-5);
    expect(fitPointAt(scene, { x: -100, y: 1e5 }).y).toBeCloseTo(scene.y.domain[0], 9);
  });

  it('says what to do when there is no fit yet, and still shows the task', () => {
    const scene = layoutFitChart({ ...withDomain(task(3, 1)), fits: [] }, VIEW);
    const texts = scene.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    expect(texts).toContain('Press Run to draw this.');
    expect(scene.marks.some((mark) => mark.role === 'true')).toBe(true);
    assertSound(scene);
  });

  it('survives fits that exploded, no points, and a view without room', () => {
    const bad = [Number.NaN, Number.POSITIVE_INFINITY, 1e30, -1e38].map((v) => gridX.map(() => v));
    for (const fit of bad) assertSound(layoutFitChart(withDomain({ ...task(3, 1), fits: [fit, fit] }), VIEW));
    assertSound(layoutFitChart(withDomain({ ...task(3, 1), support: [] }), VIEW));
    assertDrawable(layoutFitChart(withDomain(task(3, 1)), { ...VIEW, width: 1, height: 1 }));
    assertDrawable(layoutFitChart(withDomain({ ...task(3, 1), gridX: [], truth: [], fits: [[]] }), VIEW));
  });
});

describe('stepFitDomain', () => {
  it('is shared, steps when a task leaves it, and ignores exploded fits', () => {
    const domain = stepFitDomain(null, [task(3, 0), task(1, 0)]);
    expect(domain[1]).toBeCloseTo(5.2);
    expect(stepFitDomain(domain, [task(4.4, 1)])).toBe(domain);
    expect(stepFitDomain(domain, [task(5.5, 1)])[1]).toBeCloseTo(7.8);
    const exploded = { ...task(3, 0), fits: [gridX.map(() => 1e9)] };
    expect(stepFitDomain(null, [exploded])[1]).toBeLessThan(6);
  });

  it('does not move for a whole drag of the amplitude inside it', () => {
    let domain = stepFitDomain(null, [task(5, 0)]);
    for (let a = 5; a >= 2; a -= 0.1) {
      const next = stepFitDomain(domain, [task(a, 0)]);
      expect(next).toBe(domain);
      domain = next;
    }
  });
});

it('summarises and tabulates', () => {
  const data = withDomain(task(3, 1));
  const text = summariseFitChart(data, () => 'MAML');
  expect(text).toMatch(
    /^MAML: mean squared error [\d.]+ before adaptation, [\d.]+ after 3 steps on 5 support points\.$/,
  );
  expect(summariseFitChart({ ...data, fits: [] }, () => 'MAML')).toBe(
    'MAML: 5 support points, not trained yet.',
  );
  const table = tableFitChart(data);
  expect(table.columns).toEqual(['x', 'true', 'before', 'after 1', 'after 2', 'after 3']);
  expect(table.rows.length).toBe(101);
  expect(table.rows[0]).toEqual([-5, data.truth[0], ...data.fits.map((fit) => fit[0])]);
});
