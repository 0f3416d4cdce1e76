import { describe, expect, it } from 'vitest';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { MetricHistory } from '../state/store-types.ts';
import type { HeldOutPoint } from '../training/session-events.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';
import {
  type LearningCurveData,
  type LearningSeries,
  layoutLearningCurve,
  learningSeries,
  summariseLearningCurve,
  tableLearningCurve,
} from './learning-curve.ts';

const IDS: readonly AlgorithmId[] = ['maml', 'fomaml', 'reptile', 'rmaml'];

function series(algorithm: AlgorithmId, length: number, level = 0.4): LearningSeries {
  const x = Float64Array.from({ length }, (_, i) => i + 1);
  const queryLoss = x.map(
    (t) => 3.5 * Math.exp((-6 * t) / (length + 1)) + level + 0.2 * Math.sin(t * 12.9898),
  );
  const at = Array.from({ length: Math.min(length, 30) }, (_, i) => Math.ceil(((i + 1) * length) / 30));
  const median = at.map((t) => 3 * Math.exp((-6 * t) / (length + 1)) + level);
  const q25 = median.map((m) => m * 0.6);
  const q75 = median.map((m) => m * 1.5);
  const heldOut = { x: at, median, q25, q75, mean: median.map((m) => m * 1.2) };
  return { algorithm, length, x, queryLoss, heldOut, divergedAt: null };
}

function chart(list: readonly LearningSeries[], more: Partial<LearningCurveData> = {}): LearningCurveData {
  return {
    xKind: 'iteration',
    lossScale: 'linear',
    series: list,
    pinned: [],
    xLimit: 70_000,
    show: { raw: true, smoothed: true, mean: true },
    scrubX: null,
    hoverX: null,
    ...more,
  };
}

const four = (length: number) => IDS.map((id, i) => series(id, length, 0.3 + i * 0.01));
const roles = (scene: { marks: readonly { role: string }[] }) => scene.marks.map((mark) => mark.role);

