// What just happened in the Reaching lab, in one plain sentence about the strategy in focus: which sentence, and the
// run's own numbers. The sentences are in words/reaching-story.ts.
import type { ReachingRun } from '../../algorithms/reaching-run.ts';
import { formatValue } from '../../charts/scales.ts';
import type { Strategy } from '../../experiment/experiment.ts';
import type { ReachingData, ReachingPhase } from '../../state/reaching-types.ts';
import { reachingStoryWords as words } from '../../words/reaching-story.ts';

/** What the sentences are about. */
export type StoryData = Pick<ReachingData, 'experiment' | 'tasks' | 'runs' | 'iteration' | 'phase'>;

const nameOf = (strategy: Strategy): string => strategy.toUpperCase();
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

/** At rest or playing: whom the agent follows, and what that does. */
function sayBatch({ strategy }: ReachingRun, facts: BatchFacts, before: BatchFacts): string {
  const { replayed, batchSize, noiseReplayed, noiseFresh } = facts;
  if (strategy === 'uniform') return words.uniform(batchSize, noiseFresh);
  const name = nameOf(strategy);
  if (replayed === 0) return words.nothingYet(name);
  const part = words.replays(name, strategy, [replayed, batchSize, noiseReplayed]);
  if (strategy === 'easy') return `${part} ${words.easy}`;
  if (strategy === 'hard' && 2 * noiseReplayed > replayed) return `${part} ${words.hard}`;
  if (strategy === 'medium' && 2 * noiseReplayed <= replayed) {
    return `${part} ${words.medium(before.noiseFresh + before.noiseReplayed - before.noiseChosen)}`;
  }
  return part;
}

function sayPhase(run: ReachingRun, facts: BatchFacts, phase: ReachingPhase, data: StoryData): string {
  const name = nameOf(run.strategy);
  const { fresh, noiseFresh, replayed, noiseReplayed, batchSize, chosen } = facts;
  switch (phase) {
    case 'sample':
      return replayed === 0
        ? words.draws(name, fresh, noiseFresh)
        : words.drawsAndReplays(name, [fresh, noiseFresh], [replayed, noiseReplayed]);
    case 'move': {
      const distance = run.distances[Math.min(data.iteration + 1, run.iterations)]!;
      return words.moves(name, formatValue(facts.move), batchSize, formatValue(distance));
    }
    case 'score':
      return words.scores(name, batchSize, [formatValue(facts.leastScore), formatValue(facts.greatestScore)]);
    case 'choose': {
      if (chosen === 0 || run.strategy === 'uniform') return words.keepsNone(name, batchSize);
      const away = [formatValue(facts.leastChosen), formatValue(facts.greatestChosen)] as const;
      return words.keeps(name, run.strategy, [chosen, batchSize, facts.noiseChosen], away);
    }
    default:
      return phase satisfies never;
  }
}

/** "After 200 iterations MEDIUM is nearest to the goal, 0.31 away; then EASY 1.36, UNIFORM 1.53, HARD 3.03." */
function sayEnd(runs: readonly ReachingRun[]): string {
  const ends = runs
    .map((run) => ({ name: nameOf(run.strategy), distance: run.distances[run.iterations]! }))
    .sort((a, b) => a.distance - b.distance);
  const [first, ...others] = ends;
  if (first === undefined) return '';
  const rest = others.map(({ name, distance }) => `${name} ${formatValue(distance)}`);
  return words.end(runs[0]!.iterations, [first.name, formatValue(first.distance)], rest.join(', '));
}

/** The line under the stage. */
export function tellStory(data: StoryData, focus: Strategy): string {
  const run = data.runs.find((one) => one.strategy === focus);
  if (run === undefined) return '';
  if (data.iteration >= run.iterations) return sayEnd(data.runs);
  const facts = readBatch(run, data.tasks.clouds, data.iteration);
  if (data.phase !== null) return sayPhase(run, facts, data.phase, data);
  if (data.iteration === 0) return words.start(data.runs.length, run.batchSize);
  return sayBatch(run, facts, readBatch(run, data.tasks.clouds, data.iteration - 1));
}
