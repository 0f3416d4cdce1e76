import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetById } from '../experiment/presets.ts';
import type { EngineId, EngineLimits, MetaGradientEngine } from '../gradients/meta-gradient.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { chooseEngine, parseEngine } from './engines.ts';

const small = {
  ...presetById('sinusoid-live')!.experiment,
  hiddenWidths: [4],
  metaBatchSize: 4,
  maxReplayedTasks: 1,
};
const wide = { ...small, hiddenWidths: [100] };

let said: string;
beforeEach(() => {
  said = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said += String(text);
    return true;
  });
});
afterEach(() => vi.restoreAllMocks());

const unsupported = ({ shape }: EngineLimits) =>
  Math.max(...shape.sizes) > 64 ? 'fused-wasm holds up to 64 units per layer; got 100' : null;

/** Engines that compute as the reference does, each step at least so many milliseconds; others are missing. */
function opener(milliseconds: Partial<Record<EngineId, number>>) {
  const opened: EngineId[] = [];
  const disposed: EngineId[] = [];
  const open = async (id: EngineId): Promise<MetaGradientEngine> => {
    const least = milliseconds[id];
    if (least === undefined) throw new Error(`${id} is not on this machine.`);
    opened.push(id);
    const reference = createReferenceEngine();
    return {
      ...reference,
      id,
      ...(id.startsWith('fused') && { unsupported }),
      async metaGradient(request) {
        await new Promise((resolve) => setTimeout(resolve, least));
        return reference.metaGradient(request);
      },
      dispose: () => void disposed.push(id),
    };
  };
  return { open, opened, disposed };
}

describe('--engine', () => {
  it('knows every id and the short names', () => {
    expect([undefined, 'auto', 'fused', 'composed', 'fused-webgpu', 'reference'].map(parseEngine)).toEqual([
      'auto',
      'auto',
      'fused-wasm',
      'composed-wasm',
      'fused-webgpu',
      'reference',
    ]);
    expect(() => parseEngine('steam')).toThrow(/no engine “steam”. Known: auto, fused-wasm, .*composed/);
  });

  it('auto takes the faster of the fused engine and the reference, and asks no other', async () => {
    const { open, opened, disposed } = opener({ 'fused-wasm': 0, reference: 12, 'composed-wasm': 0 });
    expect((await chooseEngine('auto', small, open)).id).toBe('fused-wasm');
    expect(opened).toEqual(['fused-wasm', 'reference']);
    expect(disposed).toEqual(['reference']);
    expect(said).toBe('');
  });

  it('auto says why the fused engine does not compute, and looks further', async () => {
    const missing = opener({ reference: 12, 'composed-wasm': 0 });
    expect((await chooseEngine('auto', small, missing.open)).id).toBe('composed-wasm');
    expect(said).toContain('fused-wasm is not on this machine. The fastest other engine computes.');
    said = '';
    const narrow = opener({ 'fused-wasm': 0, reference: 0, 'composed-wasm': 30 });
    expect((await chooseEngine('auto', wide, narrow.open)).id).toBe('reference');
    expect(narrow.disposed.toSorted()).toEqual(['composed-wasm', 'fused-wasm']);
    expect(said).toContain('got 100. The fastest other engine computes.');
  });

  it('hands what is too big to the composed sibling, on stderr', async () => {
    const { open, disposed } = opener({ 'fused-wasm': 0, 'composed-wasm': 0 });
    expect((await chooseEngine('fused-wasm', small, open)).id).toBe('fused-wasm');
    expect(said).toBe('');
    expect((await chooseEngine('fused-wasm', wide, open)).id).toBe('composed-wasm');
    expect(said).toBe(
      'fused-wasm holds up to 64 units per layer; got 100. ' +
        'composed-wasm computes instead; the numbers are the same, within rounding.\n',
    );
    expect(disposed).toEqual(['fused-wasm']);
  });

  it('does not silently train on another engine than a missing one asked for by name', async () => {
    await expect(chooseEngine('fused-webgpu', small, opener({ reference: 0 }).open)).rejects.toThrow(
      'fused-webgpu is not on this machine',
    );
  });
});
