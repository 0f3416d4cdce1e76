// What just happened in the Reaching lab, in one plain sentence about the strategy in focus. Words only; the numbers
// are the run's own.
import type { ReachingRun } from '../../algorithms/reaching-run.ts';
import { formatValue, groupThousands } from '../../charts/scales.ts';
import type { Strategy } from '../../experiment/experiment.ts';
import type { ReachingData, ReachingPhase } from '../../state/reaching-types.ts';

/** What the sentences are about. */
export type StoryData = Pick<ReachingData, 'experiment' | 'tasks' | 'runs' | 'iteration' | 'phase'>;

const nameOf = (strategy: Strategy): string => strategy.toUpperCase();
const count = (n: number, one: string, many = `${one}s`): string =>
  `${groupThousands(n)} ${n === 1 ? one : many}`;
/** Index 1 and 2 of REACHING_CLOUDS. */
const isNoise = (cloud: number | undefined): boolean => cloud === 1 || cloud === 2;

/** One batch in numbers. */
export interface BatchFacts {
  readonly batchSize: number;
  readonly replayed: number;
  readonly fresh: number;
  readonly noiseReplayed: number;
  readonly noiseFresh: number;
  readonly chosen: number;
  readonly noiseChosen: number;
  readonly leastScore: number;
  readonly greatestScore: number;
  readonly meanScore: number;
  readonly leastChosen: number;
  readonly greatestChosen: number;
  /** ‖w after − w before‖ */
  readonly move: number;
}

/** The batch of iteration `t`, 0 … T − 1. */
export function readBatch(run: ReachingRun, clouds: Uint8Array, t: number): BatchFacts {
  const { batchSize: M } = run;
  const replayed = run.replayed[t] ?? 0;
  let [noiseReplayed, noiseFresh, chosen, noiseChosen, sum] = [0, 0, 0, 0, 0];
  let [leastScore, greatestScore] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [leastChosen, greatestChosen] = [leastScore, greatestScore];
  for (let slot = 0; slot < M; slot++) {
    const at = t * M + slot;
    const noise = isNoise(clouds[run.batches[at]!]);
    const score = run.scores[at]!;
    if (noise && slot < M - replayed) noiseFresh++;
    if (noise && slot >= M - replayed) noiseReplayed++;
    sum += score;
    leastScore = Math.min(leastScore, score);
    greatestScore = Math.max(greatestScore, score);
    if (run.chosen[at] !== 1) continue;
    chosen++;
    if (noise) noiseChosen++;
    leastChosen = Math.min(leastChosen, score);
    greatestChosen = Math.max(greatestChosen, score);
  }
  const [x, y] = [run.path[2 * t]!, run.path[2 * t + 1]!];
  return {
    batchSize: M,
    replayed,
    fresh: M - replayed,
    noiseReplayed,
    noiseFresh,
    chosen,
    noiseChosen,
    leastScore,
    greatestScore,
    meanScore: sum / M,
    leastChosen,
    greatestChosen,
    move: Math.hypot(run.path[2 * t + 2]! - x, run.path[2 * t + 3]! - y),
  };
}

/** What of a batch each strategy takes along. */
const WINDOW_WORDS: Readonly<Record<Strategy, string>> = {
  uniform: 'none',
  easy: 'the nearest',
  medium: 'the middle by distance',
  hard: 'the farthest',
};

function ofThemNoise(n: number, all: number): string {
  if (n === 0) return 'none of them noise';
  return n === all ? 'all of them noise' : `${groupThousands(n)} of them noise`;
}

