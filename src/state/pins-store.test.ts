import { describe, expect, it } from 'vitest';
import { createMemoryStorage, smallDraft } from './pins.testing.ts';
import { reachingExperiment } from './pins-reaching.testing.ts';
import { createVisitStorage, type PinStorage } from './pins-storage.ts';
import { createPinsStore, shownIn } from './pins-store.ts';
import { MAX_PINS, MAX_SHOWN_PINS } from './pins-types.ts';

let lastId = 0;

function open(storage: PinStorage | Promise<PinStorage> = createMemoryStorage()) {
  let time = 1_700_000_000_000;
  return createPinsStore({
    storage: Promise.resolve(storage),
    now: () => time++,
    newId: () => `id-${++lastId}`,
  });
}

describe('the store of pinned runs', () => {
  it('keeps runs under letters and looks of their own, shown', async () => {
    const { store, settled } = open();
    await settled();
    const a = store.getState().keep(smallDraft('first'));
    const b = store.getState().keep(smallDraft('second', { innerLearningRate: 0.02 }));
    expect([a?.letter, b?.letter]).toEqual(['A', 'B']);
    expect(a?.look).not.toBe(b?.look);
    expect(store.getState().pins.every(({ isShown }) => isShown)).toBe(true);
    expect(store.getState().keeps).toBe('browser');
  });

  it('has them again at the next visit, number for number', async () => {
    const storage = createMemoryStorage();
    const before = open(storage);
    await before.settled();
    before.store.getState().keep(smallDraft('kept', { innerLearningRate: 0.02 }));
    const [pin] = before.store.getState().pins;
    before.store.getState().rename(pin!.id, '  renamed ');
    before.store.getState().setLook(pin!.id, 4);
    before.store.getState().setBaseline(pin!.id, true);
    await before.settled();
    const after = open(storage);
    await after.settled();
    const [again] = after.store.getState().pins;
    expect(again).toMatchObject({ title: 'renamed', look: 4, isBaseline: true, letter: 'A' });
    expect(again?.experiment).toEqual(pin?.experiment);
    expect(again?.record?.runs.map(({ heldOut }) => heldOut)).toEqual(
      pin?.record?.runs.map(({ heldOut }) => heldOut.map((point) => ({ ...point, loss: expect.anything() }))),
    );
    expect(after.store.getState().status).toBe('ready');
  });

  it('has one baseline per lab, which is shown', async () => {
    const { store, settled } = open();
    await settled();
    const a = store.getState().keep(smallDraft('a'))!;
    const b = store.getState().keep(smallDraft('b'))!;
    const other = store
      .getState()
      .keep({ title: 'r', experiment: reachingExperiment(), record: null, seeds: null })!;
    store.getState().setBaseline(other.id, true);
    store.getState().setBaseline(a.id, true);
    store.getState().show(b.id, false);
    store.getState().setBaseline(b.id, true);
    const baselines = store.getState().pins.filter(({ isBaseline }) => isBaseline);
    expect(baselines.map(({ id }) => id).sort()).toEqual([b.id, other.id].sort());
    expect(shownIn(store.getState().pins, 'sinusoid').map(({ id }) => id)).toEqual([b.id, a.id]);
  });

  it('puts back what was deleted, also in the storage', async () => {
    const storage = createMemoryStorage();
    const { store, settled } = open(storage);
    await settled();
    const a = store.getState().keep(smallDraft('a'))!;
    store.getState().keep(smallDraft('b'));
    store.getState().remove(a.id);
    await settled();
    expect(storage.texts.has(a.id)).toBe(false);
    expect(store.getState().pins.map(({ title }) => title)).toEqual(['b']);
    store.getState().putBack();
    await settled();
    expect(storage.texts.has(a.id)).toBe(true);
    expect(store.getState().pins.map(({ title }) => title)).toEqual(['a', 'b']);
    expect(store.getState().deleted).toBeNull();
  });

  it('says where the storage is full, and keeps the run for the visit', async () => {
    const storage = createMemoryStorage();
    const { store, settled } = open(storage);
    await settled();
    storage.fails = 'full';
    store.getState().keep(smallDraft('a'));
    await settled();
    expect(store.getState().problem).toMatch(/no room.*Export it as a file/);
    expect(store.getState().pins).toHaveLength(1);
    expect(storage.texts.size).toBe(0);
  });

  it('lives in the page where the browser keeps nothing', async () => {
    const { store, settled } = open(createVisitStorage());
    await settled();
    store.getState().keep(smallDraft('a'));
    await settled();
    expect(store.getState()).toMatchObject({ keeps: 'visit', status: 'ready', problem: null });
    expect(store.getState().pins).toHaveLength(1);
  });

  it('goes on for the visit where reading fails', async () => {
    const storage = createMemoryStorage();
    storage.readAll = () => Promise.reject(new Error('gone'));
    const { store, settled } = open(storage);
    await settled();
    expect(store.getState()).toMatchObject({ keeps: 'visit', status: 'ready' });
    expect(store.getState().problem).toMatch(/refused/);
    store.getState().keep(smallDraft('a'));
    expect(store.getState().pins).toHaveLength(1);
  });

  it('follows what another window changes', async () => {
    const texts = new Map<string, string>();
    const windows: (() => void)[] = [];
    const one = open(createMemoryStorage(texts, windows));
    const two = open(createMemoryStorage(texts, windows));
    await Promise.all([one.settled(), two.settled()]);
    const pin = one.store.getState().keep(smallDraft('a'))!;
    await one.settled();
    await two.settled();
    expect(two.store.getState().pins.map(({ title }) => title)).toEqual(['a']);
    two.store.getState().rename(pin.id, 'b');
    await two.settled();
    await one.settled();
    expect(one.store.getState().pins[0]?.title).toBe('b');
    one.store.getState().remove(pin.id);
    await one.settled();
    await two.settled();
    expect(two.store.getState().pins).toEqual([]);
  });

  it('counts what it cannot read, and deletes none of it', async () => {
    const texts = new Map([
      ['broken', '{"format":"metascope-pins"'],
      ['newer', '{"format":"metascope-pins","version":9,"pins":[]}'],
    ]);
    const { store, settled } = open(createMemoryStorage(texts));
    await settled();
    expect(store.getState().pins).toEqual([]);
    expect(store.getState().problem).toMatch(/2 pinned runs could not be read/);
    expect(texts.size).toBe(2);
  });

  it('keeps what was pinned while the storage was still opening', async () => {
    const storage = createMemoryStorage();
    let opened: (storage: PinStorage) => void = () => {};
    const { store, settled } = open(new Promise<PinStorage>((resolve) => (opened = resolve)));
    store.getState().keep(smallDraft('early'));
    opened(storage);
    await settled();
    await settled();
    expect(store.getState().pins.map(({ title }) => title)).toEqual(['early']);
    expect(storage.texts.size).toBe(1);
  });

  it('refuses more than there is room for, in words', async () => {
    const { store, settled } = open(createVisitStorage());
    await settled();
    const draft = smallDraft('a');
    for (let i = 0; i < MAX_PINS; i++) expect(store.getState().keep(draft)).not.toBeNull();
    expect(shownIn(store.getState().pins, 'sinusoid')).toHaveLength(MAX_SHOWN_PINS);
    expect(store.getState().keep(draft)).toBeNull();
    expect(store.getState().problem).toMatch(/40 are kept at most/);
    const hidden = store.getState().pins.find(({ isShown }) => !isShown)!;
    store.getState().show(hidden.id, true);
    expect(store.getState().problem).toMatch(/At most 8/);
    expect(new Set(store.getState().pins.map(({ letter }) => letter)).size).toBe(MAX_PINS);
  });

  it('takes in pins from a file once, under letters that are free', async () => {
    const from = open();
    await from.settled();
    from.store.getState().keep(smallDraft('theirs'));
    const theirs = from.store.getState().pins;
    const { store, settled } = open();
    await settled();
    store.getState().keep(smallDraft('mine'));
    expect(store.getState().add(theirs)).toBe(1);
    expect(store.getState().add(theirs)).toBe(0);
    expect(
      store
        .getState()
        .pins.map(({ title, letter }) => [title, letter])
        .sort(),
    ).toEqual([
      ['mine', 'A'],
      ['theirs', 'B'],
    ]);
  });
});
