import { describe, expect, it } from 'vitest';
import type { PhaseEvent } from '../../algorithms/algorithm.ts';
import type { LabData } from '../lab-context.ts';
import { createLiveReader } from './live-values.ts';

const before: PhaseEvent<string> = { phase: 'before', values: { mean: 1 } };
const after: PhaseEvent<string> = { phase: 'after', values: { mean: 2 } };

function dataAt(
  iteration: number,
  phases: readonly PhaseEvent<string>[],
  stepped: PhaseEvent<string> | null = null,
): LabData {
  return {
    checkpoints: [],
    snapshot: { iteration, runs: [{ algorithm: 'maml', iteration, phases }] },
    steppedPhase: stepped === null ? null : { algorithm: 'maml', iteration: iteration + 1, event: stepped },
    subscribe: () => () => {},
  };
}

describe('values beside the pseudocode', () => {
  it('keep what two phases call alike apart', () => {
    const live = createLiveReader()(dataAt(3, [before, after]), 'maml');
    expect(live.values.get('before')).toEqual({ mean: 1 });
    expect(live.values.get('after')).toEqual({ mean: 2 });
    expect(live).toMatchObject({ iteration: 3, last: 'after', stepped: false });
  });

  it('are those of the iteration before where a phase has not run in this one', () => {
    const read = createLiveReader();
    read(dataAt(3, [before, after]), 'maml');
    const live = read(dataAt(3, [{ phase: 'before', values: { mean: 7 } }]), 'maml');
    expect([...live.values]).toEqual([
      ['before', { mean: 7 }],
      ['after', { mean: 2 }],
    ]);
    expect(live.last).toBe('before');
  });

  it('are forgotten when the run goes back', () => {
    const read = createLiveReader();
    read(dataAt(3, [before, after]), 'maml');
    expect([...read(dataAt(1, [before]), 'maml').values.keys()]).toEqual(['before']);
    const nothing = { ...dataAt(0, []), snapshot: null };
    expect(read(nothing, 'maml')).toMatchObject({ iteration: null, last: null });
  });

  it('follow the phase that was stepped to', () => {
    const live = createLiveReader()(dataAt(3, [], before), 'maml');
    expect(live).toMatchObject({ iteration: 4, last: 'before', stepped: true });
  });
});
