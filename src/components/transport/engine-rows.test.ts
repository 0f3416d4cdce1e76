import { describe, expect, it } from 'vitest';
import type { RaceResult } from '../../worker/protocol.ts';
import { compareEngines, headline, times } from './engine-rows.ts';

const reason = 'fused-wasm takes 0.4 ms for one meta-step; no other engine was measured.';
const fused = { engine: 'fused-wasm', status: 'measured', msPerStep: 0.4, detail: 'SIMD' } as const;
const tfjs = { engine: 'composed-wasm', status: 'measured', msPerStep: 14, detail: '' } as const;
const arrays = { engine: 'reference', status: 'measured', msPerStep: 4, detail: '' } as const;
const leftOut = {
  engine: 'reference',
  status: 'unavailable',
  cause: 'left-out',
  reason: 'not raced at start: fused-wasm is faster wherever both run',
} as const;

function race(...timings: RaceResult['timings']): RaceResult {
  return { timings, chosen: 'fused-wasm', reason };
}

const row = (result: RaceResult | null, id: string) =>
  compareEngines(result).rows.find(({ engine }) => engine === id);

describe('the engine table', () => {
  it('compares with tfjs WASM where that was measured', () => {
    const all = race(fused, arrays, tfjs);
    expect(compareEngines(all).yardstick).toBe('composed-wasm');
    expect(row(all, 'fused-wasm')).toEqual({
      engine: 'fused-wasm',
      msPerStep: 0.4,
      ratio: '35×',
      note: 'SIMD',
    });
    expect(row(all, 'reference')?.ratio).toBe('3.5×');
    expect(row(all, 'composed-wasm')?.ratio).toBe('1×');
    expect(headline(all)).toBe('Fused WASM is 35× as fast as autodiff (tfjs WASM) on this experiment.');
  });

  it('compares with the fastest otherwise, and not at all without two figures', () => {
    expect(compareEngines(race(arrays, fused)).yardstick).toBe('fused-wasm');
    expect(row(race(arrays, fused), 'reference')?.ratio).toBe('0.1×');
    expect(compareEngines(race(fused))).toMatchObject({ yardstick: null });
    expect(row(race(fused), 'fused-wasm')?.ratio).toBe('');
    expect(headline(race(fused))).toBe(
      'Fused WASM takes 0.4 ms for one meta-step; no other engine was measured.',
    );
  });

  it('gives every engine without a figure a reason, in the names of the page', () => {
    expect(row(race(fused, leftOut), 'reference')).toEqual({
      engine: 'reference',
      msPerStep: null,
      ratio: '',
      note: 'Not raced at start: Fused WASM is faster wherever both run',
    });
    const absent = { engine: 'fused-wasm', status: 'unavailable', cause: 'missing' } as const;
    expect(row(race({ ...absent, reason: 'fused-wasm: no SIMD here.' }), 'fused-wasm')?.note).toBe(
      'No SIMD here.',
    );
    expect(compareEngines(null).rows.map(({ note }) => note)).toEqual(Array(6).fill('not measured yet'));
  });

  it('does not praise an engine that is slower than autodiff', () => {
    const slow = { ...race({ ...fused, msPerStep: 20 }, tfjs) };
    expect(headline(slow)).not.toContain('as fast as');
  });

  it('writes ratios in two digits', () => {
    expect([34.4, 10, 9.96, 1, 0.0321, 612].map(times)).toEqual([
      '34×',
      '10×',
      '10×',
      '1×',
      '0.032×',
      '612×',
    ]);
  });
});
