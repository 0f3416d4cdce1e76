import { describe, expect, it } from 'vitest';
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { ParameterSpace } from '../training/session-events.ts';
import {
  assertDrawable,
  assertSound,
  instrumentViews,
  PLAIN_VIEW,
  textsOf,
} from './chart-expectations.testing.ts';
import { layoutParameterSpace, summariseParameterSpace, tableParameterSpace } from './parameter-space.ts';
import { stepMagnification } from './plane-spokes.ts';
import { stepPlaneWindow } from './plane-window.ts';

const IDS: readonly AlgorithmId[] = ['maml', 'fomaml', 'reptile', 'rmaml'];

const LIVE = { scrubIteration: null } as const;

/** Path point i is of meta-iteration 10 i. */
function space(points: number, reach = 3): ParameterSpace {
  const runs = IDS.map((algorithm, a) => {
    const path = Float32Array.from({ length: 2 * points }, (_, i) => {
      const t = points > 1 ? Math.floor(i / 2) / (points - 1) : 0;
      return i % 2 === 0 ? reach * t * (1 - 0.1 * a) : reach * 0.4 * Math.sin(2 * t) * (1 - 0.4 * a);
    });
    const [x, y] = [path.at(-2) ?? 0, path.at(-1) ?? 0];
    const adapted = Float32Array.from({ length: 10 }, (_, i) => {
      const angle = (i >> 1) * 1.25 + a;
      return i % 2 === 0 ? x + 0.2 * reach * Math.cos(angle) : y + 0.2 * reach * Math.sin(angle);
    });
    const iterations = Array.from({ length: points }, (_, i) => 10 * i);
    return { algorithm, path, iterations, adapted };
  });
  return { runs, explainedVariance: 0.93 };
}

describe('layoutParameterSpace', () => {
  it('is sound at every size and theme, from one point to many', () => {
    for (const view of instrumentViews()) {
      for (const points of [1, 2, 40, 400]) {
        assertSound(layoutParameterSpace({ space: space(points), focus: null, ...LIVE }, view));
      }
    }
  });

  it('has equal aspect: a unit is as long across as up', () => {
    const square: ParameterSpace = {
      runs: [
        {
          algorithm: 'maml',
          path: Float32Array.of(0, 0, 1, 0, 1, 1),
          iterations: [0, 1, 2],
          adapted: new Float32Array(0),
        },
      ],
      explainedVariance: 1,
    };
    const trail = layoutParameterSpace({ space: square, focus: null, ...LIVE }, PLAIN_VIEW).marks.find(
      (mark) => mark.role === 'trail:maml',
    );
    if (trail?.kind !== 'line') throw new Error('no trail');
    const [x0, , x1, y1, , y2] = Array.from(trail.points);
    expect(x1! - x0!).toBeCloseTo(y1! - y2!, 9);
    expect(x1!).toBeGreaterThan(x0!);
    expect(y2!).toBeLessThan(y1!);
  });

  it('draws a halo under every trail, a spoke to every θ′ and the marker of every algorithm', () => {
    const { marks } = layoutParameterSpace({ space: space(20), focus: null, ...LIVE }, PLAIN_VIEW);
    const count = (role: RegExp) => marks.filter((mark) => role.test(mark.role)).length;
    expect([count(/^halo$/), count(/^trail/), count(/^spoke/), count(/^adapted/), count(/^now/)]).toEqual([
      4, 4, 20, 20, 4,
    ]);
    const shapes = marks.flatMap((mark) =>
      mark.kind === 'marker' && mark.role.startsWith('now') ? [mark.shape] : [],
    );
    expect(shapes).toEqual(['circle', 'triangle', 'square', 'diamond']);
  });

  it('writes "θ at 0" with an italic θ beside the start', () => {
    const texts = textsOf(layoutParameterSpace({ space: space(20), focus: null, ...LIVE }, PLAIN_VIEW));
    expect(texts.find((mark) => mark.role === 'start-symbol')).toMatchObject({ text: 'θ', symbol: true });
    expect(texts.find((mark) => mark.role === 'start-label')?.text).toBe('at 0');
  });

  it('does not jump while a path grows: few windows, each kept for many frames', () => {
    let scene = layoutParameterSpace({ space: space(2, 0.01), focus: null, ...LIVE }, PLAIN_VIEW);
    let changes = 0;
    for (let reach = 0.01; reach < 3; reach *= 1.01) {
      const next = layoutParameterSpace({ space: space(50, reach), focus: null, ...LIVE }, PLAIN_VIEW, scene);
      if (next.window !== scene.window) changes++;
      scene = next;
    }
    // 574 frames over a factor of 300.
    expect(changes).toBeGreaterThan(3);
    expect(changes).toBeLessThan(40);
  });

  it('says what to do when empty', () => {
    const scene = layoutParameterSpace({ space: null, focus: null, ...LIVE }, PLAIN_VIEW);
    expect(textsOf(scene).map((mark) => mark.text)).toEqual(['Press Run to draw this.']);
    assertSound(scene);
    assertSound(
      layoutParameterSpace({ space: { runs: [], explainedVariance: 0 }, focus: null, ...LIVE }, PLAIN_VIEW),
    );
  });

  it('survives paths that are not finite or do not move, and a view without room', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 0, 1e30]) {
      const flat = Float32Array.of(value, value, value, value);
      const one = { algorithm: 'maml' as const, path: flat, iterations: [0, 1], adapted: flat };
      const good = space(10).runs[3]!;
      assertSound(
        layoutParameterSpace(
          { space: { runs: [one], explainedVariance: 1 }, focus: null, ...LIVE },
          PLAIN_VIEW,
        ),
      );
      assertSound(
        layoutParameterSpace(
          { space: { runs: [one, good], explainedVariance: 1 }, focus: null, ...LIVE },
          PLAIN_VIEW,
        ),
      );
    }
    assertDrawable(
      layoutParameterSpace(
        { space: space(10), focus: 'maml', ...LIVE },
        { ...PLAIN_VIEW, width: 2, height: 2 },
      ),
    );
  });
});

