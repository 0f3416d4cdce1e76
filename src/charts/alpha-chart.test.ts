import { describe, expect, it } from 'vitest';
import type { AlphaMode } from '../experiment/experiment.ts';
import {
  type AlphaChartData,
  type AlphaSeries,
  alphaSeries,
  layoutAlphaChart,
  summariseAlphaChart,
  tableAlphaChart,
} from './alpha-chart.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';
import { toPixel } from './scales.ts';

function learned(length: number, scale = 1): AlphaSeries {
  const iteration = Float64Array.from({ length }, (_, i) => i + 1);
  const mean = iteration.map((t) => 0.01 * scale * (1 + t / (length + 1)));
  const values = Array.from({ length: 6 }, (_, i) => 0.01 * i);
  return {
    algorithm: 'rmaml',
    length,
    iteration,
    mean,
    min: mean.map((a) => a / 2),
    max: mean.map((a) => a * 2),
    layers: [1, 2, 3].map((f) => ({ iteration: [0, 50, 100], values: [0.01, 0.01 * f, 0.012 * f] })),
    current: Array.from({ length: 200 }, (_, i) => 0.005 + values[i % 6]! * 0.4),
  };
}

function chart(mode: AlphaMode, more: Partial<AlphaChartData> = {}): AlphaChartData {
  return {
    mode,
    series: [learned(120)],
    fixed: [
      { algorithm: 'maml', alpha: 0.01 },
      { algorithm: 'fomaml', alpha: 0.01 },
      { algorithm: 'reptile', alpha: 0.02 },
    ],
    xLimit: 10_000,
    scrubX: null,
    hoverX: null,
    ...more,
  };
}

const MODES = ['scalar', 'layer', 'parameter'] as const;

describe('layoutAlphaChart', () => {
  it.each(MODES)('is sound at every size, theme and length, %s', (mode) => {
    for (const view of instrumentViews()) {
      for (const length of [0, 1, 2, 500]) {
        for (const hoverX of [null, 60, 150]) {
          assertSound(layoutAlphaChart(chart(mode, { series: [learned(length)], hoverX }), view));
        }
      }
    }
  });

  it('draws one line, one per layer, or mean, band and histogram', () => {
    const roles = (mode: AlphaMode) =>
      layoutAlphaChart(chart(mode), PLAIN_VIEW).marks.map((mark) => mark.role);
    expect(roles('scalar')).toContain('mean:rmaml');
    expect(roles('scalar')).not.toContain('band:rmaml');
    expect(roles('layer').filter((role) => /^layer:rmaml/.test(role)).length).toBe(3);
    expect(roles('parameter')).toEqual(expect.arrayContaining(['mean:rmaml', 'band:rmaml', 'bin:rmaml']));
  });

  it('counts every current value once in the histogram', () => {
    const scene = layoutAlphaChart(chart('parameter'), PLAIN_VIEW);
    const widths = scene.marks.flatMap((mark) =>
      mark.role === 'bin:rmaml' && mark.kind === 'rect' ? [mark.rect.width] : [],
    );
    // Six values, the first two 33 or 34 times, none below the axis: six bars in proportion to 34, 34, 33 ….
    expect(widths.length).toBe(6);
    const longest = Math.max(...widths);
    const counts = widths.map((width) => Math.round((34 * width) / longest));
    expect(counts.reduce((a, b) => a + b, 0)).toBe(200);
  });

  it('draws fixed αs flat at their value; equal ones share a line and a name', () => {
    const scene = layoutAlphaChart(chart('scalar'), PLAIN_VIEW);
    const fixed = scene.marks.filter((mark) => mark.role === 'fixed');
    expect(fixed.length).toBe(2);
    const first = fixed[0];
    if (first?.kind !== 'line') throw new Error('not a line');
    expect(first.points[1]).toBe(toPixel(scene.y, 0.01));
    expect(first.points[3]).toBe(first.points[1]);
    const names = textsOf(scene).filter((mark) => mark.role.startsWith('label:fixed'));
    expect(names.map((mark) => mark.text)).toEqual(['fixed α', 'Reptile']);
  });

  it('keeps its domain until α leaves it', () => {
    const first = layoutAlphaChart(chart('scalar'), PLAIN_VIEW);
    const inside = layoutAlphaChart(chart('scalar', { series: [learned(130)] }), PLAIN_VIEW, first);
    expect(inside.y.domain).toBe(first.y.domain);
    const outside = layoutAlphaChart(chart('scalar', { series: [learned(130, 30)] }), PLAIN_VIEW, first);
    expect(outside.y.domain[1]).toBeGreaterThan(first.y.domain[1]);
  });

  it('says so when no run learns its α', () => {
    const scene = layoutAlphaChart(chart('scalar', { series: [] }), PLAIN_VIEW);
    expect(textsOf(scene).map((mark) => mark.text)).toContain('α is fixed in every run.');
    assertSound(scene);
  });

  it('survives αs that are zero, negative or not finite, and a view without room', () => {
    for (const value of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
      const rows = Array.from({ length: 10 }, () => value);
      const layers = [{ iteration: [0, 5], values: [value, value] }];
      const bad = { ...learned(10), mean: rows, min: rows, max: rows, layers, current: rows };
      for (const mode of MODES) {
        for (const fixed of [[], chart('scalar').fixed]) {
          assertSound(layoutAlphaChart(chart(mode, { series: [bad], fixed, hoverX: 90 }), PLAIN_VIEW));
        }
      }
    }
    assertDrawable(layoutAlphaChart(chart('parameter'), { ...PLAIN_VIEW, width: 2, height: 2 }));
  });
});

