// The page in a frame of somebody else's page (?embed): says how high it is, and obeys a few commands of the page around
// it, if the frame's address names that page's origin. Everything of the browser comes in, so that tests run it in Node.
import { decodeLink } from '../experiment/codec.ts';
import {
  type AnswerMessage,
  EMBED_VERSION,
  type EmbedCommand,
  readCommand,
  type SizeMessage,
} from '../experiment/embed-messages.ts';
import type { Experiment } from '../experiment/experiment.ts';
import { embedWords as words } from '../words/embed.ts';
import { isCovered } from './page-store.ts';

/** As much of `window` and its parent as is needed. */
export interface FrameWindow {
  /** Origins that may command; empty: nobody, and sizes go to whoever holds the frame. */
  readonly origins: readonly string[];
  post(message: SizeMessage | AnswerMessage, targetOrigin: string): void;
  /** Messages to this window: what, from which origin, and whether the parent sent it. Returns how to stop. */
  listen(hear: (data: unknown, origin: string, isParent: boolean) => void): () => void;
  /** The page's height now and whenever it changes, in CSS pixels. Returns how to stop. */
  watchHeight(tell: (height: number) => void): () => void;
  /** Shows that link, without an entry in the browser's history. */
  open(fragment: string): void;
}

interface Reads<S> {
  getState(): S;
}
type Runs = Reads<{ play(): void; pause(): void }>;

/** What is asked of the page's stores. */
export interface FrameStores {
  readonly current: Reads<{ readonly experiment: Experiment }>;
  readonly page: Reads<Parameters<typeof isCovered>[0]>;
  readonly run: Runs;
  readonly reaching: Runs;
  readonly navigation: { readonly run: Runs };
  readonly cheetah: { readonly run: Runs };
}

/** Begins; returns how to stop. */
export function connectFrame(stores: FrameStores, frame: FrameWindow): () => void {
  const { origins } = frame;
  let last = -1;
  const stopWatching = frame.watchHeight((height) => {
    const rounded = Math.ceil(height);
    if (rounded === last) return;
    last = rounded;
    const message: SizeMessage = { type: 'metascope:size', version: EMBED_VERSION, height: rounded };
    for (const origin of origins.length > 0 ? origins : ['*']) frame.post(message, origin);
  });
  const stopListening = frame.listen((data, origin, isParent) => {
    if (!isParent || !origins.includes(origin)) return;
    const read = readCommand(data);
    if (read.kind === 'foreign') return;
    const answer = (to: string, problems: readonly string[]) =>
      frame.post({ type: 'metascope:answer', version: EMBED_VERSION, to, problems }, origin);
    if (read.kind === 'refused') answer(read.type, [words.unknownCommand(read.type)]);
    else void obey(stores, frame, read.command).then((problems) => answer(read.command.type, problems));
  });
  return () => {
    stopWatching();
    stopListening();
  };
}

/** Does it; returns what was wrong, in sentences. Never rejects. */
async function obey(stores: FrameStores, frame: FrameWindow, command: EmbedCommand): Promise<string[]> {
  switch (command.type) {
    case 'metascope:set': {
      const fragment = command.link.slice(command.link.indexOf('#'));
      const { issues } = await decodeLink(fragment);
      frame.open(fragment);
      return issues.map(({ field, message }) => (field === 'link' ? message : `${field}: ${message}`));
    }
    case 'metascope:play':
      if (isCovered(stores.page.getState())) return [words.covered];
      shownRun(stores).play();
      return [];
    case 'metascope:pause':
      shownRun(stores).pause();
      return [];
    default:
      return command satisfies never;
  }
}

/** What runs in the lab on the screen. */
function shownRun(stores: FrameStores): { play(): void; pause(): void } {
  const { lab } = stores.current.getState().experiment;
  switch (lab) {
    case 'sinusoid':
      return stores.run.getState();
    case 'reaching':
      return stores.reaching.getState();
    case 'navigation':
    case 'cheetah':
      return stores[lab].run.getState();
    default:
      return lab satisfies never;
  }
}
