import { describe, expect, it } from 'vitest';
import type { PhaseEvent } from '../../algorithms/algorithm.ts';
import type { LabData } from '../lab-context.ts';
import { readLive } from './live-values.ts';

const before: PhaseEvent<string> = { phase: 'before', values: { mean: 1 } };
const after: PhaseEvent<string> = { phase: 'after', values: { mean: 2 } };
const beforeAgain: PhaseEvent<string> = { phase: 'before', values: { mean: 7 } };

interface Told {
  readonly phases: readonly PhaseEvent<string>[];
  readonly earlierPhases?: readonly PhaseEvent<string>[];
  readonly stepped?: PhaseEvent<string>;
}

function dataAt(iteration: number, { stepped, ...told }: Told): LabData {
  return {
    checkpoints: [],
    snapshot: { iteration, runs: [{ algorithm: 'maml', iteration, ...told }] },
    steppedPhase:
      stepped === undefined ? null : { algorithm: 'maml', iteration: iteration + 1, event: stepped },
    subscribe: () => () => {},
  };
}

describe('values beside the pseudocode', () => {
  it('keep what two phases call alike apart', () => {
    const live = readLive(dataAt(3, { phases: [before, after] }), 'maml');
    expect(live.values.get('before')).toEqual({ mean: 1 });
    expect(live.values.get('after')).toEqual({ mean: 2 });
    expect(live).toMatchObject({ iteration: 3, last: 'after', stepped: false });
  });

  it('are those of the iteration before where a phase has not run in this one', () => {
    const live = readLive(dataAt(3, { phases: [beforeAgain], earlierPhases: [before, after] }), 'maml');
    expect([...live.values]).toEqual([
      ['before', { mean: 7 }],
      ['after', { mean: 2 }],
    ]);
    expect(live.last).toBe('before');
  });

  it('are none before anything was trained', () => {
    const nothing = { ...dataAt(0, { phases: [] }), snapshot: null };
    expect(readLive(nothing, 'maml')).toMatchObject({ iteration: null, last: null });
    expect(readLive(dataAt(3, { phases: [before] }), 'rmaml')).toMatchObject({ iteration: null });
  });

  it('follow the phase that was stepped to', () => {
    const live = readLive(dataAt(3, { phases: [], earlierPhases: [before, after], stepped: before }), 'maml');
    expect(live).toMatchObject({ iteration: 4, last: 'before', stepped: true });
  });
});
