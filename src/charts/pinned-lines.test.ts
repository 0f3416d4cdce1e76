import { describe, expect, it } from 'vitest';
import { layoutAdaptationCurve } from './adaptation-curve.ts';
import { layoutAlphaChart } from './alpha-chart.ts';
import { assertSound, instrumentViews, PLAIN_VIEW, textsOf } from './chart-expectations.testing.ts';
import { layoutLearningCurve } from './learning-curve.ts';
import { contrast, themeOf } from './palette.ts';
import { createPinnedFinals } from './pinned-finals.ts';
import { withPinnedTable } from './pinned-layer.ts';
import { createPinnedLayer, PIN_LOOKS, type PinnedLine } from './pinned-lines.ts';
import { layoutReachingFinal } from './reaching-final.ts';
import { layoutReturnAdaptation } from './return-adaptation.ts';
import { layoutReturnCurve } from './return-curve.ts';
import { formatValue, toValue } from './scales.ts';
import type { Mark } from './scene.ts';
import type { ChartTable } from './table.ts';

const LETTERS = 'ABCDEFGH';

function line(at: number, more: Partial<PinnedLine> = {}): PinnedLine {
  const x = Array.from({ length: 21 }, (_, i) => i * 50);
  return {
    letter: LETTERS[at] ?? '?',
    title: `run ${at}`,
    algorithm: 'maml',
    name: 'MAML',
    look: PIN_LOOKS[at % PIN_LOOKS.length]!,
    isBaseline: false,
    x,
    y: x.map((t) => 3 * Math.exp(-t / 200) + 0.2 * at + 0.1),
    ...more,
  };
}

const layerOf = (lines: readonly PinnedLine[], snapX = false) =>
  createPinnedLayer({ lines, rows: [], summary: '', snapX });

/** A learning curve whose live run has reached iteration 100 of 1,000, on an axis that ends there. */
function learning(lines: readonly PinnedLine[], hoverX: number | null = null) {
  const x = Float64Array.from({ length: 100 }, (_, i) => i + 1);
  const queryLoss = x.map((t) => 2 * Math.exp(-t / 60));
  const heldOut = { x: [], median: [], q25: [], q75: [], mean: [] };
  return {
    xKind: 'iteration' as const,
    lossScale: 'linear' as const,
    series: [{ algorithm: 'maml' as const, length: 100, x, queryLoss, heldOut, divergedAt: null }],
    pinned: [],
    kept: layerOf(lines),
    xLimit: 1000,
    show: { raw: true, smoothed: true, mean: true },
    scrubX: null,
    hoverX,
  };
}

const keptLines = (marks: readonly Mark[]) =>
  marks.filter((mark) => mark.kind === 'line' && mark.role.startsWith('kept:'));