describe('scrubbing', () => {
  const marksAt = (scrubIteration: number | null, shown = space(20)) =>
    layoutParameterSpace({ space: shown, focus: null, scrubIteration }, PLAIN_VIEW).marks;
  const named = (marks: ReturnType<typeof marksAt>, role: string) => marks.find((mark) => mark.role === role);

  it('ends every path at the checkpoint, with its marker there and without spokes', () => {
    const live = named(marksAt(null), 'trail:maml');
    const marks = marksAt(70);
    const trail = named(marks, 'trail:maml');
    if (live?.kind !== 'line' || trail?.kind !== 'line') throw new Error('no trail');
    // The frame stands still: the same eight points at the same pixels.
    expect(Array.from(trail.points)).toEqual(Array.from(live.points).slice(0, 16));
    expect(named(marks, 'now:maml')).toMatchObject({ x: trail.points[14], y: trail.points[15] });
    expect(marks.filter((mark) => /^(spoke|adapted)/.test(mark.role))).toEqual([]);
  });

  it('is sound at the start and everywhere else', () => {
    for (const scrubIteration of [0, 10, 190]) {
      assertSound(layoutParameterSpace({ space: space(20), focus: null, scrubIteration }, PLAIN_VIEW));
    }
  });

  it('leaves a diverged run where it stopped', () => {
    const [maml, fomaml] = space(20).runs;
    const stopped = { ...maml!, path: maml!.path.subarray(0, 10), iterations: [0, 10, 20, 30, 35] };
    const marks = marksAt(100, { runs: [stopped, fomaml!], explainedVariance: 1 });
    const trail = named(marks, 'trail:maml');
    if (trail?.kind !== 'line') throw new Error('no trail');
    expect(trail.points).toHaveLength(10);
    expect(named(marks, 'now:maml')).toBeDefined();
  });

  it('marks no θ where a resumed path has a gap', () => {
    const [maml] = space(3).runs;
    const resumed = { ...maml!, iterations: [0, 100, 110] };
    const marks = marksAt(50, { runs: [resumed], explainedVariance: 1 });
    expect(named(marks, 'now:maml')).toBeUndefined();
    expect(named(marks, 'start')).toBeDefined();
  });

  it('says and tabulates what is shown', () => {
    const data = { space: space(20), focus: null, scrubIteration: 70 };
    expect(summariseParameterSpace(data, (id) => id)).toMatch(
      /^Paths of θ up to iteration 70: maml, 8 points/,
    );
    const { rows, columns } = tableParameterSpace(data, (id) => id);
    expect(rows).toHaveLength(4 * 8);
    expect(rows[7]![columns.indexOf('iteration')]).toBe(70);
  });
});

describe('stepPlaneWindow', () => {
  it('holds all points, and keeps the window while they stay and fill it', () => {
    const first = stepPlaneWindow(null, space(30), 2);
    if (first === null) throw new Error('no window');
    for (const run of space(30).runs) {
      for (let i = 0; i < run.path.length; i += 2) {
        expect(Math.abs(run.path[i]! - first.x)).toBeLessThanOrEqual(2 * first.reach);
        expect(Math.abs(run.path[i + 1]! - first.y)).toBeLessThanOrEqual(first.reach);
      }
    }
    expect(stepPlaneWindow(first, space(30, 2.9), 2)).toBe(first);
    expect(stepPlaneWindow(first, space(30, 9), 2)?.reach).toBeGreaterThan(first.reach);
  });
});

it('summarises and tabulates', () => {
  const data = { space: space(5), focus: null, ...LIVE };
  expect(summariseParameterSpace(data, (id) => id)).toMatch(
    /^Paths of θ: maml, 5 points, 3\.\d from the start; .* 93 % of/,
  );
  expect(tableParameterSpace(data, (id) => id).rows.length).toBe(4 * (5 + 5));
});

describe('the length of spokes', () => {
  const plot = { x: 0, y: 0, width: 200, height: 100 };
  const runWith = (length: number) => [
    {
      algorithm: 'maml' as const,
      path: Float64Array.of(0, 0, 50, 50),
      adapted: Float64Array.of(50 + length, 50),
      now: { x: 50, y: 50 },
    },
  ];

  it('is true where that can be seen, and magnified where it would hide under the marker', () => {
    expect(stepMagnification(1, runWith(20), plot)).toBe(1);
    expect(stepMagnification(1, runWith(1), plot)).toBe(20);
    expect(stepMagnification(1, runWith(0.1), plot)).toBe(200);
  });

  it('keeps its factor while that serves, and shrinks it before spokes leave the plot', () => {
    expect(stepMagnification(20, runWith(0.6), plot)).toBe(20);
    expect(stepMagnification(20, runWith(2), plot)).toBe(10);
    expect(stepMagnification(20, runWith(90), plot)).toBe(1);
  });

  it('keeps its factor without any finite spoke', () => {
    expect(stepMagnification(5, runWith(Number.NaN), plot)).toBe(5);
    expect(stepMagnification(5, [], plot)).toBe(5);
  });
});
