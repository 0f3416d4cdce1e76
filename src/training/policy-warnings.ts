// Bad luck of meta-RL in plain words: what was unusual in a meta-iteration and why θ stayed as it was. Nothing here stops
// training; a run that is refused again and again is told to whoever drives.
import type { CrewWarning } from '../algorithms/meta-rl/crew.ts';
import type { OuterRefusal, OuterTrace } from '../algorithms/meta-rl/policy-algorithm.ts';

/** Refused outer steps in a row after which a run is called stalled. */
export const STALLED_AFTER = 8;

const WORDS: Readonly<Record<CrewWarning['kind'], string>> = {
  'zero-variance': 'all advantages were alike, so they taught nothing this time',
  'singular-baseline': 'the baseline’s features were collinear; it took more ridge, or stayed 0',
  'non-finite': 'a reward or an observation was not a number; their advantages are 0 this time',
  unstable: 'the body’s state became unstable',
  'non-finite-action': 'the policy gave an action that is not a number; the episode ended there',
};

const REFUSALS: Readonly<Record<OuterRefusal, { readonly what: string; readonly remedy: string }>> = {
  'zero-gradient': {
    what: 'the meta-gradient is 0: no task taught anything',
    remedy: 'Give the policy a larger spread or more trajectories, so that returns differ.',
  },
  'non-finite-gradient': {
    what: 'the meta-gradient is not a number',
    remedy: 'Lower α or raise the least spread, and restart.',
  },
  'non-finite-values': {
    what: 'Adam’s step leads to a policy without finite values',
    remedy: 'Lower β or α, and restart.',
  },
  'no-curvature': {
    what: 'KL’s curvature along the step is 0 or not a number',
    remedy: 'Raise the damping, or take curvature from more timesteps.',
  },
  'line-search-failed': {
    what: 'no step of the line search improved the surrogate within the largest KL',
    remedy: 'Use more tasks or trajectories, more tries, or take curvature from more timesteps.',
  },
};

/** One sentence per kind of warning, then why the outer step was refused, if it was. */
export function describeWarnings(
  warnings: readonly CrewWarning[],
  { refusal }: OuterTrace,
  taskCount: number,
): string[] {
  const sentences = sentencesOf(warnings, taskCount);
  if (refusal !== null) sentences.push(`θ stayed as it was: ${REFUSALS[refusal].what}.`);
  return sentences;
}

/** Why a run is stalled, and what to do; `warnings` of its last batch. */
export function stalledCause(
  refusal: OuterRefusal,
  warnings: readonly CrewWarning[],
  taskCount: number,
): string {
  const { what, remedy } = REFUSALS[refusal];
  const isBroken = warnings.some(({ kind }) => kind === 'non-finite-action' || kind === 'non-finite');
  return [
    `The last ${STALLED_AFTER} steps were refused; at the last of them ${what}.`,
    ...sentencesOf(warnings, taskCount),
    isBroken ? 'Lower α and β, or raise the least spread, and restart.' : remedy,
  ].join(' ');
}

function sentencesOf(warnings: readonly CrewWarning[], taskCount: number): string[] {
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const tasks = new Set(warnings.filter((other) => other.kind === kind).map(({ task }) => task)).size;
    const ended = kind === 'unstable' ? `; ${endedThere(countUnstable(warnings))}` : '';
    return `In ${tasks} of ${taskCount} tasks ${WORDS[kind]}${ended}.`;
  });
}

const endedThere = (episodes: number) => `${episodes} ${episodes === 1 ? 'episode' : 'episodes'} ended there`;

/** Episodes that ended because their state became unstable; of those after `step` inner steps alone, where given. */
export function countUnstable(warnings: readonly CrewWarning[], step?: number): number {
  return warnings.reduce(
    (sum, warning) =>
      warning.kind === 'unstable' && (step === undefined || warning.step === step)
        ? sum + warning.episodes
        : sum,
    0,
  );
}
