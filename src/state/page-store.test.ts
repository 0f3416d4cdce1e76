import { describe, expect, it } from 'vitest';
import { defaultExperiment } from '../experiment/labs.ts';
import { NO_OPTIONS, type PageOptions } from '../experiment/page-options.ts';
import { createExperimentStores } from './experiment-store.ts';
import { type AddressBar, openPlainLink, syncLink } from './link-sync.ts';
import type { NewNotice } from './notices.ts';
import { createPageStore, isCovered, linkedOptions } from './page-store.ts';

describe('the page store', () => {
  it('covers the outcome until a guess is made, and again when another is asked for', () => {
    const page = createPageStore({ ...NO_OPTIONS, predict: true });
    expect(isCovered(page.getState())).toBe(true);
    page.getState().confirm({ kind: 'choice', answer: 1 });
    expect(isCovered(page.getState())).toBe(false);
    page.getState().ask({ kind: 'choice', question: 'Which?', answers: ['one', 'two'] });
    expect(isCovered(page.getState())).toBe(true);
    page.getState().set({ predict: false });
    expect(isCovered(page.getState())).toBe(false);
  });

  it('does not ask again in a link made within a story after the guess; an exercise goes on asking', () => {
    const told = { ...NO_OPTIONS, predict: true, story: { id: 'what-is-maml', step: 1 } };
    for (const [options, asks] of [
      [told, false],
      [{ ...told, story: null }, true],
    ] as const) {
      const page = createPageStore(options);
      expect(linkedOptions(page.getState()).predict).toBe(true);
      page.getState().confirm({ kind: 'choice', answer: 1 });
      expect(linkedOptions(page.getState()).predict).toBe(asks);
      page.getState().forget();
      expect(linkedOptions(page.getState()).predict).toBe(true);
    }
  });

  it('keeps the same options when nothing changes', () => {
    const page = createPageStore();
    const before = page.getState().options;
    page.getState().set({ hide: [], present: false });
    expect(page.getState().options).toBe(before);
  });
});

describe('locks', () => {
  const stores = (options: Partial<PageOptions>) =>
    createExperimentStores(defaultExperiment('sinusoid'), () => ({ ...NO_OPTIONS, ...options })).current;

  it('refuse edits of what is locked, by name, and no others', () => {
    const current = stores({ lock: ['innerSteps'] });
    const issues = current.getState().edit({ innerSteps: 3 });
    expect(issues.map(({ field }) => field)).toEqual(['innerSteps']);
    expect(issues[0]?.message).toMatch(/is locked by this link, so it was not changed/);
    expect(current.getState().experiment).toEqual(defaultExperiment('sinusoid'));
    expect(current.getState().edit({ seed: 8 })).toEqual([]);
    expect(current.getState().experiment.seed).toBe(8);
  });

  it('lock everything by “settings”, and the presets with anything', () => {
    const all = stores({ lock: ['settings'] });
    expect(all.getState().edit({ seed: 8 })).toHaveLength(1);
    const one = stores({ lock: ['seed'] });
    one.getState().loadPreset('sinusoid-paper');
    expect(one.getState().experiment.preset).toBe('sinusoid-live');
    const none = stores({ hide: ['seed'] });
    none.getState().loadPreset('sinusoid-paper');
    expect(none.getState().experiment.preset).toBe('sinusoid-paper');
  });
});

describe('the address bar', () => {
  function openAt(fragment: string) {
    const written: string[] = [];
    const pushed: string[] = [];
    const notices: NewNotice[] = [];
    const held: string[] = [];
    let text = fragment;
    let changed = () => {};
    const address: AddressBar = {
      read: () => text,
      write(next) {
        text = next;
        written.push(next);
      },
      push(next) {
        text = next;
        pushed.push(next);
      },
      onChange(listener) {
        changed = listener;
      },
    };
    const link = openPlainLink(fragment);
    if (link === null) throw new Error('not a plain link');
    const page = createPageStore(link.options);
    const { current } = createExperimentStores(link.experiment, () => page.getState().options);
    const notify = (notice: NewNotice) => notices.push(notice);
    syncLink({
      address,
      experiments: current,
      page,
      notify,
      onRead: () => {},
      openRuns: () => {},
      openTrained: () => {},
      hold: (lab) => held.push(lab),
      writeDelayMs: 0,
    });
    const settled = () => new Promise((resolve) => setTimeout(resolve, 5));
    const visit = async (next: string) => {
      text = next;
      changed();
      await settled();
    };
    return { page, current, written, pushed, notices, held, settled, visit };
  }
  const base = '#v=1&lab=sinusoid&preset=sinusoid-live&seed=0';

  it('holds the options beside the experiment; undo leaves them alone', async () => {
    const { page, current, written, settled } = openAt(`${base}&hide=presets`);
    page.getState().set({ present: true });
    await settled();
    expect(written.at(-1)).toBe(`${base}&hide=presets&present=1`);
    current.getState().edit({ seed: 5 });
    current.getState().undo();
    await settled();
    expect(page.getState().options.present).toBe(true);
    expect(current.getState().canUndo).toBe(false);
    expect(written.at(-1)).toBe(`${base}&hide=presets&present=1`);
  });

  it('makes one history entry between gallery and lab, each way', async () => {
    const { page, current, written, pushed, settled } = openAt('#v=1&page=gallery');
    current.getState().switchLab('reaching');
    await settled();
    expect([written, pushed]).toEqual([[], []]);
    page.getState().set({ page: 'lab' });
    expect(written).toEqual(['#v=1&page=gallery']);
    expect(pushed).toEqual(['#v=1&lab=reaching&preset=reaching-figure-3&seed=0']);
    page.getState().set({ page: 'gallery' });
    expect(pushed.at(-1)).toBe('#v=1&page=gallery');
  });

  it('reads the options of a link opened in the same page, and keeps on presenting', async () => {
    const { page, current, held, pushed, visit } = openAt(`${base}&present=1`);
    await visit('#v=1&lab=navigation&preset=navigation-maml-live&seed=3&lock=seed&predict=1');
    expect(page.getState().options).toEqual({ ...NO_OPTIONS, lock: ['seed'], predict: true, present: true });
    expect(current.getState().experiment.seed).toBe(3);
    // What a guess must not give away does not run.
    expect(held).toEqual(['navigation']);
    await visit('#v=1&page=gallery');
    expect(page.getState().options.page).toBe('gallery');
    expect(current.getState().experiment.lab).toBe('navigation');
    expect(pushed).toEqual([]);
  });

  it('names what it could not read', async () => {
    const { notices, held, visit } = openAt(base);
    await visit(`${base}&hide=everything`);
    expect(notices[0]?.details[0]).toMatch(/^hide: “everything” cannot be hidden/);
    expect(held).toEqual(['sinusoid']);
  });
});
