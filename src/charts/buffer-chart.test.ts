import { describe, expect, it } from 'vitest';
import { STRATEGIES } from '../experiment/experiment.ts';
import type { BufferSnapshot } from '../training/session-events.ts';
import {
  type BufferChartData,
  layoutBufferChart,
  layoutStrategyIcon,
  STRATEGY_WINDOWS,
  summariseBufferChart,
  tableBufferChart,
} from './buffer-chart.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';

/** Scores in batch order; the easiest `lit` from rank `from` are chosen. */
function snapshot(scores: readonly number[], from = 0, lit = 2): BufferSnapshot {
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!);
  const chosen = new Uint8Array(scores.length);
  for (const i of order.slice(from, from + lit)) chosen[i] = 1;
  return {
    scores: Float32Array.from(scores),
    replayed: Uint8Array.from(scores, (_, i) => (i % 3 === 0 ? 1 : 0)),
    isNoise: Uint8Array.from(scores, (_, i) => (i % 4 === 1 ? 1 : 0)),
    chosen,
    tasks: Float32Array.from({ length: 2 * scores.length }, (_, i) => i / 2),
  };
}

const SCORES = [3, 0.5, 2, 1, 0.25, 1.5];
const data = (more: Partial<BufferChartData> = {}): BufferChartData => ({
  algorithm: 'rmaml',
  strategy: 'medium',
  snapshot: snapshot(SCORES, 2, 2),
  enabled: true,
  ...more,
});

const bars = (scene: ReturnType<typeof layoutBufferChart>) =>
  scene.marks.flatMap((mark) => (mark.kind === 'rect' && mark.role.startsWith('bar:') ? [mark] : []));

