import { describe, expect, it } from 'vitest';
import { describeAdapter } from './describe-adapter.ts';

function adapter(info: Partial<Omit<GPUAdapterInfo, '__brand'>>) {
  const none = { vendor: '', architecture: '', device: '', description: '', isFallbackAdapter: false };
  return {
    info: { ...none, subgroupMinSize: 4, subgroupMaxSize: 128, ...info, __brand: 'GPUAdapterInfo' as const },
  };
}

describe('describeAdapter', () => {
  it.each([
    [{ vendor: 'google', architecture: 'swiftshader' }, 'google swiftshader (software)'],
    [{ vendor: 'mesa', description: 'llvmpipe (LLVM 15.0.7, 256 bits)' }, /llvmpipe.*\(software\)$/],
    [{ vendor: 'microsoft', description: 'Microsoft Basic Render Driver' }, /\(software\)$/],
    [{ isFallbackAdapter: true }, 'unnamed adapter (software)'],
  ])('knows software: %j', (info, detail) => {
    const description = describeAdapter(adapter(info));
    expect(description.isSoftware).toBe(true);
    expect(description.detail).toMatch(detail);
  });

  it.each([
    [{ vendor: 'nvidia', architecture: 'ampere' }, 'nvidia ampere'],
    [{ vendor: 'apple', architecture: 'metal-3', description: 'Apple M2' }, 'Apple M2'],
    [{}, 'unnamed adapter'],
  ])('takes hardware for hardware: %j', (info, detail) => {
    expect(describeAdapter(adapter(info))).toEqual({ isSoftware: false, detail });
  });
});
