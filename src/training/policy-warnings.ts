// Bad luck of meta-RL in plain words: what was unusual in a meta-iteration and why θ stayed as it was. Nothing here stops
// training; a run that is refused again and again is told to whoever drives.
import type { CrewWarning } from '../algorithms/meta-rl/crew.ts';
import type { OuterRefusal, OuterTrace } from '../algorithms/meta-rl/policy-algorithm.ts';
import { policyWarningWords as words } from '../words/policy-warnings.ts';

/** Refused outer steps in a row after which a run is called stalled. */
export const STALLED_AFTER = 8;

/** One sentence per kind of warning, then why the outer step was refused, if it was. */
export function describeWarnings(
  warnings: readonly CrewWarning[],
  { refusal }: OuterTrace,
  taskCount: number,
): string[] {
  const sentences = sentencesOf(warnings, taskCount);
  if (refusal !== null) sentences.push(words.kept(words.refusals[refusal].what));
  return sentences;
}

/** Why a run is stalled, and what to do; `warnings` of its last batch. */
export function stalledCause(
  refusal: OuterRefusal,
  warnings: readonly CrewWarning[],
  taskCount: number,
): string {
  const { what, remedy } = words.refusals[refusal];
  const isBroken = warnings.some(({ kind }) => kind === 'non-finite-action' || kind === 'non-finite');
  return [
    words.stalled(STALLED_AFTER, what),
    ...sentencesOf(warnings, taskCount),
    isBroken ? words.broken : remedy,
  ].join(' ');
}

function sentencesOf(warnings: readonly CrewWarning[], taskCount: number): string[] {
  const kinds = [...new Set(warnings.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const tasks = new Set(warnings.filter((other) => other.kind === kind).map(({ task }) => task)).size;
    return kind === 'unstable'
      ? words.unstable(tasks, taskCount, countUnstable(warnings))
      : words.inTasks(tasks, taskCount, words.kinds[kind]);
  });
}

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
