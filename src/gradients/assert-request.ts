// Checks that a request's arrays fit together, for every engine: a wrong length would otherwise be read as zeros
// or NaN and look like a bad gradient.
import { layerRanges, parameterCount } from '../models/mlp-shape.ts';
import type { AdaptationRequest } from './meta-gradient.ts';

/** Throws a RangeError that names the first entry of the request which does not fit. */
export function assertRequest(request: AdaptationRequest): void {
  const { shape, metaParams, alpha, innerSteps, tasks } = request;
  const sizes = shape.sizes;
  if (sizes.length < 2 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new RangeError(
      `Layer widths: got ${sizes.join('-')}, expected at least two whole numbers above 0.`,
    );
  }
  if (!Number.isInteger(innerSteps) || innerSteps < 0) {
    throw new RangeError(`innerSteps: got ${innerSteps}, expected a whole number, 0 or more.`);
  }
  const { taskCount, inputSize, outputSize, supportSets, supportSize, querySize } = tasks;
  const counts: [string, number, number][] = [
    ['taskCount', taskCount, 1],
    ['supportSets', supportSets, 1],
    ['supportSize', supportSize, 1],
    ['querySize', querySize, 1],
  ];
  for (const [name, got, least] of counts) {
    if (!Number.isInteger(got) || got < least) {
      throw new RangeError(`tasks.${name}: got ${got}, expected a whole number, ${least} or more.`);
    }
  }
  const alphaLength = { scalar: 1, layer: layerRanges(shape).length, parameter: parameterCount(shape) };
  const points = supportSets * taskCount * supportSize;
  const lengths: [string, number, number][] = [
    ['tasks.inputSize', inputSize, sizes[0]!],
    ['tasks.outputSize', outputSize, sizes[sizes.length - 1]!],
    ['metaParams.length', metaParams.length, parameterCount(shape)],
    [`alpha.values.length (mode '${alpha.mode}')`, alpha.values.length, alphaLength[alpha.mode]],
    ['tasks.supportX.length', tasks.supportX.length, points * inputSize],
    ['tasks.supportY.length', tasks.supportY.length, points * outputSize],
    ['tasks.queryX.length', tasks.queryX.length, taskCount * querySize * inputSize],
    ['tasks.queryY.length', tasks.queryY.length, taskCount * querySize * outputSize],
  ];
  for (const [name, got, expected] of lengths) {
    if (got !== expected) {
      throw new RangeError(
        `${name}: got ${got}, expected ${expected} for layer widths ${sizes.join('-')}, ${taskCount} tasks, ` +
          `${supportSets} × ${supportSize} support and ${querySize} query points. Build the request from one ` +
          'shape and one task batch.',
      );
    }
  }
}
