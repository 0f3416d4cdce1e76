import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS } from '../../experiment/experiment.ts';
import { NAVIGATION_PRESETS } from '../../experiment/navigation-presets.ts';
import { policyShapeFor } from '../../training/policy-domain.ts';
import { arenaShape } from './arena-reader.ts';

describe("the arena's policy", () => {
  it.each(NAVIGATION_PRESETS.map(({ experiment }) => experiment))(
    'is the one that trains: $preset',
    (experiment) => {
      for (const algorithm of ALGORITHM_IDS) {
        expect(arenaShape(experiment, algorithm)).toEqual(policyShapeFor(experiment, algorithm));
      }
    },
  );
});
