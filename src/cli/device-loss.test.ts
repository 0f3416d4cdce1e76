import { describe, expect, it, vi } from 'vitest';
import { openEngine } from '../gradients/create-engine.ts';
import { randomRequest } from '../gradients/random-request.testing.ts';
import { gpuInNode, nodeResources } from './node-backends.ts';

// For machines whose only GPU is software.
vi.setConfig({ testTimeout: 120_000 });

const gpu = await gpuInNode();

describe('a WebGPU device that goes away', () => {
  it.skipIf(!gpu)('is reported by `lost`, and the next request rejects', async () => {
    const { engine, detail } = await openEngine('composed-webgpu', await nodeResources('composed-webgpu'));
    expect(detail).not.toBe('');
    const request = randomRequest();
    await engine.metaGradient(request);
    let lost: string | undefined;
    engine.lost?.then((cause) => {
      lost = cause;
    });
    await Promise.resolve();
    expect(lost).toBeUndefined();
    engine.destroyDevice?.();
    expect(await engine.lost).toMatch(/\w/);
    await expect(engine.metaGradient(request)).rejects.toThrow();
  });
});
