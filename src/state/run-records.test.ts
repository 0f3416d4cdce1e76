// Runs as records: kept from one page, as a file, and opened in another, over the real client and training loop.
import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import { encodeRunRecord, readRunFile } from '../records/run-file.ts';
import type { RunRecord } from '../records/run-record.ts';
import { TINY } from '../training/policy-session.testing.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import { finished, openPage, type Page, small } from './open-page.testing.ts';
import { openRecord, recordOf } from './run-records.ts';

const CHEETAH = {
  ...CHEETAH_PRESETS[0].experiment,
  hiddenWidths: [3],
  metaBatchSize: 2,
  trajectoriesPerTask: 2,
  horizon: 6,
  metaIterations: 6,
  curvatureRows: 4,
  testTrajectories: 2,
  testInnerSteps: 1,
};

function when({ stores }: Page, lab: 'navigation' | 'cheetah', test: () => boolean): Promise<void> {
  const { run, data, view } = stores[lab];
  return new Promise((resolve) => {
    const stops: (() => void)[] = [];
    const check = (): void => {
      if (!test()) return;
      for (const stop of stops.splice(0)) stop();
      resolve();
    };
    stops.push(run.subscribe(check), data.subscribe(check), view.subscribe(check));
    check();
  });
}

/** As if it had been saved and opened elsewhere. */
function throughFile(record: RunRecord): RunRecord {
  const reading = readRunFile(encodeRunRecord(record, { precision: 'f32' }));
  if (reading.kind === 'refused') throw new Error(`${reading.issue.place}: ${reading.issue.message}`);
  return reading.record;
}

let trained: Promise<RunRecord> | null = null;
/** Trained once; records are never written to. */
function cheetahRecord(): Promise<RunRecord> {
  trained ??= trainCheetah();
  return trained;
}

async function trainCheetah(): Promise<RunRecord> {
  const page = openPage(encodePlainLink(CHEETAH));
  await when(page, 'cheetah', () => page.api.status() === 'finished');
  return throughFile(recordOf(page.stores)!);
}

describe('a kept run', () => {
  it('is the run as it was trained: head, curves, evaluations, checkpoints', async () => {
    const record = await cheetahRecord();
    expect(record).toMatchObject({ title: null, program: '0.1.0', engine: 'reference', iterations: 6 });
    expect(record.experiment).toEqual(CHEETAH);
    expect(record.runs[0]!.metrics.iteration).toEqual([1, 2, 3, 4, 5, 6]);
    expect(record.runs[0]!.adaptations.at(-1)).toMatchObject({ algorithm: 'maml', iteration: 6 });
    expect(record.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('opens in its lab, paused at its end, and its policies act, of any checkpoint', async () => {
    const record = await cheetahRecord();
    const page = openPage(small);
    await finished(page);
    openRecord(page.stores, record);
    const { cheetah } = page.stores;
    expect(page.api.lab()).toBe('cheetah');
    expect(cheetah.experiment.getState().experiment).toEqual(CHEETAH);
    expect(cheetah.run.getState()).toMatchObject({
      status: { kind: 'paused' },
      iteration: 6,
      opened: { program: '0.1.0', engine: 'reference', iterations: 6 },
    });
    expect(page.api.iteration()).toBe(6);
    expect(cheetah.data.checkpoints).toHaveLength(7);
    const evaluated = record.runs[0]!.adaptations.map(({ iteration }) => iteration);
    expect(cheetah.data.adaptations('maml').map(({ iteration }) => iteration)).toEqual(evaluated);
    const shown = () => cheetah.data.probe('maml');
    await when(page, 'cheetah', () => shown() !== null);
    expect(shown()?.iteration).toBe(6);
    expect(shown()!.steps[0]!.params).toEqual(record.checkpoints.at(-1)!.runs[0]!.metaParams);
    cheetah.view.getState().set({ scrubIteration: 2 });
    await when(page, 'cheetah', () => shown()?.iteration === 2);
    expect(shown()!.steps[0]!.params).toEqual(record.checkpoints[2]!.runs[0]!.metaParams);
    expect(shown()?.request.others?.map(({ goal }) => goal)).toEqual([-1]);
    cheetah.view.getState().set({ scrubIteration: null });
    await when(page, 'cheetah', () => shown()?.iteration === 6);
    expect(cheetah.run.getState().status.kind).toBe('paused');
    page.stores.current.getState().undo();
    expect(page.api.lab()).toBe('sinusoid');
  });

  it('is trained on from its end, by as many meta-iterations again', async () => {
    const record = await cheetahRecord();
    const page = openPage(encodePlainLink(TINY));
    openRecord(page.stores, record);
    const { run, data } = page.stores.cheetah;
    run.getState().play();
    await when(page, 'cheetah', () => run.getState().status.kind === 'finished');
    expect(page.stores.cheetah.experiment.getState().experiment.metaIterations).toBe(12);
    expect(data.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12]);
    expect(run.getState().opened?.iterations).toBe(6);
    const steps = data.metrics('maml')!.column('environmentSteps');
    expect(steps[11]).toBeGreaterThan(steps[5]!);
    const again = recordOf(page.stores)!;
    expect(again).toMatchObject({ iterations: 12, title: null });
    expect(throughFile(again).checkpoints).toHaveLength(11);
  });

  it('is trained on from a checkpoint, or anew', async () => {
    const page = openPage(encodePlainLink(TINY));
    openRecord(page.stores, await cheetahRecord());
    const { run, data } = page.stores.cheetah;
    run.getState().continueFrom(3);
    expect(run.getState()).toMatchObject({ iteration: 3, opened: { iterations: 3 } });
    expect(data.checkpoints).toHaveLength(4);
    run.getState().play();
    await when(page, 'cheetah', () => run.getState().status.kind === 'finished');
    expect(page.api.iteration()).toBe(6);
    run.getState().reset();
    expect(run.getState().opened).toBeNull();
    run.getState().play();
    await when(page, 'cheetah', () => run.getState().status.kind === 'finished');
    expect(data.metrics('maml')!.length).toBe(6);
  });

  it('answers to the user’s goal in the Navigation lab, too, with the policy that is scrubbed to', async () => {
    const page = openPage(encodePlainLink(TINY));
    const { navigation } = page.stores;
    await when(page, 'navigation', () => navigation.run.getState().status.kind === 'finished');
    const record = throughFile(recordOf(page.stores)!);
    openRecord(page.stores, record);
    const asked = () => navigation.view.getState().probe;
    navigation.view.getState().set({ probeGoal: { x: 0.1, y: 0.2 }, scrubIteration: 2 });
    await when(page, 'navigation', () => navigation.data.probe('maml')?.request.id === asked()?.id);
    expect(navigation.data.probe('maml')?.iteration).toBe(2);
  });

  it('is kept and opened in the Sinusoid lab as well', async () => {
    const page = openPage(small);
    await finished(page);
    const record = throughFile(recordOf(page.stores)!);
    expect(record.experiment).toEqual(smallExperiment());
    const heldOut = page.stores.data.heldOut.length;
    const { length } = page.stores.data.checkpoints;
    const spent = page.stores.data.checkpoints.at(-1)!.runs[0]!.gradientEvaluations;
    page.stores.run.getState().reset();
    openRecord(page.stores, record);
    expect(page.stores.data.heldOut).toHaveLength(heldOut);
    expect(page.stores.data.checkpoints).toHaveLength(length);
    expect(page.stores.data.checkpoints.at(-1)!.runs[0]!.gradientEvaluations).toBe(spent);
  });
});
