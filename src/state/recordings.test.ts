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
/** Says no seed, and so no experiment. */
const OF_THE_LAB = '#v=1&lab=cheetah';
/** Training the preset itself would take this thread minutes. */
const trainNothing = () => {
  throw new Error('not in this test');
};
const runOf = ({ stores }: Page) => stores.cheetah.run.getState();

describe('the Cheetah lab', () => {
  it('opens with the first recorded run, paused, when nothing else was asked for', async () => {
    const page = openPage(OF_THE_LAB, { files: filesOf(ALL) });
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
    ['the page is opened with it', encodePlainLink(PRESET)],
    ['it is opened in the page', encodePlainLink(smallExperiment())],
  ])('trains the default preset live where a link names its seed: %s', async (_, first) => {
    const page = openPage(first, { files: filesOf(ALL), crewFaults: [{ beforeCall: trainNothing }] });
    if (first !== encodePlainLink(PRESET)) page.visit(encodePlainLink(PRESET));
    const { run } = page.stores.cheetah;
    await expect.poll(() => run.getState().status.kind).toBe('failed');
    await page.api.idle();
    expect(page.stores.current.getState().experiment).toEqual(PRESET);
    expect(runOf(page).opened).toBeNull();
  });

  it.each([
    ['there is no list', {}, 'is not there'],
    ['the list is another page', { ...ALL, 'runs/index.json': '<!doctype html>' }, 'not a list'],
    ['the run is missing', { 'runs/index.json': INDEX }, 'runs/maml.json is not there.'],
    ['the run is damaged', { ...ALL, 'runs/maml.json': ALL['runs/maml.json'].slice(0, 500) }, 'valid JSON'],
  ])('trains live and says why where %s', async (_, texts, why) => {
    const page = openPage(OF_THE_LAB, { files: filesOf(texts), crewFaults: [{ beforeCall: trainNothing }] });
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
    const page = openPage(OF_THE_LAB, { files: filesOf(ALL) });
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

describe('the link of a recorded run', () => {
  const linkOf = ({ written, pushed }: Page) => written.at(-1) ?? pushed.at(-1) ?? '';
  /** What a reload would open. */
  const reload = async (page: Page) => {
    await pause(40);
    const link = linkOf(page);
    const again = openPage(link, { files: filesOf(ALL) });
    await again.api.idle();
    return { link, again };
  };

  it('names it, and opens it again with the test settings that were changed since', async () => {
    const page = openPage(OF_THE_LAB, { files: filesOf(ALL) });
    await page.api.idle();
    const { link, again } = await reload(page);
    expect(link).toMatch(/&run=maml$/);
    expect(runOf(again)).toMatchObject({ status: { kind: 'paused' }, opened: { title: 'Direction, maml' } });
    expect(again.api.iteration()).toBe(4);
    expect(runOf(again).notices).toEqual([]);
    expect(again.stores.current.getState().canUndo).toBe(false);
    again.stores.current.getState().edit({ testInnerSteps: 1 });
    const later = await reload(again);
    expect(later.link).toContain('testInnerSteps=1&');
    expect(runOf(later.again).opened?.title).toBe('Direction, maml');
    expect(later.again.stores.cheetah.experiment.getState().experiment.testInnerSteps).toBe(1);
    expect(later.again.api.iteration()).toBe(4);
  });

  it('names a whole race', async () => {
    const page = openPage(encodePlainLink(smallExperiment()), { files: filesOf(ALL) });
    await page.api.idle();
    await page.stores.recordings.getState().open(['reptile.json', 'maml.json']);
    await page.api.idle();
    await pause(40);
    expect(linkOf(page)).toMatch(/&run=reptile,maml$/);
    const again = openPage(linkOf(page), { files: filesOf(ALL) });
    await again.api.idle();
    expect(again.stores.cheetah.experiment.getState().experiment.algorithms).toEqual(['maml', 'reptile']);
    expect(runOf(again).opened).not.toBeNull();
  });

  it('may say no more than its name', async () => {
    const page = openPage('#v=1&lab=cheetah&run=reptile', { files: filesOf(ALL) });
    await page.api.idle();
    expect(runOf(page)).toMatchObject({
      status: { kind: 'paused' },
      opened: { title: 'Direction, reptile' },
    });
  });

  it('opens it in a page that shows something else', async () => {
    const page = openPage(OF_THE_LAB, { files: filesOf(ALL) });
    await page.api.idle();
    page.visit('#v=1&lab=cheetah&run=reptile');
    await pause(40);
    await page.api.idle();
    expect(runOf(page)).toMatchObject({
      status: { kind: 'paused' },
      opened: { title: 'Direction, reptile' },
    });
    await pause(40);
    expect(linkOf(page)).toMatch(/&run=reptile$/);
  });

  it('no longer names it once something else is trained', async () => {
    const page = openPage(OF_THE_LAB, { files: filesOf(ALL) });
    await page.api.idle();
    expect(page.stores.page.getState().options.runs).toEqual(['maml']);
    page.stores.current.getState().edit({ seed: 5, metaIterations: 2 });
    await pause(60);
    expect(page.stores.page.getState().options.runs).toEqual([]);
    expect(linkOf(page)).not.toContain('run=');
    page.stores.current.getState().undo();
    await pause(60);
    expect(page.stores.page.getState().options.runs).toEqual([]);
  });

  it('with other settings than the run’s trains those, and says so', async () => {
    const other = { ...SMALL, testTrajectories: 2, metaIterations: 2, seed: 7 };
    const page = openPage(`${encodePlainLink(other)}&run=maml`, { files: filesOf(ALL) });
    await page.api.reached(2);
    expect(runOf(page).opened).toBeNull();
    expect(runOf(page).notices.map(({ details }) => details[0])).toEqual([
      expect.stringContaining('not those of the recorded run'),
    ]);
  });

  it('of a run that is not there trains live and says why', async () => {
    const small = { ...SMALL, testTrajectories: 2, metaIterations: 2 };
    const page = openPage(`${encodePlainLink(small)}&run=missing`, { files: filesOf(ALL) });
    await page.api.reached(2);
    expect(runOf(page).notices[0]!.details[0]).toContain('runs/missing.json is not there.');
  });

  it('waits for the guess where one comes first', async () => {
    const page = openPage(`${encodePlainLink(SMALL)}&predict=1&run=reptile`, { files: filesOf(ALL) });
    await page.api.idle();
    expect(runOf(page).opened).toBeNull();
    expect(page.api.iteration()).toBe(0);
    // Nor does anything train.
    expect(runOf(page).status.kind).toBe('paused');
  });
});
