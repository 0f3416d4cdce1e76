import { describe, expect, it } from 'vitest';
import { key } from '../math/rng.ts';
import { initialiseParams } from './initialise.ts';
import { layerRanges, type MlpShape } from './mlp-shape.ts';

const shape: MlpShape = { sizes: [1, 40, 40, 1], activation: 'relu' };

function weightsAndBiases(params: Float32Array) {
  return layerRanges(shape).map((layer) => ({
    weights: params.slice(layer.weightsAt, layer.biasAt),
    biases: params.slice(layer.biasAt, layer.end),
    bound: Math.sqrt(6 / (layer.inputSize + layer.outputSize)),
  }));
}

const rootMeanSquare = (values: Float32Array) =>
  Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length);

describe('initialiseParams', () => {
  it('draws Glorot weights that fill their range, biases 0', () => {
    for (const { weights, biases, bound } of weightsAndBiases(initialiseParams(shape, 'glorot', key(0)))) {
      expect(Math.max(...weights.map(Math.abs))).toBeLessThanOrEqual(bound * 1.000001);
      expect(rootMeanSquare(weights) / (bound / Math.sqrt(3))).toBeGreaterThan(0.8);
      expect(rootMeanSquare(weights) / (bound / Math.sqrt(3))).toBeLessThan(1.25);
      expect(biases.every((bias) => bias === 0)).toBe(true);
    }
  });

  it('draws a normal of σ = 0.01 cut at two sigmas', () => {
    const [, middle] = weightsAndBiases(initialiseParams(shape, 'normal', key(0)));
    expect(Math.max(...middle!.weights.map(Math.abs))).toBeLessThanOrEqual(0.0200001);
    // Truncated at ±2σ the standard deviation is 0.8796 σ.
    expect(rootMeanSquare(middle!.weights)).toBeGreaterThan(0.0083);
    expect(rootMeanSquare(middle!.weights)).toBeLessThan(0.0093);
  });

  it('depends on the key and on nothing else', () => {
    expect(initialiseParams(shape, 'glorot', key(7))).toEqual(initialiseParams(shape, 'glorot', key(7)));
    expect(initialiseParams(shape, 'glorot', key(7))).not.toEqual(initialiseParams(shape, 'glorot', key(8)));
  });
});
