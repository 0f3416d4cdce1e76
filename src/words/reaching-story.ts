// The sentence under the Reaching lab's stage: what just happened to the strategy in focus. Distances come as they are
// written, counts as numbers.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

type Replaying = 'easy' | 'medium' | 'hard';

const count = (n: number, one: string): string => `${groupThousands(n)} ${n === 1 ? one : `${one}s`}`;

/** What of a batch each strategy takes along. */
const windows: Readonly<Record<Replaying, string>> = {
  easy: 'the nearest',
  medium: 'the middle by distance',
  hard: 'the farthest',
};

function ofThemNoise(n: number, all: number): string {
  if (n === 0) return 'none of them noise';
  return n === all ? 'all of them noise' : `${groupThousands(n)} of them noise`;
}

export const reachingStoryWords = inLanguages({
  en: {
    uniform: (batch: number, noise: number) =>
      `UNIFORM replays nothing: of its ${count(batch, 'fresh task')} ${groupThousands(noise)} are noise, and they pull as hard as they are far.`,
    nothingYet: (name: string) => `${name} has nothing to replay yet: L is 0, so all four still move alike.`,
    replays: (
      name: string,
      strategy: Replaying,
      [replayed, batch, noise]: readonly [number, number, number],
    ) =>
      `${name} replays ${groupThousands(replayed)} of ${groupThousands(batch)}: ${windows[strategy]} of the last batch, ${ofThemNoise(noise, replayed)}.`,
    /** After the sentence before, of EASY and HARD. */
    easy: 'They lie where it already is and hardly pull.',
    hard: 'It follows them.',
    /** Of MEDIUM, with the noise tasks that it left out. */
    medium: (noise: number) =>
      `Both ends were dropped${noise === 0 ? '' : `, ${count(noise, 'noise task')} among them`}.`,

    draws: (name: string, fresh: number, noise: number) =>
      `${name} draws ${count(fresh, 'fresh task')}, ${ofThemNoise(noise, fresh)}; it replays none.`,
    drawsAndReplays: (
      name: string,
      [fresh, noise]: readonly [number, number],
      [replayed, replayedNoise]: readonly [number, number],
    ) =>
      `${name} draws ${count(fresh, 'fresh task')}, ${ofThemNoise(noise, fresh)}, and replays ${groupThousands(replayed)} of the last batch, ${ofThemNoise(replayedNoise, replayed)}.`,
    moves: (name: string, move: string, batch: number, distance: string) =>
      `${name} moves ${move} along the mean pull of its ${count(batch, 'task')}; now it is ${distance} from the goal.`,
    scores: (name: string, batch: number, [least, greatest]: readonly [string, string]) =>
      `Each of the ${count(batch, 'task')} is scored by its distance to ${name}: ${least} to ${greatest}.`,
    keepsNone: (name: string, batch: number) =>
      `${name} keeps none of the ${count(batch, 'task')} for the next batch.`,
    keeps: (
      name: string,
      strategy: Replaying,
      [kept, batch, noise]: readonly [number, number, number],
      [least, greatest]: readonly [string, string],
    ) =>
      `${name} keeps ${groupThousands(kept)} of ${groupThousands(batch)} for the next batch: ${windows[strategy]}, ${least} to ${greatest} away, ${ofThemNoise(noise, kept)}.`,

    /** `others`: names and distances. */
    end: (iterations: number, [name, distance]: readonly [string, string], others: string) =>
      `After ${count(iterations, 'iteration')} ${name} is nearest to the goal, ${distance} away${others === '' ? '' : `; then ${others}`}.`,
    start: (agents: number, batch: number) =>
      `${agents === 1 ? 'The agent moves' : 'All start at one place and move'} towards ${count(batch, 'task')} at a time. Only one thing differs: which of the last ones come back.`,
  },
});
