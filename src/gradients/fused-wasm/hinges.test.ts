// Networks of one input and two or more hidden ReLU layers, whose first two layers are computed from running sums.
import { describe, expect, it } from 'vitest';
import type { FloatArray } from '../../math/arrays.ts';
import type { MetaGradientRequest } from '../meta-gradient.ts';
import { randomRequest, relativeError } from '../random-request.testing.ts';
import { createReferenceEngine } from '../reference/reference-engine.ts';
import { openEngine } from './compiled.testing.ts';

const ARRAYS = ['metaGradient', 'alphaGradient', 'supportLosses', 'queryLosses', 'adaptedParams'] as const;

function requestOf(sizes: readonly number[], points: number): MetaGradientRequest {
  const alpha = 0.5 / sizes.reduce((sum, size) => sum + size, 0) ** 2;
  const counts = { supportSize: points, querySize: points + 1, supportSets: 2, taskCount: 3, innerSteps: 3 };
  const request = randomRequest({ sizes, activation: 'relu', alphaMode: 'parameter', alpha, ...counts });
  return { ...request, wantAdaptedParams: true };
}

/** Rows of `width` numbers in sets of `size`, each set from its last row to its first. */
function reversedSets(values: FloatArray, size: number, width: number): FloatArray {
  const rows = Array.from({ length: values.length / width }, (_, at) => {
    const set = Math.floor(at / size);
    const from = (set * size + size - 1 - (at - set * size)) * width;
    return [...values.subarray(from, from + width)];
  });
  return Float64Array.from(rows.flat());
}

describe('sums over sorted points', () => {
  it.each([
    ['1-9-12-1', 4],
    ['1-40-40-1', 10],
    ['1-3-33-5-2', 5],
    ['1-17-8-40-7-1', 40],
    ['1-6-6-1', 1500],
  ] as const)('agree with the reference: %s, %i points', async (name, points) => {
    const { engine } = await openEngine();
    const request = requestOf(name.split('-').map(Number), points);
    const got = await engine.metaGradient(request);
    const expected = await createReferenceEngine().metaGradient(request);
    for (const array of ARRAYS)
      expect(relativeError(got[array]!, expected[array]!), array).toBeLessThan(1e-5);
  });

  it('do not depend on the order in which the points come, to the bit', async () => {
    const { engine } = await openEngine();
    const request = requestOf([1, 12, 9, 2], 20);
    const { tasks } = request;
    const turned: MetaGradientRequest = {
      ...request,
      tasks: {
        ...tasks,
        supportX: reversedSets(tasks.supportX, 20, 1),
        supportY: reversedSets(tasks.supportY, 20, 2),
        queryX: reversedSets(tasks.queryX, 21, 1),
        queryY: reversedSets(tasks.queryY, 21, 2),
      },
    };
    expect(await engine.metaGradient(turned)).toEqual(await engine.metaGradient(request));
    expect(await engine.adapt(turned)).toEqual(await engine.adapt(request));
  });

  it('pass on what is not a number', async () => {
    const { engine } = await openEngine();
    const request = requestOf([1, 12, 9, 2], 20);
    for (const at of [0, 12, 24, 30]) {
      const metaParams = Float64Array.from(request.metaParams);
      metaParams[at] = Number.NaN;
      const { queryLosses } = await engine.metaGradient({ ...request, metaParams });
      expect(queryLosses.every(Number.isNaN), `parameter ${at}`).toBe(true);
    }
  });
});
