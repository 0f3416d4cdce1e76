// Tells a story: follows the place that the page's options name, loads the story, and puts the labs into each step's
// state. Made when a story is told and ended with it; the labs' own stores do the work.
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Experiment } from '../experiment/experiment.ts';
import type { StoryPlace } from '../experiment/story-place.ts';
import type { Story, StoryStep } from '../stories/story.ts';
import { experimentOf } from '../stories/story-file.ts';
import { readTale } from '../stories/story-link.ts';
import { loadToldStory } from '../stories/told-stories.ts';
import { STORY_WORDS } from '../words/story.ts';
import { ownStory, wasOwnFile } from './own-stories.ts';
import { isCovered } from './page-store.ts';
import type { AppStores } from './store-types.ts';

export interface TellerState {
  /** null: loading, or `problems` says why there is none. */
  readonly story: Story | null;
  readonly problems: readonly string[];
  /** From 0; within the story. */
  readonly step: number;
}

export interface StoryTeller {
  readonly store: StoreApi<TellerState>;
  /** To that step, and the labs into its state. */
  go(step: number): void;
  /** The same step from its beginning, whatever was changed. */
  again(): void;
  /** No story any more; the lab stays as it is. */
  close(): void;
  /** Stops following. */
  dispose(): void;
}

/** As much of the page's stores as a story needs. */
export type ToldStores = Pick<
  AppStores,
  'current' | 'page' | 'run' | 'view' | 'reaching' | 'navigation' | 'cheetah' | 'recordings'
>;

export function createStoryTeller(stores: ToldStores): StoryTeller {
  const { page } = stores;
  const store = createStore<TellerState>()(() => ({ story: null, problems: [], step: 0 }));
  /** Which story is loaded, or being loaded. */
  let told = '';
  /** What the step put on the screen; null: nothing yet. */
  let opened: Experiment | null = null;

  async function follow(place: StoryPlace | null): Promise<void> {
    if (place === null) return;
    const name = place.tale ?? place.id;
    if (name !== told) {
      told = name;
      store.setState({ story: null, problems: [], step: place.step });
      const loaded = await load(place);
      // Another story may have been opened meanwhile.
      if (told !== name) return;
      store.setState(loaded);
    }
    const { story } = store.getState();
    // Read anew: the reader may have gone on while the story was loading.
    const now = page.getState().options.story;
    if (story === null || now === null) return;
    const step = Math.min(now.step, story.steps.length - 1);
    store.setState({ step });
    if (now.starts)
      open(
        step,
        story.steps.slice(0, step).findLast(({ experiment }) => experiment !== null),
      );
    else ask(story.steps[step]!);
  }

  /** What the link opened is kept; only the question belongs to the step. */
  function ask({ question }: StoryStep): void {
    if (question !== page.getState().question) page.getState().ask(question);
  }

  /** `before`: the step whose experiment this one goes on from, where none has been opened. */
  function open(step: number, before: StoryStep | undefined): void {
    const { story } = store.getState();
    const now = page.getState().options.story;
    const next = story?.steps[step];
    if (story === null || now === null || next === undefined) return;
    const { id, tale } = now;
    const place: StoryPlace = { id, step, ...(tale === undefined ? {} : { tale }) };
    store.setState({ step });
    // The question first: nothing may be seen of what it covers.
    page.getState().ask(next.question);
    page.getState().set({ page: 'lab', predict: next.question !== null, story: place });
    const experiment = next.experiment ?? before?.experiment ?? null;
    const recordings = next.experiment === null ? (before?.recordings ?? []) : next.recordings;
    openState(stores, before === undefined ? next : { ...next, experiment, recordings });
    opened = stores.current.getState().experiment;
  }

  const go = (step: number): void => open(step, undefined);

  const unsubscribe = page.subscribe(({ options, guess }, before) => {
    if (options.story !== before.options.story) void follow(options.story);
    const step = store.getState().story?.steps[store.getState().step];
    if (guess !== null && before.guess === null && step?.runs) transportOf(stores).play();
  });
  // The step began training anew, not the reader: what would be said of a change of theirs is not said.
  const unsubscribeRun = stores.run.subscribe(({ notices, dismissNotice }) => {
    if (stores.current.getState().experiment !== opened) return;
    for (const { kind, id } of notices) if (kind === 'restarted') dismissNotice(id);
  });
  void follow(page.getState().options.story);

  return {
    store,
    go,
    again() {
      go(store.getState().step);
      transportOf(stores).reset();
    },
    close() {
      page.getState().ask(null);
      page.getState().set({ story: null, predict: false });
    },
    dispose() {
      unsubscribe();
      unsubscribeRun();
    },
  };
}

async function load({ id, tale }: StoryPlace): Promise<Partial<TellerState>> {
  if (tale !== undefined) {
    const reading = await readTale(tale);
    return reading.kind === 'story' ? { story: reading.story } : { problems: reading.problems };
  }
  const own = ownStory(id);
  if (own !== undefined) return { story: own };
  if (wasOwnFile(id)) return { problems: [STORY_WORDS.notInLink] };
  try {
    const story = await loadToldStory(id);
    return story === null ? { problems: [STORY_WORDS.noSuchStory(id)] } : { story };
  } catch {
    return { problems: [STORY_WORDS.failed] };
  }
}

/** The experiment, what is looked at, and whether it trains. */
function openState(stores: ToldStores, step: StoryStep): void {
  const { current, page } = stores;
  const waits = isCovered(page.getState());
  if (!step.runs || waits) transportOf(stores).pause();
  if (step.experiment !== null) current.getState().replace(experimentOf(step.experiment).experiment);
  if (step.untilIteration !== null) endAt(stores, step.untilIteration);
  look(stores, step.view);
  if (step.recordings.length > 0) {
    void stores.recordings.getState().open(step.recordings);
    return;
  }
  // Anew: the step's experiment may have brought another lab.
  if (!step.runs) transportOf(stores).pause();
  else if (!waits) transportOf(stores).play();
}

/** Training ends by itself at that iteration; it can be continued by a step with a later end. */
function endAt({ current }: ToldStores, iteration: number): void {
  const { experiment, edit } = current.getState();
  if ('metaIterations' in experiment && experiment.metaIterations !== iteration) {
    edit({ metaIterations: iteration });
  }
}

function look(stores: ToldStores, { focus, innerStep }: StoryStep['view']): void {
  const { experiment } = stores.current.getState();
  if (experiment.lab === 'reaching') {
    const strategy = experiment.strategies.find((id) => id === focus);
    if (strategy !== undefined) stores.reaching.getState().set({ focus: strategy });
    return;
  }
  const algorithm = experiment.algorithms.find((id) => id === focus);
  const patch = {
    ...(algorithm === undefined ? {} : { focus: algorithm }),
    ...(innerStep === undefined ? {} : { innerStep }),
  };
  if (experiment.lab === 'sinusoid') stores.view.getState().set(patch);
  else stores[experiment.lab].view.getState().set(patch);
}

/** What plays, pauses and begins anew in the lab on the screen. */
function transportOf({ current, run, reaching, navigation, cheetah }: ToldStores) {
  const { lab } = current.getState().experiment;
  switch (lab) {
    case 'sinusoid':
      return run.getState();
    case 'reaching':
      return reaching.getState();
    case 'navigation':
      return navigation.run.getState();
    case 'cheetah':
      return cheetah.run.getState();
    default:
      return lab satisfies never;
  }
}
