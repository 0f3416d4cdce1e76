// [RMAML] Algorithm 2 for the ideal learner, in lines: what is shown is what src/algorithms/ideal-learner.ts runs with
// this experiment's settings. Values come from the run on the stage.
import type { ReachingRun } from '../../algorithms/reaching-run.ts';
import type { Strategy } from '../../experiment/experiment.ts';
import type { ReachingExperiment } from '../../experiment/reaching-experiment.ts';
import { phasesOf } from '../../state/reaching-phase.ts';
import type { ReachingPhase } from '../../state/reaching-types.ts';
import { reachingLineWords as words } from '../../words/pseudocode-reaching.ts';
import type { BatchFacts } from './story.ts';

export interface ReachingLine {
  readonly text: string;
  readonly indent: number;
  readonly phase: ReachingPhase;
  readonly value?: { readonly key: ReachingValueKey; readonly symbol: string; readonly means?: string };
}

export type ReachingValueKey = 'replayed' | 'move' | 'alpha' | 'meanScore' | 'chosen' | 'nextReplayed';

function keepText(e: ReachingExperiment, strategy: Exclude<Strategy, 'uniform'>): string {
  if (strategy === 'easy') return words.keepEasy;
  if (strategy === 'hard') return words.keepHard;
  return e.middle === 'ranks' ? words.keepMedium : words.keepNearMean;
}

function sampleLine(strategy: Strategy): ReachingLine {
  const text = strategy === 'uniform' ? words.sampleFresh : words.sample;
  return { text, indent: 0, phase: 'sample', value: { key: 'replayed', symbol: 'L' } };
}

function moveLines(e: ReachingExperiment): readonly ReachingLine[] {
  const value = { key: 'move', symbol: '‖Δw‖' } as const;
  if (e.innerLearningRate === 0)
    return [{ text: 'w ← w + β meanᵢ (cᵢ − w)', indent: 1, phase: 'move', value }];
  return [
    {
      text: 'w′ᵢ ← w + α (cᵢ − w)',
      indent: 1,
      phase: 'move',
      value: { key: 'alpha', symbol: 'α' },
    },
    { text: 'w ← w + β meanᵢ (1 − α)(cᵢ − w′ᵢ)', indent: 1, phase: 'move', value },
  ];
}

function scoreLine(e: ReachingExperiment): ReachingLine {
  // Where there is adaptation, the distance that it leaves.
  const left = e.innerLearningRate === 0 ? '' : '|1 − α| ';
  return {
    text: words.score(`sᵢ = ${left}‖cᵢ − w‖`),
    indent: 1,
    phase: 'score',
    value: { key: 'meanScore', symbol: words.meanScore, means: 's' },
  };
}

function chooseLines(e: ReachingExperiment, strategy: Strategy): readonly ReachingLine[] {
  if (strategy === 'uniform') {
    return [
      {
        text: words.keepNone,
        indent: 1,
        phase: 'choose',
        value: { key: 'chosen', symbol: words.kept, means: 'L' },
      },
    ];
  }
  const growth = {
    linear: words.growLinearly,
    step: words.growAtOnce,
    constant: 'L ← MAX_L',
  }[e.replaySchedule];
  return [
    {
      text: growth,
      indent: 1,
      phase: 'choose',
      value: { key: 'nextReplayed', symbol: words.nextReplayed, means: 'L' },
    },
    {
      text: keepText(e, strategy),
      indent: 1,
      phase: 'choose',
      value: { key: 'chosen', symbol: words.kept, means: 'L' },
    },
  ];
}

/** The lines in the order in which they run. */
export function reachingPseudocode(e: ReachingExperiment, strategy: Strategy): readonly ReachingLine[] {
  const byPhase: Readonly<Record<ReachingPhase, readonly ReachingLine[]>> = {
    sample: [sampleLine(strategy)],
    move: moveLines(e),
    score: [scoreLine(e)],
    choose: chooseLines(e, strategy),
  };
  return phasesOf(e).flatMap((phase) => byPhase[phase]);
}

/** The values at the right, of iteration `t`. */
export function readValues(
  run: ReachingRun,
  facts: BatchFacts,
  e: ReachingExperiment,
  t: number,
): Readonly<Record<ReachingValueKey, number | undefined>> {
  return {
    replayed: facts.replayed,
    move: facts.move,
    alpha: e.innerLearningRate,
    meanScore: facts.meanScore,
    chosen: facts.chosen,
    nextReplayed: run.replayed[t + 1],
  };
}
