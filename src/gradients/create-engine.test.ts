import { describe, expect, it } from 'vitest';
import { createEngine } from './create-engine.ts';

describe('createEngine', () => {
  it('says what is missing for a backend that cannot be opened', async () => {
    await expect(createEngine('composed-wasm', {})).rejects.toThrow(/expected resources\.wasmFiles/);
    await expect(createEngine('composed-webgpu', {})).rejects.toThrow(/no navigator\.gpu.*Use 'wasm'/);
    const without = { requestAdapter: async () => null };
    await expect(
      createEngine('composed-webgpu', {
        gpu: {
          ...without,
          wgslLanguageFeatures: new Set<string>(),
          getPreferredCanvasFormat: () => 'rgba8unorm',
          __brand: 'GPU',
        },
      }),
    ).rejects.toThrow(/offers no adapter/);
  });

  it('opens the reference anywhere', async () => {
    expect((await createEngine('reference', {})).id).toBe('reference');
  });
});