describe('layoutBufferChart', () => {
  it('is sound at every size, theme, strategy and batch size', () => {
    for (const view of instrumentViews()) {
      for (const strategy of STRATEGIES) {
        for (const count of [1, 2, 25, 100]) {
          const scores = Array.from({ length: count }, (_, i) => Math.exp(Math.sin(i * 7)) * 2);
          for (const from of [0, Math.floor(count / 2), count - 1]) {
            assertSound(layoutBufferChart(data({ strategy, snapshot: snapshot(scores, from, 1) }), view));
          }
          assertSound(layoutBufferChart(data({ strategy, snapshot: snapshot(scores, 0, 0) }), view));
        }
      }
    }
  });

  it('sorts from easy to hard', () => {
    const tops = bars(layoutBufferChart(data(), PLAIN_VIEW)).map((bar) => bar.rect.y);
    expect(tops.length).toBe(6);
    expect(tops).toEqual([...tops].sort((a, b) => b - a));
  });

  it('fills replayed bars with ochre, leaves fresh ones hollow, pales what is not chosen', () => {
    const clean = { ...snapshot(SCORES, 2, 2), isNoise: new Uint8Array(6) };
    const drawn = bars(layoutBufferChart(data({ snapshot: clean }), PLAIN_VIEW));
    const { buffer, ink, surface } = PLAIN_VIEW.theme;
    for (const bar of drawn) {
      const replayed = bar.role.includes('replayed');
      expect(bar.fill).toBe(replayed ? buffer : surface);
      expect(bar.stroke).toBe(replayed ? buffer : ink);
      expect(bar.opacity).toBe(bar.role.endsWith(':lit') ? 1 : 0.38);
    }
    // In order of score 0.25 0.5 1 1.5 2 3: batch indices 4 1 3 5 2 0, of which 3 and 0 are replayed.
    expect(drawn.map((bar) => bar.role.includes('replayed'))).toEqual([
      false,
      false,
      true,
      false,
      false,
      true,
    ]);
    expect(drawn.map((bar) => bar.role.endsWith(':lit'))).toEqual([false, false, true, true, false, false]);
  });

  it('brackets exactly the chosen bars and names the strategy', () => {
    const scene = layoutBufferChart(data(), PLAIN_VIEW);
    const bracket = scene.marks.find((mark) => mark.role === 'bracket');
    if (bracket?.kind !== 'line') throw new Error('no bracket');
    const lit = bars(scene).filter((bar) => bar.role.endsWith(':lit'));
    expect(bracket.points[0]).toBeLessThanOrEqual(lit[0]!.rect.x);
    expect(bracket.points[6]).toBeGreaterThanOrEqual(lit[1]!.rect.x + lit[1]!.rect.width);
    expect(bracket.points[6]! - bracket.points[0]!).toBeLessThanOrEqual((2.1 * scene.plot.width) / 6);
    expect(textsOf(scene).map((mark) => mark.text)).toContain('MEDIUM, 2 for the next batch');
  });

  it('gives noise tasks a colour besides their hatching, in bars and key, fresh or replayed', () => {
    for (const view of instrumentViews()) {
      const { noise, surface } = view.theme;
      const all = data({ snapshot: { ...snapshot(SCORES), isNoise: new Uint8Array(6).fill(1) } });
      const scene = layoutBufferChart(all, view);
      for (const bar of bars(scene)) {
        expect(bar.stroke).toBe(noise);
        expect(bar.fill).toBe(bar.role.includes('replayed') ? noise : surface);
      }
      const hatches = scene.marks.flatMap((mark) =>
        mark.kind === 'line' && mark.role === 'hatch' ? [mark.stroke] : [],
      );
      // Six bars, two of them filled, and the key.
      expect(hatches.sort()).toEqual([...Array(5).fill(noise), surface, surface].sort());
    }
  });

  it('writes goals over the bars, noise in its colour, and leaves all out where one has no room', () => {
    const goals = SCORES.map((_, i) => `${i}.5`);
    const written = (one: BufferChartData) =>
      textsOf(layoutBufferChart(one, PLAIN_VIEW)).filter(({ role }) => role === 'goal');
    const labels = written(data({ goals }));
    expect(labels.map(({ text }) => text)).toEqual(['4.5', '1.5', '3.5', '5.5', '2.5', '0.5']);
    const { noise, ink2 } = PLAIN_VIEW.theme;
    expect(labels.map(({ fill }) => fill === noise)).toEqual([false, true, false, true, false, false]);
    expect(labels[0]!.fill).toBe(ink2);
    const tall = layoutBufferChart(data({ goals }), PLAIN_VIEW);
    const drawn = bars(tall);
    labels.forEach(({ box }, i) => {
      expect(box.y + box.height).toBeLessThanOrEqual(drawn[i]!.rect.y + 1);
    });
    expect(written(data({ goals: goals.map(() => 'a goal of many words') }))).toEqual([]);
    for (const view of instrumentViews()) assertSound(layoutBufferChart(data({ goals }), view));
  });

  it('hatches noise tasks and explains the hatching only when there are any', () => {
    const roles = (one: BufferChartData) => layoutBufferChart(one, PLAIN_VIEW).marks.map((mark) => mark.role);
    expect(roles(data()).filter((role) => role === 'hatch').length).toBe(3);
    const clean = { ...snapshot(SCORES), isNoise: new Uint8Array(6) };
    expect(roles(data({ snapshot: clean }))).not.toContain('hatch');
  });

  it('says what is missing: a run, or the buffer itself', () => {
    const words = (one: BufferChartData) =>
      textsOf(layoutBufferChart(one, PLAIN_VIEW)).map((mark) => mark.text);
    expect(words(data({ snapshot: null }))).toContain('Press Run to draw this.');
    expect(words(data({ snapshot: null, enabled: false }))).toContain('This run has no task buffer.');
    assertSound(layoutBufferChart(data({ snapshot: null }), PLAIN_VIEW));
  });

  it('keeps its axis while scores stay inside', () => {
    const first = layoutBufferChart(data(), PLAIN_VIEW);
    const next = layoutBufferChart(data({ snapshot: snapshot([2.5, 1, 1]) }), PLAIN_VIEW, first);
    expect(next.y.domain).toBe(first.y.domain);
  });

  it('survives scores that are not finite, and a view without room', () => {
    const bad = [Number.NaN, Number.POSITIVE_INFINITY, 1, 0, -1];
    const scene = layoutBufferChart(data({ snapshot: snapshot(bad) }), PLAIN_VIEW);
    assertSound(scene);
    expect(bars(scene).length).toBe(5);
    assertSound(layoutBufferChart(data({ snapshot: snapshot([Number.NaN]) }), PLAIN_VIEW));
    assertDrawable(layoutBufferChart(data(), { ...PLAIN_VIEW, width: 2, height: 2 }));
  });
});

it('icons light their strategy’s window', () => {
  const at = { x: 10, y: 0, width: 30, height: 8 };
  for (const strategy of STRATEGIES) {
    const lit = layoutStrategyIcon(strategy, at, PLAIN_VIEW.theme).find(
      (mark) => mark.role === 'icon-window',
    );
    if (lit?.kind !== 'rect') throw new Error('no window');
    expect(lit.rect.x).toBeCloseTo(10 + 30 * STRATEGY_WINDOWS[strategy][0], 9);
    expect(lit.rect.width).toBeCloseTo(strategy === 'uniform' ? 30 : 10, 9);
  }
});

it('summarises and tabulates', () => {
  expect(summariseBufferChart(data(), () => 'RMAML')).toBe(
    'RMAML, MEDIUM: 6 tasks, scores 0.25 to 3.00; 2 replayed, 2 chosen for the next batch, 2 noise.',
  );
  const table = tableBufferChart(data());
  expect(table.rows.map((row) => row[0])).toEqual([0.25, 0.5, 1, 1.5, 2, 3]);
  expect(table.rows[0]).toEqual([0.25, 4, 4.5, 'no', 'no', 'no']);
});