/** At rest or playing: whom the agent follows, and what that does. */
function sayBatch({ strategy }: ReachingRun, facts: BatchFacts, before: BatchFacts): string {
  const { replayed, batchSize, noiseReplayed, noiseFresh } = facts;
  const name = nameOf(strategy);
  if (strategy === 'uniform') {
    return `UNIFORM replays nothing: of its ${count(batchSize, 'fresh task')} ${groupThousands(noiseFresh)} are noise, and they pull as hard as they are far.`;
  }
  if (replayed === 0) {
    return `${name} has nothing to replay yet: L is 0, so all four still move alike.`;
  }
  const part = `${name} replays ${groupThousands(replayed)} of ${groupThousands(batchSize)}: ${WINDOW_WORDS[strategy]} of the last batch, ${ofThemNoise(noiseReplayed, replayed)}.`;
  if (strategy === 'easy') return `${part} They lie where it already is and hardly pull.`;
  if (strategy === 'hard' && 2 * noiseReplayed > replayed) return `${part} It follows them.`;
  if (strategy === 'medium' && 2 * noiseReplayed <= replayed) {
    const left = before.noiseFresh + before.noiseReplayed - before.noiseChosen;
    const noise = left === 0 ? '' : `, ${count(left, 'noise task')} among them`;
    return `${part} Both ends were dropped${noise}.`;
  }
  return part;
}

function sayPhase(run: ReachingRun, facts: BatchFacts, phase: ReachingPhase, data: StoryData): string {
  const name = nameOf(run.strategy);
  switch (phase) {
    case 'sample': {
      const fresh = `${name} draws ${count(facts.fresh, 'fresh task')}, ${ofThemNoise(facts.noiseFresh, facts.fresh)}`;
      return facts.replayed === 0
        ? `${fresh}; it replays none.`
        : `${fresh}, and replays ${groupThousands(facts.replayed)} of the last batch, ${ofThemNoise(facts.noiseReplayed, facts.replayed)}.`;
    }
    case 'move': {
      const distance = run.distances[Math.min(data.iteration + 1, run.iterations)]!;
      return `${name} moves ${formatValue(facts.move)} along the mean pull of its ${count(facts.batchSize, 'task')}; now it is ${formatValue(distance)} from the goal.`;
    }
    case 'score':
      return `Each of the ${count(facts.batchSize, 'task')} is scored by its distance to ${name}: ${formatValue(facts.leastScore)} to ${formatValue(facts.greatestScore)}.`;
    case 'choose':
      if (facts.chosen === 0)
        return `${name} keeps none of the ${count(facts.batchSize, 'task')} for the next batch.`;
      return `${name} keeps ${groupThousands(facts.chosen)} of ${groupThousands(facts.batchSize)} for the next batch: ${WINDOW_WORDS[run.strategy]}, ${formatValue(facts.leastChosen)} to ${formatValue(facts.greatestChosen)} away, ${ofThemNoise(facts.noiseChosen, facts.chosen)}.`;
    default:
      return phase satisfies never;
  }
}

/** "After 200 iterations MEDIUM is nearest to the goal: 0.31; then EASY 1.36, UNIFORM 1.53 and HARD 3.03." */
function sayEnd(runs: readonly ReachingRun[]): string {
  const ends = runs
    .map((run) => ({ name: nameOf(run.strategy), distance: run.distances[run.iterations]! }))
    .sort((a, b) => a.distance - b.distance);
  const [first, ...others] = ends;
  if (first === undefined) return '';
  const rest = others.map(({ name, distance }) => `${name} ${formatValue(distance)}`);
  const then = rest.length === 0 ? '' : `; then ${rest.join(', ')}`;
  return `After ${count(runs[0]!.iterations, 'iteration')} ${first.name} is nearest to the goal, ${formatValue(first.distance)} away${then}.`;
}

/** The line under the stage. */
export function tellStory(data: StoryData, focus: Strategy): string {
  const run = data.runs.find((one) => one.strategy === focus);
  if (run === undefined) return '';
  if (data.iteration >= run.iterations) return sayEnd(data.runs);
  const facts = readBatch(run, data.tasks.clouds, data.iteration);
  if (data.phase !== null) return sayPhase(run, facts, data.phase, data);
  if (data.iteration === 0) {
    const all = data.runs.length === 1 ? 'The agent moves' : 'All start at one place and move';
    return `${all} towards ${count(run.batchSize, 'task')} at a time. Only one thing differs: which of the last ones come back.`;
  }
  return sayBatch(run, facts, readBatch(run, data.tasks.clouds, data.iteration - 1));
}