describe('pinned lines', () => {
  it('are cut to the live run’s axis, which they never widen', () => {
    const alone = layoutLearningCurve(learning([]), PLAIN_VIEW);
    const beside = layoutLearningCurve(learning([line(0), line(1)]), PLAIN_VIEW);
    expect(beside.x.domain).toEqual(alone.x.domain);
    expect(beside.x.domain).toEqual([0, 100]);
    const drawn = keptLines(beside.marks);
    expect(drawn).toHaveLength(2);
    for (const mark of drawn) {
      if (mark.kind !== 'line') continue;
      const last = mark.points[mark.points.length - 2]!;
      expect(last).toBeCloseTo(beside.plot.x + beside.plot.width, 3);
    }
  });

  it('raise the other axis only by what is within that one', () => {
    const early = layoutLearningCurve(
      learning([line(0, { y: line(0).x.map((t) => (t > 500 ? 900 : 1)) })]),
      PLAIN_VIEW,
    );
    expect(early.y.domain[1]).toBeLessThan(10);
    const high = layoutLearningCurve(learning([line(0, { y: line(0).x.map(() => 25) })]), PLAIN_VIEW);
    expect(high.y.domain[1]).toBeGreaterThanOrEqual(25);
  });

  it('are thinner than the live line, dashed, and named by letter and algorithm', () => {
    const scene = layoutLearningCurve(learning([line(0), line(1)]), PLAIN_VIEW);
    const live = scene.marks.find((mark) => mark.role === 'smoothed:maml');
    if (live?.kind !== 'line') throw new Error('no live line');
    for (const mark of keptLines(scene.marks)) {
      if (mark.kind !== 'line') continue;
      expect(mark.lineWidth).toBeLessThan(live.lineWidth);
      expect(mark.dash?.length).toBeGreaterThan(0);
    }
    expect(textsOf(scene).map(({ text }) => text)).toEqual(
      expect.arrayContaining(['MAML', 'A MAML', 'B MAML']),
    );
  });

  it('draw the baseline in dashed ink', () => {
    const scene = layoutLearningCurve(learning([line(0, { isBaseline: true }), line(1)]), PLAIN_VIEW);
    const [baseline, other] = keptLines(scene.marks);
    if (baseline?.kind !== 'line' || other?.kind !== 'line') throw new Error('no lines');
    expect(baseline.stroke).toBe(PLAIN_VIEW.theme.ink);
    expect(baseline.lineWidth).toBeGreaterThan(other.lineWidth);
    expect(other.stroke).not.toBe(PLAIN_VIEW.theme.ink);
  });

  it('are read under the pointer, beyond their end no more', () => {
    const short = line(1, { x: [0, 40], y: [3, 2] });
    const scene = layoutLearningCurve(learning([line(0), short], PLAIN_VIEW.width / 2), PLAIN_VIEW);
    expect(scene.hover?.rows.map(({ label }) => label)).toEqual(['MAML', 'A MAML']);
    // Between two points of the line, as it is drawn.
    const at = toValue(scene.x, PLAIN_VIEW.width / 2);
    const share = (at - 50) / 50;
    const [low, high] = [line(0).y[1]!, line(0).y[2]!];
    expect(scene.hover?.rows[1]?.value).toBe(formatValue(low + share * (high - low)));
  });

  it('leave names out where there is no room, the last ones first', () => {
    const many = Array.from({ length: 8 }, (_, i) => line(i));
    const view = { ...PLAIN_VIEW, height: 110 };
    const scene = layoutLearningCurve(learning(many), view);
    const names = textsOf(scene).map(({ text }) => text);
    expect(names).toContain('A MAML');
    expect(names).not.toContain('H MAML');
    assertSound(scene);
  });

  it('stand on every chart with a history, soundly at every size and theme', () => {
    const x = [0, 1, 2, 3, 4];
    const steps = line(0, {
      x,
      y: [-30, -20, -12, -11, -10],
      low: [-32, -22, -14, -13, -12],
      high: [-28, -18, -10, -9, -8],
    });
    const kept = layerOf([steps, { ...steps, letter: 'B', isBaseline: true }], true);
    const history = { length: 0, x: [], before: [], after: [], afterQ25: [], afterQ75: [] };
    for (const view of instrumentViews()) {
      const scenes = [
        layoutReturnAdaptation(
          { points: [], published: [], innerStep: 1, focus: null, kept, hoverX: null },
          view,
        ),
        layoutAdaptationCurve(
          { series: [], supportSize: 5, innerStep: 1, lossScale: 'linear', kept, hoverX: null },
          view,
        ),
        layoutReturnCurve(
          {
            xKind: 'iteration',
            series: [{ algorithm: 'maml', ...history, divergedAt: null }],
            pinned: [],
            kept,
            xLimit: 50,
            focus: null,
            scrubX: null,
            hoverX: null,
          },
          view,
        ),
        layoutAlphaChart(
          {
            mode: 'scalar',
            series: [],
            fixed: [],
            xLimit: 100,
            scrubX: null,
            hoverX: null,
            kept: layerOf([line(0, { y: line(0).x.map(() => 0.02) })]),
          },
          view,
        ),
      ];
      for (const scene of scenes) {
        assertSound(scene);
        expect(keptLines(scene.marks).length).toBeGreaterThan(0);
      }
    }
  });

  it('differ in more than colour, and keep 3:1 to the surface', () => {
    const dashes = PIN_LOOKS.map(({ dash }) => dash.join(' '));
    expect(new Set(dashes).size).toBe(PIN_LOOKS.length);
    for (const name of ['light', 'dark'] as const) {
      const theme = themeOf(name);
      for (const at of PIN_LOOKS.keys()) {
        for (const isBaseline of [false, true]) {
          const scene = layoutLearningCurve(learning([line(at, { isBaseline })]), { ...PLAIN_VIEW, theme });
          const [mark] = keptLines(scene.marks);
          if (mark?.kind !== 'line') throw new Error('no line');
          expect(contrast(mark.stroke, theme.surface)).toBeGreaterThanOrEqual(3);
        }
      }
    }
  });

  it('stand under the strips of the final distances', () => {
    const quantiles = { q25: new Float64Array(1), median: new Float64Array(1), q75: new Float64Array(1) };
    const finalDistances = Float64Array.of(1, 1.2, 0.8);
    const outcome = {
      seeds: 3,
      at: Int32Array.of(0),
      strategies: [{ strategy: 'medium' as const, finalDistances, ...quantiles, winnerShare: 1 }],
    };
    const pin = { letter: 'A', strategy: 'medium', isBaseline: false, mean: 3.4, halfWidth: 0.2 };
    const kept = createPinnedFinals([pin], { rows: [], summary: '' });
    const scene = layoutReachingFinal({ outcome, kept }, PLAIN_VIEW);
    const [bracket] = scene.marks.filter(({ role }) => role === 'kept:A:medium');
    if (bracket?.kind !== 'line') throw new Error('no bracket');
    expect(toValue(scene.x, bracket.points[0]!)).toBeCloseTo(3.2, 9);
    expect(toValue(scene.x, bracket.points[2]!)).toBeCloseTo(3.6, 9);
    expect(scene.x.domain[1]).toBeGreaterThanOrEqual(3.6);
    assertSound(scene);
  });

  it('come at the end of the chart’s own table', () => {
    const table: ChartTable = { columns: ['algorithm', 'x'], rows: [['MAML', 1]] };
    const kept = createPinnedLayer({ lines: [line(0)], rows: [['A MAML', 2]], summary: '' });
    expect(withPinnedTable(table, kept).rows).toEqual([
      ['MAML', 1],
      ['A MAML', 2],
    ]);
    expect(withPinnedTable(table, null)).toBe(table);
  });
});
