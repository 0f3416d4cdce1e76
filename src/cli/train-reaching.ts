// `train` for the Reaching lab: one experiment from many seeds, and how far from the goal each strategy ends.
import { STRATEGIES, type Strategy } from '../experiment/experiment.ts';
import { REACHING_LAB } from '../experiment/labs.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { checkPatchIn } from '../experiment/schema.ts';
import { interquartileRange, mean, median } from '../math/statistics.ts';
import type { SeedsOutcome } from '../training/reaching-outcome.ts';
import { ReachingSeeds } from '../training/reaching-seeds.ts';
import { wholeNumber } from './arguments.ts';
import { refuse } from './load-experiment.ts';
import { createProgress } from './progress.ts';
import { UsageError } from './usage-error.ts';

export interface ReachingOptions {
  readonly iterations: number | undefined;
  readonly seed: number | undefined;
  /** "easy,hard" */
  readonly strategies: string | undefined;
  /** A whole number, 100 unless given. */
  readonly seeds: string | undefined;
  readonly json: boolean;
}

interface DistanceSummary {
  readonly mean: number;
  readonly median: number;
  readonly q25: number;
  readonly q75: number;
}

/** What `--json` prints. A distance without bounds is null there. */
export interface ReachingResult {
  readonly experiment: ReachingExperiment;
  readonly seeds: number;
  readonly seconds: number;
  readonly evaluation: {
    readonly finalDistance: Partial<Record<Strategy, DistanceSummary>>;
    /** Share of seeds in which the strategy ends nearest, ties split evenly. */
    readonly winnerShare: Partial<Record<Strategy, number>>;
  };
}

/** Runs all seeds and prints the result; resolves with the exit code. */
export async function trainReaching(given: ReachingExperiment, options: ReachingOptions): Promise<number> {
  const { iterations, seed, strategies, json } = options;
  const seeds = wholeNumber('seeds', options.seeds, { min: 1, max: 10_000 }) ?? 100;
  const { experiment, issues } = checkPatchIn(REACHING_LAB, given, {
    ...(iterations === undefined ? {} : { iterations }),
    ...(seed === undefined ? {} : { seed }),
    ...(strategies === undefined ? {} : { strategies: parseStrategies(strategies) }),
  });
  refuse('The options', issues);

  const startedAt = performance.now();
  const outcome = runSeeds(experiment, seeds);
  const seconds = (performance.now() - startedAt) / 1000;
  const result = { experiment, seeds, seconds, evaluation: summarise(outcome) };
  process.stdout.write(`${json ? JSON.stringify(result) : formatResult(result)}\n`);
  return 0;
}

function runSeeds(experiment: ReachingExperiment, seeds: number): SeedsOutcome {
  const job = new ReachingSeeds(experiment, seeds);
  const progress = createProgress('seeds', seeds);
  while (job.advance()) progress.update(job.finished, '');
  progress.end();
  return job.outcome();
}

function summarise({ strategies }: SeedsOutcome): ReachingResult['evaluation'] {
  const finalDistance: Partial<Record<Strategy, DistanceSummary>> = {};
  const winnerShare: Partial<Record<Strategy, number>> = {};
  for (const { strategy, finalDistances, winnerShare: share } of strategies) {
    const { q25, q75 } = interquartileRange(finalDistances);
    finalDistance[strategy] = { mean: mean(finalDistances), median: median(finalDistances), q25, q75 };
    winnerShare[strategy] = share;
  }
  return { finalDistance, winnerShare };
}

/** "hard, easy" as strategies, in canonical order, each once. */
export function parseStrategies(text: string): Strategy[] {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (STRATEGIES.some((strategy) => strategy === name)) continue;
    throw new UsageError(`There is no strategy “${name}”. Known: ${STRATEGIES.join(', ')}.`);
  }
  return STRATEGIES.filter((strategy) => names.includes(strategy));
}

const CELL = 10;

function formatResult({ experiment, seeds, seconds, evaluation }: ReachingResult): string {
  const runs = `${seeds} ${seeds === 1 ? 'seed' : 'seeds'} × ${experiment.strategies.length} strategies`;
  const lines = [
    `${runs} × ${experiment.iterations} iterations in ${seconds.toFixed(2)} s`,
    '',
    'Distance to the main centre at the end, and the share of seeds in which it is the smallest',
    `${''.padEnd(10)}${['mean', 'median', 'q25', 'q75', 'nearest'].map((name) => name.padStart(CELL)).join('')}`,
  ];
  for (const strategy of experiment.strategies) {
    const distance = evaluation.finalDistance[strategy];
    if (distance === undefined) continue;
    const { mean, median, q25, q75 } = distance;
    const numbers = [mean, median, q25, q75].map((value) => value.toFixed(3).padStart(CELL));
    const share = `${(100 * (evaluation.winnerShare[strategy] ?? 0)).toFixed(0)} %`.padStart(CELL);
    lines.push(`${strategy.padEnd(10)}${numbers.join('')}${share}`);
  }
  return lines.join('\n');
}
