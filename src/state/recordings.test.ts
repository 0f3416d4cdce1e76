// The Cheetah lab opens with a recorded run, over the real client and training loop; files are texts in memory.
import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import { encodePlainLink } from '../experiment/codec.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { encodeRunRecord } from '../records/run-file.ts';
import { RUN_INDEX_FORMAT, RUN_INDEX_VERSION } from '../records/run-index.ts';
import type { RunRecord } from '../records/run-record.ts';
import { initialPolicyState } from '../training/policy-domain.ts';
import { smallExperiment } from '../worker/loop-harness.testing.ts';
import type { FileSource } from './file-source.ts';
import { openPage, type Page, pause } from './open-page.testing.ts';

const PRESET = CHEETAH_PRESETS[0].experiment;
const SMALL = { ...PRESET, hiddenWidths: [3], metaBatchSize: 2, trajectoriesPerTask: 2, horizon: 6 };

/** A run that has learned nothing in four meta-iterations. */
function textOf(algorithm: AlgorithmId): string {
  const experiment = { ...SMALL, testTrajectories: 2, metaIterations: 4, algorithms: [algorithm] };
  const { metaParams, alpha } = initialPolicyState(experiment, algorithm);
  const costs = { environmentSteps: 0, seconds: 0 };
  const record: RunRecord = {
    title: `Direction, ${algorithm}`,
    program: '0.1.0',
    experiment,
    engine: 'fused-wasm',
    seconds: 720,
    iterations: 4,
    runs: [
      { algorithm, divergedAt: null, metrics: { iteration: [1, 2, 3, 4] }, adaptations: [], heldOut: [] },
    ],
    checkpoints: [0, 4].map((iteration) => ({
      iteration,
      runs: [{ algorithm, metaParams, alpha, ...costs }],
    })),
  };
  return encodeRunRecord(record, { precision: 'f32' });
}

const entryOf = (algorithm: AlgorithmId) => ({
  file: `${algorithm}.json`,
  title: algorithm,
  lab: 'cheetah',
  preset: PRESET.preset,
  family: 'dir',
  convention: 'gym',
  scale: 'live',
  algorithms: [algorithm],
  seed: 0,
  iterations: 4,
  seconds: 720,
  bytes: 1000,
  returns: [[-20, 200]],
});
const INDEX = JSON.stringify({
  format: RUN_INDEX_FORMAT,
  version: RUN_INDEX_VERSION,
  runs: [entryOf('maml'), entryOf('reptile')],
});

function filesOf(texts: Readonly<Record<string, string>>): FileSource {
  return {
    read: (path) => {
      const text = texts[path];
      return text === undefined ? Promise.reject(new Error(`${path} is not there.`)) : Promise.resolve(text);
    },
  };
}

const ALL = {
  'runs/index.json': INDEX,
  'runs/maml.json': textOf('maml'),
  'runs/reptile.json': textOf('reptile'),
};
const runOf = ({ stores }: Page) => stores.cheetah.run.getState();

describe('the Cheetah lab', () => {
  it('opens with the first recorded run, paused, when nothing else was asked for', async () => {
    const page = openPage(encodePlainLink(PRESET), { files: filesOf(ALL) });
    await page.api.idle();
    expect(runOf(page)).toMatchObject({ status: { kind: 'paused' }, opened: { title: 'Direction, maml' } });
    expect(page.api.iteration()).toBe(4);
  });

  it('does so by its tab, too, and keeps what is shown when it is left and shown again', async () => {
    const page = openPage(encodePlainLink(smallExperiment()), { files: filesOf(ALL) });
    await page.api.idle();
    page.stores.current.getState().switchLab('cheetah');
    await page.api.idle();
    expect(runOf(page).opened?.title).toBe('Direction, maml');
    page.stores.current.getState().switchLab('sinusoid');
    page.stores.current.getState().switchLab('cheetah');
    expect(page.stores.recordings.getState().isLoading).toBe(false);
    await page.api.idle();
    expect(runOf(page)).toMatchObject({ status: { kind: 'paused' }, iteration: 4 });
    expect(runOf(page).opened?.title).toBe('Direction, maml');
  });

  it('trains what a link with settings says', async () => {
    const page = openPage(encodePlainLink({ ...SMALL, metaIterations: 2 }), { files: filesOf(ALL) });
    await page.api.reached(2);
    expect(runOf(page).opened).toBeNull();
  });

  it.each([
    ['there is no list', {}, 'is not there'],
    ['the list is another page', { ...ALL, 'runs/index.json': '<!doctype html>' }, 'not a list'],
    ['the run is missing', { 'runs/index.json': INDEX }, 'runs/maml.json is not there.'],
    ['the run is damaged', { ...ALL, 'runs/maml.json': ALL['runs/maml.json'].slice(0, 500) }, 'valid JSON'],
  ])('trains live and says why where %s', async (_, texts, why) => {
    // Training the preset itself would take this thread minutes.
    const beforeCall = () => {
      throw new Error('not in this test');
    };
    const page = openPage(encodePlainLink(PRESET), { files: filesOf(texts), crewFaults: [{ beforeCall }] });
    const { run } = page.stores.cheetah;
    const seen = new Set<string>();
    await new Promise<void>((resolve) => {
      run.subscribe(({ status, notices }) => {
        seen.add(status.kind);
        if (notices.some(({ details }) => details[0]?.includes(why))) resolve();
      });
    });
    expect(seen).toContain('starting');
    page.stores.current.getState().switchLab('reaching');
  });

  it('leaves alone what the user has begun while it was loading', async () => {
    const page = openPage(encodePlainLink(PRESET), { files: filesOf(ALL) });
    page.stores.cheetah.experiment.getState().edit({ ...SMALL, testTrajectories: 2, metaIterations: 2 });
    await page.api.reached(2);
    await pause(20);
    expect(runOf(page).opened).toBeNull();
  });

  it('races recorded runs of one experiment side by side', async () => {
    const page = openPage(encodePlainLink(smallExperiment()), { files: filesOf(ALL) });
    await page.stores.recordings.getState().loadList();
    expect(page.stores.recordings.getState().list).toHaveLength(2);
    await page.stores.recordings.getState().open(['reptile.json', 'maml.json']);
    expect(page.api.lab()).toBe('cheetah');
    expect(page.stores.cheetah.experiment.getState().experiment.algorithms).toEqual(['maml', 'reptile']);
    expect(runOf(page).status.kind).toBe('paused');
  });
});
