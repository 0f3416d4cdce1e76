import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createPolicyEngine, openPolicyActor, openPolicyEngine } from './create-policy-engine.ts';
import { randomPolicyRequest } from './random-policy.testing.ts';
import { relativeError } from './random-request.testing.ts';

const fusedWasm = readFileSync(new URL('./fused-wasm/generated/fused.wasm', import.meta.url));

describe('opening a policy engine', () => {
  it('gives the engine that was asked for, and one answer whichever it is', async () => {
    const request = randomPolicyRequest();
    const gradients = await Promise.all(
      (['reference', 'fused-wasm'] as const).map(async (id) => {
        const { engine, detail, isSoftware } = await openPolicyEngine(id, { fusedWasm });
        expect(engine.id).toBe(id);
        expect(detail).not.toBe('');
        expect(isSoftware).toBe(false);
        const objective = await engine.open(request);
        const { metaGradient } = await objective.gradient();
        objective.release();
        engine.dispose();
        return metaGradient;
      }),
    );
    expect(relativeError(gradients[1]!, gradients[0]!)).toBeLessThan(1e-4);
    // Two programs, not one under two names.
    expect(gradients[1]).not.toEqual(gradients[0]);
  });

  it('gives actors that agree to float32', async () => {
    const { shape, metaParams } = randomPolicyRequest();
    const seen = Float32Array.from({ length: 15 }, (_, at) => Math.sin(at));
    const [exact, fast] = await Promise.all(
      (['reference', 'fused-wasm'] as const).map(async (id) => {
        const openActor = await openPolicyActor(id, { fusedWasm });
        return Float64Array.from(openActor(shape, metaParams, 5).means(seen));
      }),
    );
    expect(relativeError(fast!, exact!)).toBeLessThan(1e-6);
    expect(fast).not.toEqual(exact);
  });

  it('says what is missing for an engine that cannot be opened', async () => {
    await expect(createPolicyEngine('fused-wasm', {})).rejects.toThrow(/resources\.fusedWasm is missing/);
  });
});
