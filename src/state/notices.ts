// Notices: the list that the page shows until dismissed, and the words of those that training causes. What, got,
// expected, remedy; no blame.
import { FIELDS } from '../experiment/fields.ts';
import type { EngineId } from '../gradients/meta-gradient.ts';
import { noticeWords as words } from '../words/notices.ts';
import { groupThousands } from '../words/numbers.ts';
import type { EngineFallback } from '../worker/protocol.ts';
import type { RestartEvent } from '../worker/training-client.ts';
import { ENGINE_NAMES, fallbackReason } from './engine-names.ts';
import type { Divergence, Notice, Stall } from './store-types.ts';

/** A notice before it has an id. A new one of the same `kind` takes the place of the one before. */
export type NewNotice = Omit<Notice, 'id'>;

export class NoticeList {
  #notices: readonly Notice[] = [];
  #lastId = 0;
  readonly #listeners: ((notices: readonly Notice[]) => void)[] = [];

  /** From now on `listener` hears of every change. */
  subscribe(listener: (notices: readonly Notice[]) => void): void {
    this.#listeners.push(listener);
  }

  /** Returns the notice's id. Using one of its actions dismisses it. */
  add(notice: NewNotice): number {
    this.#lastId += 1;
    const id = this.#lastId;
    const actions = notice.actions.map(({ label, run }) => ({
      label,
      run: () => {
        this.dismiss(id);
        run();
      },
    }));
    const others = this.#notices.filter((other) => notice.kind === undefined || other.kind !== notice.kind);
    this.#set([...others, { ...notice, id, actions }]);
    return id;
  }

  dismiss(id: number): void {
    this.#set(this.#notices.filter((notice) => notice.id !== id));
  }

  dismissKind(kind: string): void {
    if (this.#notices.some((notice) => notice.kind === kind)) {
      this.#set(this.#notices.filter((notice) => notice.kind !== kind));
    }
  }

  #set(notices: readonly Notice[]): void {
    this.#notices = notices;
    for (const listener of this.#listeners) listener(notices);
  }
}

type Words = Pick<Notice, 'tone' | 'title' | 'details'>;

/**
 * Words for the runs whose numbers stopped being finite, at least one, in the order in which they did. `remedy`: what
 * to change in this lab, without its full stop.
 */
export function divergenceText(
  divergences: readonly Divergence[],
  lastGoodIteration: number,
  remedy: string,
): Words {
  const sentences = divergences.map(({ algorithm, iteration, cause }) =>
    words.diverged(FIELDS.algorithms.choices[algorithm], groupThousands(iteration), cause),
  );
  return {
    tone: 'problem',
    title: sentences[0] ?? '',
    details: [...sentences.slice(1), words.afterDivergence(remedy, groupThousands(lastGoodIteration))],
  };
}

/** Words for a run that has not moved for a while. */
export function stallText({ algorithm, iteration, cause }: Stall): Words {
  const name = FIELDS.algorithms.choices[algorithm];
  return {
    tone: 'problem',
    title: words.stalled(name, groupThousands(iteration)),
    details: [cause, words.goOn],
  };
}

/** Words for an engine that took the place of the one asked for. */
export function fallbackText(engine: EngineId, fallback: EngineFallback): Words {
  return {
    tone: 'info',
    title: fallbackReason(fallback),
    details: [words.otherEngine(ENGINE_NAMES[engine])],
  };
}

/** Words for a worker that had to be replaced. */
export function restartText(event: RestartEvent): Words {
  const { reason, iteration, message, replacedEngine } = event;
  if (replacedEngine !== null) {
    return {
      tone: 'problem',
      title: words.engineReplaced(ENGINE_NAMES[replacedEngine]),
      details: [message, words.enginesAgree],
    };
  }
  return {
    tone: 'info',
    title: words.goesOnFrom(words.restarted[reason], groupThousands(iteration)),
    details: [words.nothingLost(message)],
  };
}
