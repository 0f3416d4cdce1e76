import { describe, expect, it } from 'vitest';
import { ACTIVATIONS, ALPHA_MODES } from '../../experiment/experiment.ts';
import { lossAndGradient } from '../../models/mlp-arrays.ts';
import { loadFixtures } from '../fixtures/load-fixtures.ts';
import { compareGolden, isWithin, runGoldenCase } from '../golden-case.ts';
import type { MetaGradientKind, MetaGradientRequest } from '../meta-gradient.ts';
import { randomRequest, relativeError } from '../random-request.testing.ts';
import { createReferenceEngine } from './reference-engine.ts';

const engine = createReferenceEngine();

describe('reference engine against the golden cases', () => {
  it.each(loadFixtures().map((golden) => [golden.name, golden] as const))('%s', async (_, golden) => {
    const computed = await runGoldenCase(engine, golden);
    for (const difference of compareGolden(computed, golden.expected)) {
      expect(difference, difference.entry).toSatisfy(() => isWithin(difference, 1e-9));
    }
  });
});

/** Mean query loss after adaptation as a function of one array of the request, by central differences. */
async function differences(
  values: ArrayLike<number>,
  requestWith: (values: Float64Array) => MetaGradientRequest,
): Promise<number[]> {
  const h = 1e-6;
  const metaLoss = async (at: number, offset: number) => {
    const shifted = Float64Array.from(values);
    shifted[at]! += offset;
    const { queryLosses } = await engine.metaGradient(requestWith(shifted));
    return Array.from(queryLosses).reduce((sum, loss) => sum + loss, 0) / queryLosses.length;
  };
  const slopes: number[] = [];
  for (let at = 0; at < values.length; at++) {
    slopes.push(((await metaLoss(at, h)) - (await metaLoss(at, -h))) / (2 * h));
  }
  return slopes;
}

describe('second order agrees with central differences of the meta-loss', () => {
  it.each(ACTIVATIONS)('%s, three inner steps on two support sets, every α mode', async (activation) => {
    for (const alphaMode of ALPHA_MODES) {
      const request = randomRequest({
        activation,
        alphaMode,
        innerSteps: 3,
        supportSets: 2,
        sizes: [2, 5, 4, 2],
      });
      const result = await engine.metaGradient(request);
      const inParams = await differences(request.metaParams, (metaParams) => ({ ...request, metaParams }));
      expect(relativeError(result.metaGradient, inParams)).toBeLessThan(1e-6);
      const inAlpha = await differences(request.alpha.values, (values) => ({
        ...request,
        alpha: { mode: alphaMode, values },
      }));
      expect(relativeError(result.alphaGradient!, inAlpha)).toBeLessThan(1e-6);
    }
  });
});

describe('the quadratic oracle', () => {
  // One point at x = 0 makes the loss (b − c)², so a step with α contracts b towards c by 1 − 2α.
  const [b, supportCentre, queryCentre, alpha, innerSteps] = [2, -1, 0.5, 0.1, 3];
  const request = (kind: MetaGradientKind): MetaGradientRequest => ({
    shape: { sizes: [1, 1], activation: 'relu' },
    metaParams: Float64Array.of(0.7, b),
    alpha: { mode: 'scalar', values: Float64Array.of(alpha) },
    innerSteps,
    tasks: {
      taskCount: 1,
      inputSize: 1,
      outputSize: 1,
      supportSets: 1,
      supportSize: 1,
      querySize: 1,
      supportX: Float64Array.of(0),
      supportY: Float64Array.of(supportCentre),
      queryX: Float64Array.of(0),
      queryY: Float64Array.of(queryCentre),
    },
    kind,
    wantAlphaGradient: false,
    wantAdaptedParams: true,
  });
  const contraction = (1 - 2 * alpha) ** innerSteps;
  const adapted = supportCentre + contraction * (b - supportCentre);

  it.each<[MetaGradientKind, number]>([
    ['second', contraction * 2 * (adapted - queryCentre)],
    ['first', 2 * (adapted - queryCentre)],
    ['reptile', (1 - contraction) * (b - supportCentre)],
  ])('separates %s exactly', async (kind, expected) => {
    const result = await engine.metaGradient(request(kind));
    expect(result.metaGradient[0]).toBe(0);
    expect(result.metaGradient[1]).toBeCloseTo(expected, 14);
    expect(result.adaptedParams![1]).toBeCloseTo(adapted, 14);
    expect(result.innerGradientNorm).toBeCloseTo(2 * (b - supportCentre), 14);
  });
});

