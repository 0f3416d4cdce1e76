import { describe, expect, it } from 'vitest';
import { key, normal } from '../../math/rng.ts';
import { fisherTangent, type HeadRows, KL, type PolicyHead, REINFORCE, SURROGATE } from './heads.ts';

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

function gradientAt(head: PolicyHead, at: Float64Array): Float64Array {
  const into = { deltas: new Float64Array(COUNT), logStd: new Float64Array(ACTIONS) };
  expect(head.gradient(rowsAt(at), into)).toBeCloseTo(head.value(rowsAt(at)), 14);
  return Float64Array.of(...into.deltas, ...into.logStd);
}

function tangentAt(apply: PolicyHead['tangent'], at: Float64Array, v: Float64Array): Float64Array {
  const into = { deltas: new Float64Array(COUNT), logStd: new Float64Array(ACTIONS) };
  apply(rowsAt(at), { means: v.slice(0, COUNT), logStd: v.slice(COUNT) }, into);
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