describe('alphaSeries', () => {
  it('follows each layer through the samples', () => {
    const samples = [
      { iteration: 0, values: [0.01, 0.01] },
      { iteration: 8, values: [0.02, 0.03] },
    ];
    const got = alphaSeries('rmaml', 'layer', { metrics: null, samples, scrubX: null });
    expect(got.layers).toEqual([
      { iteration: [0, 8], values: [0.01, 0.02] },
      { iteration: [0, 8], values: [0.01, 0.03] },
    ]);
    expect(got.current).toEqual([0.02, 0.03]);
    expect(alphaSeries('rmaml', 'scalar', { metrics: null, samples, scrubX: null }).layers).toEqual([]);
  });
});

describe('scrubbing', () => {
  it('shows the values of the checkpoint scrubbed to, a rule there, and speaks of it', () => {
    const samples = [0, 50, 120].map((iteration) => ({ iteration, values: [0.01 + iteration / 1e4] }));
    const at = (scrubX: number | null) =>
      alphaSeries('rmaml', 'parameter', { metrics: null, samples, scrubX }).current;
    expect([at(null), at(50), at(0)]).toEqual([[0.022], [0.015], [0.01]]);
    const data = chart('scalar', { scrubX: 50 });
    const scene = layoutAlphaChart(data, PLAIN_VIEW);
    const rule = scene.marks.find((mark) => mark.role === 'now');
    if (rule?.kind !== 'line') throw new Error('no rule');
    // Rules sit on half pixels.
    expect(Math.abs(rule.points[0]! - toPixel(scene.x, 50))).toBeLessThanOrEqual(0.5);
    expect(summariseAlphaChart(data, (id) => id)).toMatch(/^rmaml: α 0.0141 at iteration 50\./);
  });
});

it('summarises and tabulates', () => {
  const text = summariseAlphaChart(chart('parameter'), (id) => id);
  expect(text).toBe(
    'rmaml: α 0.0199 (0.00996 to 0.0398) at iteration 120. maml: fixed at 0.01. fomaml: fixed at 0.01. reptile: fixed at 0.02.',
  );
  const table = tableAlphaChart(chart('scalar', { series: [learned(2001)] }), (id) => id);
  expect(table.rows.length).toBeLessThanOrEqual(501);
  expect(table.rows.at(-1)?.[1]).toBe(2001);
});