describe('laws that hold whatever the data', () => {
  it('equals joint training on the query sets at α = 0', async () => {
    const request = randomRequest({ alpha: 0 });
    const { shape, metaParams, tasks } = request;
    const { gradient } = lossAndGradient(shape, metaParams, { x: tasks.queryX, y: tasks.queryY });
    for (const kind of ['second', 'first'] as const) {
      const result = await engine.metaGradient({ ...request, kind });
      expect(relativeError(result.metaGradient, gradient)).toBeLessThan(1e-12);
    }
  });

  it('turns MAML into FOMAML as α → 0, linearly', async () => {
    const gap = async (alpha: number) => {
      const request = randomRequest({ alpha });
      const second = await engine.metaGradient({ ...request, kind: 'second' });
      const first = await engine.metaGradient({ ...request, kind: 'first' });
      return relativeError(second.metaGradient, first.metaGradient);
    };
    const [near, nearer] = [await gap(1e-4), await gap(1e-5)];
    expect(near).toBeGreaterThan(0);
    expect(near / nearer).toBeGreaterThan(9);
    expect(near / nearer).toBeLessThan(11);
  });

  it('does not depend on the order of the tasks', async () => {
    const request = randomRequest({ supportSets: 2, taskCount: 3 });
    const swap = (values: Float64Array, rows: number, order: readonly number[]) => {
      const width = values.length / rows;
      return Float64Array.from(
        order.flatMap((row) => Array.from(values.subarray(row * width, (row + 1) * width))),
      );
    };
    const { tasks } = request;
    const sets = [2, 0, 1, 5, 3, 4];
    const permuted: MetaGradientRequest = {
      ...request,
      tasks: {
        ...tasks,
        supportX: swap(Float64Array.from(tasks.supportX), 6, sets),
        supportY: swap(Float64Array.from(tasks.supportY), 6, sets),
        queryX: swap(Float64Array.from(tasks.queryX), 3, [2, 0, 1]),
        queryY: swap(Float64Array.from(tasks.queryY), 3, [2, 0, 1]),
      },
    };
    for (const kind of ['second', 'first', 'reptile'] as const) {
      const before = await engine.metaGradient({ ...request, kind });
      const after = await engine.metaGradient({ ...permuted, kind });
      expect(relativeError(after.metaGradient, before.metaGradient)).toBeLessThan(1e-13);
      expect(relativeError(after.alphaGradient!, before.alphaGradient!)).toBeLessThan(1e-13);
      expect(after.queryLosses[0]).toBe(before.queryLosses[2]);
    }
  });
});

describe('the reference engine itself', () => {
  it('does not change the request and gives arrays of its own', async () => {
    const request = randomRequest({ seed: 3 });
    const copy = structuredClone(request);
    const first = await engine.metaGradient({ ...request, wantAdaptedParams: true });
    const kept = structuredClone(first);
    await engine.metaGradient({ ...randomRequest({ seed: 4 }), wantAdaptedParams: true });
    expect(request).toEqual(copy);
    expect(first).toEqual(kept);
  });

  it('passes on non-finite numbers instead of hiding them', async () => {
    const request = randomRequest({ activation: 'relu', alpha: 1e200, innerSteps: 3 });
    const result = await engine.metaGradient(request);
    expect(result.queryLosses.some((loss) => !Number.isFinite(loss))).toBe(true);
  });

  it('says which array does not fit', async () => {
    const request = randomRequest();
    await expect(engine.metaGradient({ ...request, metaParams: new Float32Array(3) })).rejects.toThrow(
      /metaParams\.length: got 3, expected 39/,
    );
    await expect(engine.metaGradient({ ...request, innerSteps: -1 })).rejects.toThrow(/innerSteps: got -1/);
  });
});
