// Links as strangers damage them: whatever is opened gives a usable lab within 50 ms, nothing heavy starts by itself,
// and no prototype gains a property. 10,000 of them in every run; METASCOPE_MUTATIONS=100000 for all.
import { describe, expect, it } from 'vitest';
import { foldIn, key } from '../math/rng.ts';
import { decodeLink, encodeLink, encodePlainLink } from './codec.ts';
import { deflateText } from './deflate.ts';
import frozenLinks from './fixtures/links.json' with { type: 'json' };
import { defaultExperiment, LAB_IDS } from './labs.ts';
import { dice, inheritedProperties, leastMilliseconds, mutate, mutationCount } from './mutations.testing.ts';
import { randomExperiment } from './random-experiment.testing.ts';
import { validateExperiment } from './schema.ts';

const MOST_MS = 50;
const SEED = 7;

async function seeds(): Promise<string[]> {
  const frozen = frozenLinks.map(({ link }) => link);
  const plain = LAB_IDS.map((id) => encodePlainLink(defaultExperiment(id)));
  const random = Array.from({ length: 40 }, (_, i) =>
    randomExperiment(foldIn(key(SEED), i), LAB_IDS[i % LAB_IDS.length]),
  );
  const long = await Promise.all(random.map((experiment) => encodeLink(experiment)));
  return [...frozen, ...plain, ...random.map((experiment) => encodePlainLink(experiment)), ...long];
}

/** Every third is packed again after the damage, so that the compressed form is not refused at its first byte. */
async function damagedLink(links: readonly string[], index: number): Promise<string> {
  const roll = dice(SEED, index);
  const damaged = mutate(links[roll(links.length)]!, roll, links);
  if (index % 3 !== 0) return damaged;
  return `#z=${(await deflateText(damaged.replace(/^#/, ''))) ?? ''}`;
}

describe('damaged links', () => {
  const count = mutationCount(10_000);

  it(`${count} of them: a usable lab each, at once, and nothing heavy by itself`, async () => {
    const links = await seeds();
    const before = inheritedProperties();
    const kinds = { clean: 0, repaired: 0 };
    for (let i = 0; i < count; i++) {
      const link = await damagedLink(links, i);
      const case_ = `case ${i}: ${link.slice(0, 300)}`;
      const start = performance.now();
      const result = await decodeLink(link).catch((error: unknown) => {
        throw new Error(`${case_}: ${String(error)}`);
      });
      if (performance.now() - start > MOST_MS) {
        const least = await leastMilliseconds(MOST_MS, () => decodeLink(link));
        if (least > MOST_MS) throw new Error(`${case_}: took ${least.toFixed(1)} ms`);
      }
      const { experiment, issues, heavy, opensPaused } = result;
      if (validateExperiment({ ...experiment }).issues.length > 0) throw new Error(`${case_}: not valid`);
      if (Object.getPrototypeOf(experiment) !== Object.prototype) throw new Error(`${case_}: odd prototype`);
      if ((heavy || issues.length > 0) && !opensPaused) throw new Error(`${case_}: would start by itself`);
      if (issues.length > 21) throw new Error(`${case_}: ${issues.length} issues`);
      kinds[issues.length === 0 ? 'clean' : 'repaired'] += 1;
    }
    expect(inheritedProperties()).toEqual(before);
    // The damage is neither so small that all is read nor so great that nothing is.
    expect(kinds.clean).toBeGreaterThan(count / 100);
    expect(kinds.repaired).toBeGreaterThan(count / 2);
  }, 1_800_000);
});
