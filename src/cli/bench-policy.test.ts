import { describe, expect, it } from 'vitest';
import { formatPolicyBench, type PolicyBench } from './bench-policy.ts';

const row = { threads: 1, stepsPerSecond: 2, rollOutMs: 100, innerMs: 150, outerMs: 250, rounds: 9 };
const BENCH: PolicyBench = {
  rows: [
    { ...row, engine: 'reference', case: 'navigation-adam', msPerStep: 5000 },
    { ...row, engine: 'fused-wasm', case: 'navigation-adam', msPerStep: 500 },
    { ...row, engine: 'fused-wasm', threads: 2, case: 'navigation-trpo', msPerStep: 1234.5 },
  ],
  unavailable: [{ engine: 'composed-wasm', reason: 'No file.' }],
  physics: { environmentStepsPerSecond: 412_345 },
};

describe('the table of policies', () => {
  it('has one block per case, fastest first, with how many times longer the others take', () => {
    const lines = formatPolicyBench(BENCH).split('\n');
    const adam = lines.findIndex((line) => line.startsWith('navigation-adam'));
    expect(lines[adam + 2]).toMatch(/^fused-wasm, 1 thread\s+500\s+1\.0\s+100\s+150\s+250\s+9$/);
    expect(lines[adam + 3]).toMatch(/^reference, 1 thread\s+5000\s+10\.0/);
    const trpo = lines.findIndex((line) => line.startsWith('navigation-trpo'));
    expect(lines[trpo + 2]).toMatch(/^fused-wasm, 2 threads\s+12\d\d\s+1\.0/);
  });

  it('tells the speed of the physics and what could not be measured', () => {
    const text = formatPolicyBench(BENCH);
    expect(text).toContain('412,000 environment steps');
    expect(text).toContain('composed-wasm: unavailable. No file.');
  });
});
