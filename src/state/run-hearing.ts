// What the page hears from a lab's training client, as status, notices and run data. What the user
// wants of a run is run-store.ts's affair.
import type { StoreApi } from 'zustand/vanilla';
import type { SessionKinds } from '../training/session-kinds.ts';
import { noticeWords as words } from '../words/notices.ts';
import type { ClientEventOf, RestartEvent } from '../worker/training-client.ts';
import { divergenceText, fallbackText, type NoticeList, restartText, stallText } from './notices.ts';
import type { WritableRunData } from './run-data.ts';
import type { RunState } from './store-types.ts';

export interface RunHearingOptions<K extends SessionKinds> {
  readonly store: StoreApi<RunState>;
  readonly data: WritableRunData<K>;
  readonly notices: NoticeList;
  /** Milliseconds. */
  readonly clock: () => number;
  /** What to change in this lab when a run has diverged; half a sentence. */
  readonly divergenceRemedy: string;
  /** From here on evaluations are of this experiment's test tasks; null: of those of the run that is trained. */
  readonly onTests: (experiment: K['experiment'] | null) => void;
  /** Asked for by a notice's button. */
  readonly retry: () => void;
  readonly goBackTo: (iteration: number) => void;
}

export interface RunHearing<K extends SessionKinds> {
  hear(event: ClientEventOf<K>): void;
  /** The worker has loaded. */
  isWorkerReady(): boolean;
  /** It has been ended. */
  forgetWorker(): void;
}

/** The text on the screen changes at most four times a second. */
const TEXT_MS = 250;

type EventOf<K extends SessionKinds, T extends string> = ClientEventOf<K> & { readonly type: T };

export function createRunHearing<K extends SessionKinds>(options: RunHearingOptions<K>): RunHearing<K> {
  const { store, data, notices, clock, onTests } = options;
  let isWorkerReady = false;
  let textShownAt = Number.NEGATIVE_INFINITY;

  function hear(event: ClientEventOf<K>): void {
    switch (event.type) {
      case 'ready':
        isWorkerReady = true;
        if (store.getState().status.kind === 'starting') {
          store.setState({ status: { kind: 'starting', step: 'racing' } });
        }
        break;
      case 'race':
        store.setState({ race: event.result, isMeasuring: false });
        break;
      case 'started':
        hearStarted(event);
        break;
      case 'state':
        hearState(event);
        break;
      case 'metrics':
        data.appendMetrics(event.batches);
        break;
      case 'updated':
        onTests(event.experiment);
        break;
      case 'held-out':
        data.addHeldOut(event.point);
        break;
      case 'adaptation':
        data.addAdaptation(event.point);
        break;
      case 'probe':
        data.setProbe(event.point);
        break;
      case 'snapshot':
        data.setSnapshot(event.snapshot);
        showIteration(event.snapshot.iteration);
        break;
      case 'checkpoint':
        if (event.purpose === 'scheduled') data.addCheckpoint(event.checkpoint);
        else data.setNewest(event.checkpoint);
        break;
      case 'phase':
        data.setSteppedPhase({ algorithm: event.algorithm, iteration: event.iteration, event: event.event });
        break;
      case 'diverged':
        hearDivergence(event);
        break;
      case 'stalled':
        hearStall(event);
        break;
      case 'heartbeat':
        showIteration(event.iteration);
        store.setState({ iterationsPerSecond: event.iterationsPerSecond });
        break;
      case 'restarted':
        hearRestart(event);
        break;
      case 'gave-up':
        hearGaveUp(event.message);
        break;
      default:
        event satisfies never;
    }
  }

  function hearStarted({ engine, iteration, fallback }: EventOf<K, 'started'>): void {
    const { engine: before, fallback: known, status } = store.getState();
    store.setState({ engine, fallback });
    // A change of engine in mid-run is not at the end of a meta-iteration: what is shown may be ahead of it.
    if (status.kind === 'starting') store.setState({ iteration });
    if (fallback === null) notices.dismissKind('fallback');
    // Said once, not at every restart.
    else if (engine !== before || fallback.asked !== known?.asked || fallback.reason !== known.reason) {
      notices.add({ ...fallbackText(engine, fallback), kind: 'fallback', actions: [] });
    }
  }

  function hearState({ state, iteration }: EventOf<K, 'state'>): void {
    if (state === 'running') {
      data.setSteppedPhase(null);
      data.setStalled(null);
      notices.dismissKind('stall');
    }
    textShownAt = clock();
    store.setState({ status: { kind: state }, iteration });
    if (state !== 'running') store.setState({ iterationsPerSecond: 0 });
  }

  function showIteration(iteration: number): void {
    if (clock() - textShownAt < TEXT_MS) return;
    textShownAt = clock();
    store.setState({ iteration });
  }

  function hearDivergence(event: EventOf<K, 'diverged'>): void {
    const { type: _, runId: __, ...divergence } = event;
    const divergences = [...store.getState().divergences, divergence];
    store.setState({ divergences });
    // The earliest one's: there, every run was still finite.
    const lastGoodIteration = Math.min(...divergences.map((each) => each.lastGoodIteration));
    const label = words.goBackTo(lastGoodIteration);
    notices.add({
      ...divergenceText(divergences, lastGoodIteration, options.divergenceRemedy),
      kind: 'divergence',
      actions: [{ label, run: () => options.goBackTo(lastGoodIteration) }],
    });
  }

  function hearStall(event: EventOf<K, 'stalled'>): void {
    const { type: _, runId: __, ...stall } = event;
    data.setStalled(stall);
    notices.add({ ...stallText(stall), kind: 'stall', actions: [] });
  }

  function hearRestart(event: RestartEvent): void {
    isWorkerReady = false;
    data.truncateAfter(event.iteration);
    onTests(null);
    const { divergences } = store.getState();
    if (event.replacedEngine !== null) store.setState({ engineChoice: 'auto' });
    store.setState({
      runId: event.runId,
      isMeasuring: false,
      status: { kind: 'starting', step: 'loading' },
      iteration: event.iteration,
      iterationsPerSecond: 0,
      divergences: divergences.filter((divergence) => divergence.iteration <= event.iteration),
    });
    notices.add({ ...restartText(event), kind: 'replaced', actions: [] });
  }

  function hearGaveUp(message: string): void {
    isWorkerReady = false;
    store.setState({ status: { kind: 'failed', message }, iterationsPerSecond: 0, isMeasuring: false });
    notices.add({
      tone: 'problem',
      title: words.gaveUp,
      details: [message, words.kept],
      actions: [{ label: words.tryAgain, run: options.retry }],
    });
  }

  return {
    hear,
    isWorkerReady: () => isWorkerReady,
    forgetWorker() {
      isWorkerReady = false;
    },
  };
}
