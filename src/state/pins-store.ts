// The pinned runs: kept, named, shown and hidden, in the browser's storage or for this visit. What changes here is
// written at once; what another window changes is read again.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { COMPARE_WORDS } from '../words/compare.ts';
import { encodePins, MAX_STORED_CHARACTERS, readPins } from './pins-file.ts';
import { createVisitStorage, type PinStorage, PinStorageError, type StoredPin } from './pins-storage.ts';
import {
  MAX_PINS,
  MAX_SHOWN_PINS,
  PIN_LOOK_COUNT,
  type Pin,
  type PinDraft,
  type PinsState,
} from './pins-types.ts';

export interface PinsOptions {
  readonly storage: Promise<PinStorage>;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
}

export interface PinsControl {
  readonly store: StoreApi<PinsState>;
  /** Resolves when everything asked for so far is written. */
  settled(): Promise<void>;
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** The first letter that none of the lab's pins has. */
export function freeLetter(pins: readonly Pin[], lab: Pin['experiment']['lab']): string {
  const taken = new Set(pins.filter(({ experiment }) => experiment.lab === lab).map(({ letter }) => letter));
  for (let round = 0; ; round++) {
    const free = [...LETTERS]
      .map((each) => `${each}${round === 0 ? '' : round + 1}`)
      .find((each) => !taken.has(each));
    if (free !== undefined) return free;
  }
}

export function createPinsStore({ storage: opening, now, newId }: PinsOptions): PinsControl {
  let storage: PinStorage = createVisitStorage();
  /** Writes and readings one after the other. */
  let queue: Promise<void> = Promise.resolve();

  const store = createStore<PinsState>()((set, get) => ({
    status: 'reading',
    keeps: 'visit',
    pins: [],
    deleted: null,
    problem: null,
    keep(draft) {
      const { pins } = get();
      if (pins.length >= MAX_PINS) {
        set({ problem: COMPARE_WORDS.tooMany(MAX_PINS) });
        return null;
      }
      const pin = placed(draft, pins, { id: newId(), keptAt: now() });
      set({ pins: [...pins, pin], problem: null });
      write(pin);
      return pin;
    },
    rename: (id, title) => change(id, { title: title.trim().slice(0, 200) }),
    setLook: (id, look) => change(id, { look: Math.min(Math.max(Math.trunc(look), 0), PIN_LOOK_COUNT - 1) }),
    show(id, isShown) {
      const lab = get().pins.find((pin) => pin.id === id)?.experiment.lab;
      if (isShown && lab !== undefined && shownIn(get().pins, lab).length >= MAX_SHOWN_PINS) {
        set({ problem: COMPARE_WORDS.tooManyShown(MAX_SHOWN_PINS) });
        return;
      }
      change(id, { isShown });
    },
    setBaseline(id, isBaseline) {
      const lab = get().pins.find((pin) => pin.id === id)?.experiment.lab;
      for (const other of get().pins) {
        const isOther = other.id !== id && other.isBaseline && other.experiment.lab === lab;
        if (isOther) change(other.id, { isBaseline: false });
      }
      change(id, { isBaseline });
      // A baseline that is not seen would be a riddle.
      if (isBaseline) get().show(id, true);
    },
    remove(id) {
      const deleted = get().pins.find((pin) => pin.id === id);
      if (deleted === undefined) return;
      set({ pins: get().pins.filter((pin) => pin !== deleted), deleted });
      enqueue(() => storage.remove(id));
    },
    putBack() {
      const { deleted, pins } = get();
      if (deleted === null) return;
      set({ pins: byAge([...pins, deleted]), deleted: null });
      write(deleted);
    },
    add(added) {
      const known = new Set(get().pins.map(({ id }) => id));
      const fresh = added
        .filter(({ id }) => !known.has(id))
        .slice(0, Math.max(0, MAX_PINS - get().pins.length));
      for (const pin of fresh) {
        const { pins } = get();
        const { lab } = pin.experiment;
        const hasBaseline = pins.some((other) => other.isBaseline && other.experiment.lab === lab);
        const isTaken = pins.some((other) => other.letter === pin.letter && other.experiment.lab === lab);
        const next = {
          ...pin,
          letter: isTaken ? freeLetter(pins, lab) : pin.letter,
          isBaseline: pin.isBaseline && !hasBaseline,
          isShown: pin.isShown && shownIn(pins, lab).length < MAX_SHOWN_PINS,
        };
        set({ pins: byAge([...pins, next]) });
        write(next);
      }
      if (fresh.length < added.length && get().pins.length >= MAX_PINS)
        set({ problem: COMPARE_WORDS.tooMany(MAX_PINS) });
      return fresh.length;
    },
    dismissProblem: () => set({ problem: null }),
    say: (problem) => set({ problem }),
  }));

  function enqueue(work: () => Promise<void>): void {
    queue = queue.then(work).catch((error: unknown) => {
      const reason = error instanceof PinStorageError ? error.reason : 'refused';
      store.setState({ problem: reason === 'full' ? COMPARE_WORDS.full : COMPARE_WORDS.refused });
    });
  }

  function write(pin: Pin): void {
    enqueue(async () => {
      // The newest state of it: several changes in a row are one writing's worth.
      const newest = store.getState().pins.find(({ id }) => id === pin.id);
      if (newest === undefined || storage.keeps === 'visit') return;
      await storage.write({ id: newest.id, text: textOf(newest) });
    });
  }

  function change(id: string, patch: Partial<Pin>): void {
    const { pins } = store.getState();
    const before = pins.find((pin) => pin.id === id);
    if (before === undefined) return;
    const after = { ...before, ...patch };
    store.setState({ pins: pins.map((pin) => (pin === before ? after : pin)) });
    write(after);
  }

  async function readAll(): Promise<void> {
    const stored = await storage.readAll();
    const known = new Map(store.getState().pins.map((pin) => [pin.id, pin]));
    const pins: Pin[] = [];
    let unreadable = 0;
    for (const each of stored.slice(0, MAX_PINS)) {
      const pin = fromStored(each, known.get(each.id));
      if (pin === null) unreadable += 1;
      else pins.push(pin);
    }
    // What was pinned while the storage was being opened is not in it yet.
    const unwritten = isFirst
      ? store.getState().pins.filter(({ id }) => !stored.some((each) => each.id === id))
      : [];
    isFirst = false;
    store.setState({ pins: byAge([...pins, ...unwritten]), status: 'ready', keeps: storage.keeps });
    if (unreadable > 0) store.setState({ problem: COMPARE_WORDS.unreadable(unreadable) });
    for (const pin of unwritten) write(pin);
  }

  let isFirst = true;
  enqueue(async () => {
    storage = await opening;
    store.setState({ keeps: storage.keeps });
    storage.onChange(() => enqueue(readAll));
    try {
      await readAll();
    } catch (error) {
      storage = createVisitStorage();
      store.setState({ status: 'ready', keeps: 'visit' });
      throw error;
    }
  });
  return { store, settled: () => queue };
}

/** Texts of what did not change since, so that renaming one run does not encode it anew. */
const texts = new WeakMap<Pin, string>();

function textOf(pin: Pin): string {
  const text = texts.get(pin) ?? encodePins([pin]);
  texts.set(pin, text);
  return text;
}

/** The pin in a stored text; the one that is known where the text is its. null: unreadable. */
function fromStored({ id, text }: StoredPin, known: Pin | undefined): Pin | null {
  if (typeof id !== 'string' || typeof text !== 'string') return null;
  if (known !== undefined && texts.get(known) === text) return known;
  const reading = readPins(text, MAX_STORED_CHARACTERS);
  const pin = reading.kind === 'read' ? reading.pins[0] : undefined;
  if (pin === undefined || pin.id !== id) return null;
  texts.set(pin, text);
  return pin;
}

function placed(draft: PinDraft, pins: readonly Pin[], fresh: Pick<Pin, 'id' | 'keptAt'>): Pin {
  const { lab } = draft.experiment;
  const mates = pins.filter(({ experiment }) => experiment.lab === lab);
  const used = PIN_LOOKS.map((look) => mates.filter((pin) => pin.look === look).length);
  return {
    ...draft,
    ...fresh,
    letter: freeLetter(pins, lab),
    // The look that fewest others have.
    look: used.indexOf(Math.min(...used)),
    isShown: shownIn(pins, lab).length < MAX_SHOWN_PINS,
    isBaseline: false,
  };
}

const PIN_LOOKS = Array.from({ length: PIN_LOOK_COUNT }, (_, look) => look);

/** The pins shown in a lab, the baseline first. */
export function shownIn(pins: readonly Pin[], lab: Pin['experiment']['lab']): readonly Pin[] {
  const shown = pins.filter((pin) => pin.isShown && pin.experiment.lab === lab);
  return [...shown.filter((pin) => pin.isBaseline), ...shown.filter((pin) => !pin.isBaseline)];
}

function byAge(pins: readonly Pin[]): readonly Pin[] {
  return [...pins].sort((a, b) => a.keptAt - b.keptAt || (a.id < b.id ? -1 : 1));
}