describe('layoutLearningCurve', () => {
  it.each(['linear', 'log'] as const)('is sound at every size, theme and length, %s', (lossScale) => {
    for (const view of instrumentViews()) {
      for (const length of [0, 1, 2, 37, 5000])
        assertSound(layoutLearningCurve(chart(four(length), { lossScale }), view));
    }
  });

  it('names every line once, top to bottom by value', () => {
    const list = [series('maml', 500, 0.2), series('reptile', 500, 1.4), series('fomaml', 500, 0.8)];
    const labels = textsOf(layoutLearningCurve(chart(list), PLAIN_VIEW))
      .filter((mark) => mark.role.startsWith('label:'))
      .sort((a, b) => a.y - b.y);
    expect(labels.map((mark) => mark.text)).toEqual(['Reptile', 'FOMAML', 'MAML']);
  });

  it('shows smoothed training loss as the main line until two held-out points exist', () => {
    const early = { ...series('maml', 20), heldOut: { x: [1], median: [3], q25: [2], q75: [4], mean: [3] } };
    expect(roles(layoutLearningCurve(chart([early]), PLAIN_VIEW))).not.toContain('median:maml');
    expect(roles(layoutLearningCurve(chart([series('maml', 20)]), PLAIN_VIEW))).toEqual(
      expect.arrayContaining([
        'raw:maml',
        'smoothed:maml',
        'median:maml',
        'mean:maml',
        'band:maml',
        'label:maml',
      ]),
    );
  });

  it('paints all bands under all lines', () => {
    const kinds = layoutLearningCurve(chart(four(300)), PLAIN_VIEW).marks.filter((mark) =>
      /^(band|median)/.test(mark.role),
    );
    expect(kinds.slice(0, 4).every((mark) => mark.kind === 'area')).toBe(true);
    expect(kinds.every((mark) => mark.kind !== 'area' || mark.opacity === 0.14)).toBe(true);
  });

  it('lets the bands, raw losses and means of runs out of focus recede, and names all alike', () => {
    const { marks } = layoutLearningCurve(chart(four(300), { focus: 'reptile' }), PLAIN_VIEW);
    const opacity = (role: string) => marks.find((mark) => mark.role === role)?.opacity ?? Number.NaN;
    for (const kind of ['band', 'raw', 'mean']) {
      expect(opacity(`${kind}:maml`)).toBeCloseTo(0.3 * opacity(`${kind}:reptile`), 9);
    }
    expect(opacity('median:maml')).toBe(opacity('median:reptile'));
    expect(opacity('label:maml')).toBe(opacity('label:reptile'));
  });

  it('steps its domains and otherwise keeps them while a run grows', () => {
    const full = { ...series('maml', 5000), heldOut: { x: [], median: [], q25: [], q75: [], mean: [] } };
    let scene = layoutLearningCurve(chart([{ ...full, length: 50 }]), PLAIN_VIEW);
    const seen: number[] = [scene.x.domain[1]];
    for (let length = 60; length <= 5000; length += 10) {
      scene = layoutLearningCurve(chart([{ ...full, length }]), PLAIN_VIEW, scene);
      const top = scene.x.domain[1];
      expect(top).toBeGreaterThanOrEqual(length);
      if (top !== seen.at(-1)) seen.push(top);
    }
    expect(seen).toEqual([60, 80, 100, 200, 300, 400, 600, 800, 1000, 2000, 3000, 4000, 6000]);
  });

  it('ends a diverged line at a ✕ with words, and keeps the axis for the others', () => {
    const lost = series('fomaml', 1204);
    const loss = Float64Array.from(lost.queryLoss);
    loss.fill(1e12, 1195);
    loss[1203] = Number.POSITIVE_INFINITY;
    const data = chart([series('maml', 2000), { ...lost, queryLoss: loss, divergedAt: 1204 }]);
    const before = layoutLearningCurve(chart([series('maml', 1990)]), PLAIN_VIEW);
    const scene = layoutLearningCurve(data, PLAIN_VIEW, before);
    expect(roles(scene)).toContain('diverged:fomaml');
    expect(textsOf(scene).map((mark) => mark.text)).toContain('diverged at 1,204');
    expect(scene.y.domain).toEqual(before.y.domain);
    assertSound(scene);
  });

  it('keeps the words of four divergences apart', () => {
    const list = four(300).map((one, i) => ({ ...one, divergedAt: 290 + i }));
    assertSound(layoutLearningCurve(chart(list), PLAIN_VIEW));
  });

  it('draws a pinned run faint and unnamed', () => {
    const scene = layoutLearningCurve(
      chart([series('maml', 500)], { pinned: [series('maml', 800, 1)] }),
      PLAIN_VIEW,
    );
    const pinned = scene.marks.find((mark) => mark.role === 'median:pinned:maml');
    expect(pinned?.opacity).toBeLessThan(0.5);
    expect(roles(scene).filter((role) => role.startsWith('label:'))).toEqual(['label:maml']);
  });

  it('reads every value at the pointer', () => {
    const data = chart(four(1000), { hoverX: 120 });
    const scene = layoutLearningCurve(data, PLAIN_VIEW);
    expect(scene.hover?.rows.map((row) => row.label)).toEqual(['MAML', 'FOMAML', 'Reptile', 'RMAML']);
    expect(scene.hover?.title).toMatch(/^iteration [\d,]+$/);
    assertSound(scene);
    for (const view of instrumentViews()) {
      for (let hoverX = -10; hoverX < view.width; hoverX += 17) {
        assertSound(layoutLearningCurve(chart(four(1000), { hoverX }), view));
      }
    }
  });

  it('hover value is the held-out median last measured there', () => {
    const one = series('maml', 1000);
    const scene = layoutLearningCurve(chart([one], { hoverX: 200 }), PLAIN_VIEW);
    const { x, y, hover } = scene;
    const at = x.domain[1] * ((200 - x.range[0]) / (x.range[1] - x.range[0]));
    const index = one.heldOut.x.findLastIndex((t) => t <= at);
    const expected = one.heldOut.median[index]!;
    expect(hover?.rows[0]?.value).toBe(expected.toFixed(2));
    expect(y.domain[1]).toBeGreaterThan(expected);
  });

  it('says what to do when empty', () => {
    expect(textsOf(layoutLearningCurve(chart(four(0)), PLAIN_VIEW)).map((mark) => mark.text)).toContain(
      'Press Run to draw this.',
    );
  });

  it('survives losses that are NaN, infinite, zero or negative, and a view without room', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0, -1, 1e300]) {
      const filled = Array.from({ length: 50 }, () => value);
      const heldOut = {
        x: [1, 50],
        median: [value, value],
        q25: [value, value],
        q75: [value, value],
        mean: [value, value],
      };
      const bad: LearningSeries = { ...series('maml', 50), queryLoss: filled, heldOut };
      for (const lossScale of ['linear', 'log'] as const) {
        assertSound(
          layoutLearningCurve(chart([bad, series('rmaml', 50)], { lossScale, hoverX: 100 }), PLAIN_VIEW),
        );
        assertSound(layoutLearningCurve(chart([bad], { lossScale }), PLAIN_VIEW));
      }
    }
    assertDrawable(layoutLearningCurve(chart(four(100)), { ...PLAIN_VIEW, width: 3, height: 3 }));
  });

  it('lays out a frame of four growing histories of 70,000 rows in under 4 ms', () => {
    const full = four(70_000);
    const at = (length: number) => chart(full.map((one) => ({ ...one, length })));
    let scene = layoutLearningCurve(at(61_000), PLAIN_VIEW);
    let best = Number.POSITIVE_INFINITY;
    // The least of many, so that a busy machine does not decide.
    for (let length = 61_000; length <= 70_000; length += 200) {
      const start = performance.now();
      scene = layoutLearningCurve(at(length), PLAIN_VIEW, scene);
      best = Math.min(best, performance.now() - start);
    }
    const vertices = scene.marks.reduce(
      (n, mark) => n + (mark.kind === 'line' ? mark.points.length / 2 : 0),
      0,
    );
    expect(vertices).toBeLessThan(4 * 4 * PLAIN_VIEW.width);
    expect(best).toBeLessThan(4);
    const fresh = layoutLearningCurve(at(70_000), PLAIN_VIEW, { ...scene, live: [] });
    expect(scene.marks).toEqual(fresh.marks);
  });

  it('starts over when a history was reset or replaced', () => {
    const old = layoutLearningCurve(chart([series('maml', 500, 2)]), PLAIN_VIEW);
    for (const length of [400, 500, 600]) {
      const next = chart([series('maml', length, 0.1)]);
      const fresh = layoutLearningCurve(next, PLAIN_VIEW, { ...old, live: [] });
      expect(layoutLearningCurve(next, PLAIN_VIEW, old).marks).toEqual(fresh.marks);
    }
  });
});

