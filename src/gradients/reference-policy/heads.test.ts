import { describe, expect, it } from 'vitest';
import { key, normal } from '../../math/rng.ts';
import {
  fisherTangent,
  type HeadRows,
  KL,
  logProbAt,
  type PolicyHead,
  REINFORCE,
  SURROGATE,
} from './heads.ts';

const ROWS = 5;
const ACTIONS = 2;
const COUNT = ROWS * ACTIONS;
const draw = (seed: number, count: number, spread = 1) =>
  Float64Array.from(normal(key(seed), count), (value) => spread * value);

const actions = draw(1, COUNT);
const advantages = draw(2, ROWS);
const old = {
  logProbs: draw(3, ROWS, 0.3).map((value) => value - 2),
  means: draw(4, COUNT),
  logStd: draw(5, ACTIONS, 0.3),
  ratioClip: Number.POSITIVE_INFINITY,
};
/** Means, then logStd. */
const point = Float64Array.of(...draw(6, COUNT), ...draw(7, ACTIONS, 0.3));

function rowsAt(at: Float64Array): HeadRows {
  const logStd = at.slice(COUNT);
  const inverseStd = logStd.map((value) => Math.exp(-value));
  return {
    count: ROWS,
    first: 0,
    weight: 1 / ROWS,
    means: at.slice(0, COUNT),
    logStd,
    inverseStd,
    actions,
    advantages,
    old,
  };
}

const gradientAt = (head: PolicyHead, at: Float64Array) => gradientOf(head, rowsAt(at));

function gradientOf(head: PolicyHead, rows: HeadRows): Float64Array {
  const into = { deltas: new Float64Array(COUNT), logStd: new Float64Array(ACTIONS) };
  expect(head.gradient(rows, into)).toBeCloseTo(head.value(rows), 14);
  return Float64Array.of(...into.deltas, ...into.logStd);
}

function tangentAt(apply: PolicyHead['tangent'], at: Float64Array, v: Float64Array): Float64Array {
  const into = { deltas: new Float64Array(COUNT), logStd: new Float64Array(ACTIONS) };
  apply(rowsAt(at), { means: v.slice(0, COUNT), logStd: v.slice(COUNT) }, into);
  return Float64Array.of(...into.deltas, ...into.logStd);
}

function tangentOf(head: PolicyHead, rows: HeadRows): Float64Array {
  const into = { deltas: new Float64Array(COUNT), logStd: new Float64Array(ACTIONS) };
  const v = draw(8, point.length);
  head.tangent(rows, { means: v.slice(0, COUNT), logStd: v.slice(COUNT) }, into);
  return Float64Array.of(...into.deltas, ...into.logStd);
}

const shifted = (at: Float64Array, h: number, v: Float64Array) => at.map((value, i) => value + h * v[i]!);

describe.each([
  ['REINFORCE', REINFORCE],
  ['SURROGATE', SURROGATE],
  ['KL', KL],
] as const)('%s', (_, head) => {
  it('has the gradient of its value', () => {
    const gradient = gradientAt(head, point);
    const h = 1e-6;
    for (let i = 0; i < point.length; i++) {
      const unit = new Float64Array(point.length);
      unit[i] = 1;
      const difference =
        head.value(rowsAt(shifted(point, h, unit))) - head.value(rowsAt(shifted(point, -h, unit)));
      expect(gradient[i]).toBeCloseTo(difference / (2 * h), 7);
    }
  });

  it('has the tangent of its gradient', () => {
    const v = draw(8, point.length);
    const tangent = tangentAt(head.tangent, point, v);
    const h = 1e-6;
    const ahead = gradientAt(head, shifted(point, h, v));
    const behind = gradientAt(head, shifted(point, -h, v));
    for (let i = 0; i < point.length; i++) {
      expect(tangent[i]).toBeCloseTo((ahead[i]! - behind[i]!) / (2 * h), 7);
    }
  });
});

describe('the surrogate with clipped ratios', () => {
  const clipped = (at: Float64Array): HeadRows => ({ ...rowsAt(at), old: { ...old, ratioClip: 0.2 } });

  it('is −mean min(r·A, clip(r, 0.8, 1.2)·A), and flat where that is clipped', () => {
    const rows = clipped(point);
    const ratios = Array.from(advantages, (_, n) => Math.exp(logProbAt(rows, n) - old.logProbs[n]!));
    const terms = ratios.map((ratio, n) => {
      const advantage = advantages[n]!;
      return Math.min(ratio * advantage, Math.min(1.2, Math.max(0.8, ratio)) * advantage);
    });
    const flat = ratios.map((ratio, n) => terms[n] !== ratio * advantages[n]!);
    // Both kinds of rows are there.
    expect(new Set(flat).size).toBe(2);
    expect(SURROGATE.value(rows)).toBeCloseTo(-terms.reduce((sum, term) => sum + term, 0) / ROWS, 14);

    const gradient = gradientOf(SURROGATE, rows);
    const tangent = tangentOf(SURROGATE, rows);
    flat.forEach((isFlat, n) => {
      const own = [...gradient.subarray(n * ACTIONS, (n + 1) * ACTIONS)];
      expect(own.every((value) => value === 0)).toBe(isFlat);
      expect([...tangent.subarray(n * ACTIONS, (n + 1) * ACTIONS)].every((v) => v === 0)).toBe(isFlat);
    });
    const h = 1e-6;
    for (let i = 0; i < point.length; i++) {
      const unit = new Float64Array(point.length);
      unit[i] = 1;
      const ahead = SURROGATE.value(clipped(shifted(point, h, unit)));
      const behind = SURROGATE.value(clipped(shifted(point, -h, unit)));
      expect(gradient[i]).toBeCloseTo((ahead - behind) / (2 * h), 7);
    }
  });
});

describe('the Fisher product', () => {
  it("is KL's curvature where old and new are the same", () => {
    const same = Float64Array.of(...old.means, ...old.logStd);
    const v = draw(9, same.length);
    const fisher = tangentAt(fisherTangent, same, v);
    tangentAt(KL.tangent, same, v).forEach((value, i) => {
      expect(fisher[i]).toBeCloseTo(value, 12);
    });
  });
});
