// Run files as strangers damage them: each is read or refused with its place within 50 ms, by a rule that was written
// down and not by accident, and no prototype gains a property. 1,000 in every run; METASCOPE_MUTATIONS=10000 for all.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  dice,
  inheritedProperties,
  leastMilliseconds,
  mutate,
  mutateJson,
  mutationCount,
} from '../experiment/mutations.testing.ts';
import { RUN_FILE_WORDS } from '../words/run-file.ts';
import { encodeRunRecord, readRunFile } from './run-file.ts';
import type { RunRecord } from './run-record.ts';

const MOST_MS = 50;
const SEED = 11;

const old = ['cheetah', 'navigation', 'sinusoid'].map((lab) =>
  readFileSync(new URL(`./fixtures/version-1-${lab}.json`, import.meta.url), 'utf8'),
);

/** The same runs as they are written today. */
function written(text: string): string {
  const reading = readRunFile(text);
  if (reading.kind === 'refused') throw new Error(reading.issue.message);
  return encodeRunRecord(reading.record, { precision: 'f16' });
}

/** What whoever opens a record relies on. */
function assertWhole({ runs, checkpoints, iterations }: RunRecord): void {
  expect(checkpoints.at(-1)!.iteration).toBe(iterations);
  for (const { metaParams, alpha } of checkpoints.flatMap((checkpoint) => checkpoint.runs)) {
    expect(metaParams.every(Number.isFinite) && alpha.values.every(Number.isFinite)).toBe(true);
  }
  for (const { metrics } of runs) {
    const lengths = new Set(Object.values(metrics).map((column) => column.length));
    expect(lengths.size).toBeLessThanOrEqual(1);
  }
}

describe('damaged run files', () => {
  const count = mutationCount(1000);

  it(`${count} of them are read or refused, at once`, async () => {
    const files = [...old, ...old.map(written)];
    const before = inheritedProperties();
    const kinds = { read: 0, refused: 0 };
    for (let i = 0; i < count; i++) {
      const roll = dice(SEED, i);
      const file = files[roll(files.length)]!;
      const text = i % 4 === 0 ? mutate(file, roll, files) : mutateJson(file, roll);
      const start = performance.now();
      const reading = readRunFile(text);
      if (performance.now() - start > MOST_MS) {
        const least = await leastMilliseconds(MOST_MS, () => readRunFile(text));
        if (least > MOST_MS)
          throw new Error(`case ${i}: took ${least.toFixed(1)} ms, ${text.length} characters`);
      }
      if (reading.kind === 'refused' && reading.issue.message === RUN_FILE_WORDS.damaged)
        throw new Error(`case ${i}: refused by an exception that nobody foresaw: ${text.slice(0, 300)}`);
      if (reading.kind === 'read') assertWhole(reading.record);
      kinds[reading.kind] += 1;
    }
    expect(inheritedProperties()).toEqual(before);
    expect(kinds.read).toBeGreaterThan(0);
    expect(kinds.refused).toBeGreaterThan(count / 3);
  }, 1_800_000);
});