describe('learningSeries', () => {
  const columns: Record<string, Float64Array> = {
    iteration: Float64Array.of(1, 2, 99),
    seconds: Float64Array.of(0.1, 0.2, 99),
    queryLoss: Float64Array.of(3, 2, 99),
  };
  const metrics: MetricHistory = { length: 2, column: (name) => columns[name] ?? new Float64Array(3) };
  const point = (algorithm: AlgorithmId, iteration: number): HeldOutPoint => ({
    algorithm,
    iteration,
    gradientEvaluations: iteration * 3,
    seconds: iteration / 10,
    tasks: 600,
    loss: { mean: 1, median: 0.9, q25: 0.5, q75: 1.5, diverged: 0 },
  });

  it('takes the chosen abscissa and only its own held-out points', () => {
    const source = {
      metrics,
      heldOut: [point('maml', 1), point('rmaml', 1), point('maml', 2)],
      divergedAt: null,
    };
    const got = learningSeries('maml', 'seconds', source);
    expect(got.length).toBe(2);
    expect(got.x).toBe(columns.seconds);
    expect(got.heldOut.x).toEqual([0.1, 0.2]);
    expect(learningSeries('maml', 'gradientEvaluations', source).heldOut.x).toEqual([3, 6]);
  });

  it('is empty without a history', () => {
    expect(learningSeries('maml', 'iteration', { metrics: null, heldOut: [], divergedAt: null }).length).toBe(
      0,
    );
  });
});

it('summarises and tabulates', () => {
  const data = chart([series('maml', 300), { ...series('reptile', 10), divergedAt: 1204 }]);
  const name = (id: AlgorithmId) => id;
  expect(summariseLearningCurve(data, name)).toMatch(
    /^maml: held-out median 0\.4\d \(IQR 0\.2\d to 0\.6\d\) at iteration 300\. reptile: diverged at 1,204\.$/,
  );
  const table = tableLearningCurve(data, name);
  expect(table.columns.length).toBe(table.rows[0]?.length);
  expect(table.rows.length).toBe(40);
});
