// The recordings that play on the stage, and where in them it stands. New ones come with every meta-iteration; they take
// over when the old ones have played to their end, so that nothing jumps. An answer to a new goal starts at once, one by
// the policy of another checkpoint takes over where the old recording stands.
import type { CheetahExperiment } from '../../experiment/cheetah-experiment.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { CheetahViewState } from '../../state/cheetah-types.ts';
import { CONVENTIONS } from '../../tasks/locomotion/cheetah-conventions.ts';
import { TIMESTEP } from '../../tasks/locomotion/cheetah-figures.ts';
import type { CheetahTask } from '../../tasks/locomotion/cheetah-tasks.ts';
import type { ProbePoint } from '../../training/policy-session-events.ts';

type Answer = ProbePoint<CheetahTask>;

/** How long the last frame stays before the recording begins anew, in seconds. */
const HOLD_SECONDS = 0.6;
/** A frame that comes later than this, of a hidden tab say, does not make the cheetahs leap. */
const LONGEST_FRAME = 0.1;

export interface Reel {
  /** Lets the clock go on and takes over what is due. Call it before each painting; twice at one moment is once. */
  advance(): void;
  /** Seconds since the start of the recordings. */
  readonly time: number;
  /** Length of the longest recording, in seconds; 0 without any. */
  readonly duration: number;
  /** Seconds from frame to frame. */
  readonly dt: number;
  /** What plays for `algorithm`; null: nothing yet. */
  answer(algorithm: AlgorithmId): Answer | null;
  /** To that second. */
  seek(seconds: number): void;
  /** To the next frame or the previous one. */
  step(direction: 1 | -1): void;
}

/** As much of the lab's stores as a reel reads. */
export interface ReelSources {
  readonly experiment: {
    getState(): { readonly experiment: Pick<CheetahExperiment, 'algorithms' | 'convention'> };
  };
  readonly view: { getState(): Pick<CheetahViewState, 'plays' | 'rate'> };
  readonly data: { probe(algorithm: AlgorithmId): Answer | null };
}

/** What the newest of the answers is to, as text to compare. */
function tasksOf(answers: ReadonlyMap<AlgorithmId, Answer>): string {
  const newest = [...answers.values()].reduce<Answer | null>(
    (best, answer) => (best === null || answer.request.id > best.request.id ? answer : best),
    null,
  );
  return newest === null ? '' : JSON.stringify([newest.request.task, newest.request.others]);
}

/** `clock` in milliseconds. */
export function createReel({ experiment, view, data }: ReelSources, clock: () => number): Reel {
  let position = 0;
  let last = clock();
  let playing = new Map<AlgorithmId, Answer>();

  const algorithms = () => experiment.getState().experiment.algorithms;
  const dt = () => CONVENTIONS[experiment.getState().experiment.convention].physicsSteps * TIMESTEP;
  const durationOf = ({ steps }: Answer) =>
    Math.max(...[...(steps[0]?.trajectories.lengths ?? [])], 0) * dt();
  const duration = () => Math.max(0, ...[...playing.values()].map(durationOf));

  const takeAll = (): void => {
    const entries = algorithms().flatMap((id) => {
      const answer = data.probe(id);
      return answer === null ? [] : [[id, answer] as const];
    });
    playing = new Map(entries);
  };
  /** What must not wait for the end: the first answers, those to a new question, and runs that are over. */
  const takeUrgent = (): void => {
    const answers = algorithms().flatMap((id) => data.probe(id) ?? []);
    const asked = Math.max(-1, ...answers.map(({ request }) => request.id));
    const shown = Math.max(-1, ...[...playing.values()].map(({ request }) => request.id));
    if (asked !== shown) {
      const before = tasksOf(playing);
      takeAll();
      if (tasksOf(playing) !== before) position = 0;
      return;
    }
    for (const id of playing.keys())
      if (data.probe(id) === null || !algorithms().includes(id)) playing.delete(id);
    for (const answer of answers) {
      const known = playing.get(answer.algorithm);
      if (known === undefined || known.request.id !== answer.request.id)
        playing.set(answer.algorithm, answer);
    }
  };

  return {
    advance() {
      const now = clock();
      const passed = Math.min((now - last) / 1000, LONGEST_FRAME);
      last = now;
      takeUrgent();
      const { plays, rate } = view.getState();
      if (!plays || playing.size === 0) return;
      position += passed * rate;
      if (position < duration() + HOLD_SECONDS * rate) return;
      position = 0;
      takeAll();
    },
    get time() {
      return Math.min(position, duration());
    },
    get duration() {
      return duration();
    },
    get dt() {
      return dt();
    },
    answer: (algorithm) => playing.get(algorithm) ?? null,
    seek(seconds) {
      position = Math.min(Math.max(seconds, 0), duration());
    },
    step(direction) {
      const frame =
        direction > 0 ? Math.floor(position / dt() + 1e-6) + 1 : Math.ceil(position / dt() - 1e-6) - 1;
      position = Math.min(Math.max(frame * dt(), 0), duration());
    },
  };
}
