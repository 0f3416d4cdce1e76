import { describe, expect, it } from 'vitest';
import { loadFixtures } from '../fixtures/load-fixtures.ts';
import { compareGolden, isWithin, runGoldenCase } from '../golden-case.ts';
import { createReferenceEngine } from './reference-engine.ts';

describe('reference engine against the golden cases', () => {
  for (const golden of loadFixtures()) {
    it(golden.name, async () => {
      const computed = await runGoldenCase(createReferenceEngine(), golden);
      for (const difference of compareGolden(computed, golden.expected)) {
        expect(difference, difference.entry).toSatisfy(() => isWithin(difference, 1e-9));
      }
    });
  }
});
