import { describe, expect, it } from 'vitest';
import { shapeFor } from '../../algorithms/run-shape.ts';
import { presetById } from '../../experiment/presets.ts';
import { initialiseParams } from '../../models/initialise.ts';
import { createExperimentStores } from '../../state/experiment-store.ts';
import { createRunData } from '../../state/run-data.ts';
import { createViewStore } from '../../state/view-store.ts';
import { METRIC_COLUMNS, type SinusoidKinds } from '../../training/session-events.ts';
import { createPanelReader } from './panel-reader.ts';

const EXPERIMENT = presetById('sinusoid-live')!.experiment;
const THETA = initialiseParams(shapeFor(EXPERIMENT, 'maml'), 'glorot', [0, 1]);

function setUp() {
  const experiment = createExperimentStores(EXPERIMENT).sinusoid;
  const view = createViewStore(experiment, null);
  const data = createRunData<SinusoidKinds>(METRIC_COLUMNS, () => {});
  return { reader: createPanelReader({ experiment, view, data }), view, data };
}

describe('what the panels read', () => {
  it('is the task alone before training', () => {
    const { reader } = setUp();
    expect(reader.panel('maml').fits).toEqual([]);
    expect(reader.panel('maml').support).toHaveLength(EXPERIMENT.testSupportSize);
    expect(reader.error('maml')).toBeNull();
  });
  it('shares one axis and keeps it while something is held', () => {
    const { reader, view } = setUp();
    const { set, task } = view.getState();
    const before = reader.panel('maml').yDomain;
    expect(reader.panel('rmaml').yDomain).toBe(before);
    reader.hold(true);
    set({ task: { ...task, amplitude: 9 } });
    expect(reader.panel('maml').yDomain).toBe(before);
    reader.hold(false);
    expect(reader.panel('maml').yDomain[1]).toBeGreaterThan(before[1]);
  });
  it('says the error before and after the steps shown', () => {
    const { reader, view, data } = setUp();
    data.setSnapshot({
      iteration: 1,
      runs: [
        {
          algorithm: 'maml',
          iteration: 1,
          metaParams: THETA,
          alpha: { mode: 'scalar', values: Float32Array.of(0.01) },
          buffer: null,
          phases: [],
        },
      ],
      parameterSpace: null,
    });
    view.getState().set({ innerStep: 10 });
    const error = reader.error('maml');
    expect(error?.after).toBeLessThan(error?.before ?? 0);
    expect(reader.panel('maml').fits).toHaveLength(11);
    view.getState().set({ innerStep: 0 });
    expect(reader.error('maml')?.after).toBe(error?.before);
  });
});
