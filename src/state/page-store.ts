// The options of the page (experiment/page-options.ts) and, where a guess comes first, the guess. Kept apart from the
// experiment: undo does not touch them, and none of them alters training. link-sync.ts reads and writes them.
import { createStore, type StoreApi } from 'zustand/vanilla';
import { NO_OPTIONS, type PageOptions, type PagePart, sameOptions } from '../experiment/page-options.ts';
import type { PredictChart, PredictQuestion } from '../experiment/predict-question.ts';

/** One point of a drawn guess, in the units of its chart's axes. */
export interface GuessPoint {
  readonly x: number;
  readonly y: number;
}

export type Guess =
  | { readonly kind: 'choice'; readonly answer: number }
  | { readonly kind: 'draw'; readonly chart: PredictChart; readonly points: readonly GuessPoint[] };

/** A dialog of the page that is open. */
export type PageDialog = 'compare' | 'keys' | 'exercise' | 'share' | 'story-editor';
/** What the browser refused, said once. */
export type PageRemark = 'no-wake-lock' | 'no-fullscreen';

export interface PageState {
  readonly options: PageOptions;
  /** What a story asks; null: the lab's own question. */
  readonly question: PredictQuestion | null;
  /** The guess that was made; null: none yet. */
  readonly guess: Guess | null;
  readonly dialog: PageDialog | null;
  readonly remark: PageRemark | null;
  /** Changes some options. One that is asked for anew (predict: true) covers the outcome again. */
  set(patch: Partial<PageOptions>): void;
  /** Another question, and so no guess yet. */
  ask(question: PredictQuestion | null): void;
  /** The guess is made: the outcome is shown. */
  confirm(guess: Guess): void;
  /** The outcome is covered again. */
  forget(): void;
  /** Opens a dialog in place of the one that is open, or closes it. */
  show(dialog: PageDialog | null): void;
  /** Says something quietly beside the page, or stops saying it. */
  say(remark: PageRemark | null): void;
}

export function createPageStore(initial: PageOptions = NO_OPTIONS): StoreApi<PageState> {
  return createStore<PageState>()((set, get) => ({
    options: initial,
    question: null,
    guess: null,
    dialog: null,
    remark: null,
    set(patch) {
      const before = get().options;
      const options = { ...before, ...patch };
      if (sameOptions(before, options)) return;
      set(options.predict && !before.predict ? { options, guess: null } : { options });
    },
    ask: (question) => set({ question, guess: null }),
    confirm: (guess) => set({ guess }),
    forget: () => set({ guess: null }),
    show: (dialog) => set({ dialog }),
    say: (remark) => set({ remark }),
  }));
}

/** Whether the outcome is covered until a guess has been made. */
export function isCovered({ options, guess }: Pick<PageState, 'options' | 'guess'>): boolean {
  return options.predict && guess === null;
}

/** The options as a link of what is on the screen says them: within a story, a guess that was made is not asked for again. */
export function linkedOptions({ options, guess }: Pick<PageState, 'options' | 'guess'>): PageOptions {
  return options.story !== null && guess !== null ? { ...options, predict: false } : options;
}

/** Whether that setting, or part of the page, is not to be shown. */
export function isHidden({ hide }: PageOptions, name: string): boolean {
  return hide.includes(name);
}

/** Whether that setting is shown but cannot be changed. */
export function isLocked({ lock }: PageOptions, name: string): boolean {
  return lock.includes('settings') || lock.includes(name);
}

/** Whether no other preset can be chosen: every one would change what is locked. */
export function arePresetsLocked({ lock }: PageOptions): boolean {
  return lock.length > 0;
}

/** The parts of the page that are hidden, as the words of an attribute for the style sheets. */
export function hiddenParts(options: PageOptions, parts: readonly PagePart[]): string {
  return parts.filter((part) => isHidden(options, part)).join(' ');
}
