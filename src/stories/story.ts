// What a story is: a row of steps, each of which puts a lab into a state, says what to look at, and may ask first. The
// same value for the stories that come with the page, for a lecturer's own file and for a story inside a link;
// story-file.ts reads and writes it.
import type { PredictQuestion } from '../experiment/predict-question.ts';

/** The experiment of a step: a preset and what differs from it. */
export interface StoryExperiment {
  readonly preset: string;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What the reader looks at; whoever the lab shows that has no such thing leaves it alone. */
export interface StoryView {
  /** An algorithm, or in the Reaching lab a strategy. */
  readonly focus?: string;
  /** Inner steps shown. */
  readonly innerStep?: number;
}

export interface StoryStep {
  readonly title: string;
  /** Paragraphs; formulas stand between $ and $, in the notation of the pseudocode: $θ′ = θ − α ∇θ L(θ)$. */
  readonly caption: readonly string[];
  /** null: what the step before left, with the reader's changes. */
  readonly experiment: StoryExperiment | null;
  /** Files of the recordings that come with the page, opened instead of training; empty: none. */
  readonly recordings: readonly string[];
  readonly view: StoryView;
  /** Whether training (in the Reaching lab: playing) begins with the step. */
  readonly runs: boolean;
  /** Training pauses when this meta-iteration is reached, and the step counts as seen; null: the reader decides. */
  readonly untilIteration: number | null;
  /** Part of the page that is pointed out: 'stage', 'transport', 'pseudocode', or 'chart:' and the chart's title; null: none. */
  readonly target: string | null;
  /** Settings that the reader can change within the story, by field key. */
  readonly controls: readonly string[];
  /** Asked before the outcome is shown; null: nothing. */
  readonly question: PredictQuestion | null;
  /** What to make of the outcome; shown after the guess. */
  readonly answer: string | null;
}

export interface Story {
  /** Lower-case words with hyphens. */
  readonly id: string;
  readonly title: string;
  /** One sentence. */
  readonly summary: string;
  /** How long telling it takes, about. */
  readonly minutes: number;
  /** null: it came with the page. */
  readonly author: string | null;
  /** At least one. */
  readonly steps: readonly StoryStep[];
}

/** What may be left out of a step, and what is meant then. */
const USUAL = {
  experiment: null,
  recordings: [],
  view: {},
  runs: false,
  untilIteration: null,
  target: null,
  controls: [],
  question: null,
  answer: null,
} as const satisfies Partial<StoryStep>;

/** A step as it is written by hand: all but title and caption may be left out. */
export type WrittenStep = Pick<StoryStep, 'title' | 'caption'> & {
  readonly [K in keyof typeof USUAL]?: StoryStep[K] | undefined;
};

/** The step with what was left out. */
export function completeStep(step: WrittenStep): StoryStep {
  return {
    title: step.title,
    caption: step.caption,
    experiment: step.experiment ?? USUAL.experiment,
    recordings: step.recordings ?? USUAL.recordings,
    view: step.view ?? USUAL.view,
    runs: step.runs ?? USUAL.runs,
    untilIteration: step.untilIteration ?? USUAL.untilIteration,
    target: step.target ?? USUAL.target,
    controls: step.controls ?? USUAL.controls,
    question: step.question ?? USUAL.question,
    answer: step.answer ?? USUAL.answer,
  };
}

export function writeSteps(steps: readonly WrittenStep[]): readonly StoryStep[] {
  return steps.map(completeStep);
}
