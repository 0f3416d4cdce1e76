import { describe, expect, it } from 'vitest';
import { key, normal } from '../math/rng.ts';
import { createParameterSpace } from './parameter-space.ts';

const P = 50;
const origin = normal(key(1), P);
const unit = (seed: number) => {
  const draw = normal(key(seed), P);
  const length = Math.hypot(...draw);
  return draw.map((value) => value / length);
};
const [east, north] = [unit(2), unit(3)];
/** origin + a·east + b·north */
const point = (a: number, b: number) => origin.map((value, i) => value + a * east[i]! + b * north[i]!);

const distance = (plane: Float32Array, i: number, j: number) =>
  Math.hypot(plane[2 * i]! - plane[2 * j]!, plane[2 * i + 1]! - plane[2 * j + 1]!);
const distanceInFull = (a: Float32Array, b: Float32Array) =>
  Math.hypot(...a.map((value, i) => value - b[i]!));

describe('the parameter space', () => {
  it('shows paths that lie in a plane without distortion, from the common start', () => {
    const space = createParameterSpace(origin);
    const path = [point(0, 0), point(1, 0.2), point(2, 1), point(2.5, 2)];
    path.slice(0, 3).forEach((metaParams, i) => {
      space.record({ algorithm: 'maml', iteration: 10 * i, metaParams });
    });
    space.record({ algorithm: 'fomaml', iteration: 0, metaParams: point(0, 0) });
    const adapted = Float32Array.from([...point(2.5, 2.5), ...point(3, 2)]);
    const { runs, explainedVariance } = space.project([
      { algorithm: 'maml', iteration: 30, metaParams: path[3]!, adapted },
      { algorithm: 'fomaml', iteration: 30, metaParams: point(-1, 2), adapted: null },
    ]);
    expect(explainedVariance).toBeGreaterThan(0.9999);
    const [maml, fomaml] = runs;
    expect(maml!.path).toHaveLength(8);
    expect(maml!.iterations).toEqual([0, 10, 20, 30]);
    expect(fomaml!.iterations).toEqual([0, 30]);
    expect(Math.hypot(maml!.path[0]!, maml!.path[1]!)).toBeLessThan(1e-5);
    for (let i = 0; i < 4; i++) {
      for (let j = 0; j < i; j++) {
        expect(distance(maml!.path, i, j)).toBeCloseTo(distanceInFull(path[i]!, path[j]!), 3);
      }
    }
    expect(maml!.adapted).toHaveLength(4);
    expect(distance(maml!.adapted, 0, 1)).toBeCloseTo(distanceInFull(point(2.5, 2.5), point(3, 2)), 3);
    expect(fomaml!.adapted).toHaveLength(0);
  });

  it('turns slowly as the paths grow: no flips, no jumps', () => {
    const space = createParameterSpace(origin);
    const third = unit(4);
    let before: Float32Array | null = null;
    for (let t = 1; t <= 60; t++) {
      const bend = Math.sin(t / 15);
      const theta = point(t / 10, bend).map((value, i) => value + (0.3 * third[i]! * t * t) / 3600);
      const shown = space.project([{ algorithm: 'maml', iteration: t, metaParams: theta, adapted: null }])
        .runs[0]!.path;
      space.record({ algorithm: 'maml', iteration: t, metaParams: theta });
      const end = shown.subarray(shown.length - 2);
      if (before !== null && t > 3) {
        expect(Math.hypot(end[0]! - before[0]!, end[1]! - before[1]!)).toBeLessThan(0.4);
      }
      before = end;
    }
  });

  it('settles between recorded points: past points rest while θ moves on, and the plane turns at the next one', () => {
    const space = createParameterSpace(origin);
    const third = unit(4);
    const pathTo = (metaParams: Float32Array, iteration: number) =>
      space.project([{ algorithm: 'maml', iteration, metaParams, adapted: null }]).runs[0]!.path;
    for (let t = 0; t <= 5; t++) {
      space.record({ algorithm: 'maml', iteration: t, metaParams: point(t, 0.1 * t * t) });
    }
    const away = point(5, 2.5).map((value, i) => value + 4 * third[i]!);
    for (let picture = 0; picture < 50; picture++) pathTo(point(5, 2.6), 6);
    const before = pathTo(point(5, 2.6), 6);
    const after = pathTo(away, 7);
    expect(after.slice(0, 12)).toEqual(before.slice(0, 12));
    expect(after.slice(12)).not.toEqual(before.slice(12));
    space.record({ algorithm: 'maml', iteration: 7, metaParams: away });
    expect(pathTo(away, 8).slice(0, 12)).not.toEqual(before.slice(0, 12));
  });

  it('is all at the start, with finite numbers, before anything moved', () => {
    const space = createParameterSpace(origin);
    const run = { algorithm: 'maml', iteration: 0, metaParams: origin } as const;
    space.record(run);
    const shown = space.project([{ ...run, adapted: null }]);
    expect(shown.runs[0]!.iterations).toEqual([0]);
    expect([...shown.runs[0]!.path]).toEqual([0, 0]);
    expect(shown.explainedVariance).toBe(0);
  });
});
