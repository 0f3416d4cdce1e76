// Bad luck in one quiet line under the arenas, whose place is always kept: how many episodes of training have ended with an
// unstable state so far, and what the last meta-iteration warned of.
import type { PolicyMetricHistory } from '../../state/policy-types.ts';
import { policyWords as words } from '../../words/policy.ts';
import { labelOf } from '../labels.ts';
import { Popover } from '../Popover.tsx';
import { usePolicyExperiment, usePolicyText } from './policy-lab-context.ts';

const INTERVAL_MS = 500;

/** Over all meta-iterations that were counted: kept runs of an older program have none of it. */
function countUnstable(history: PolicyMetricHistory | null): number {
  const counts = history?.column('unstableEpisodes').subarray(0, history.length) ?? [];
  let sum = 0;
  for (const count of counts) if (Number.isFinite(count)) sum += count;
  return sum;
}

export function WarningLine() {
  const experiment = usePolicyExperiment((all) => all);
  const warnings = usePolicyText(
    (data) =>
      (data.snapshot?.runs ?? []).flatMap((run) =>
        run.warnings.map((warning) => `${labelOf(run.algorithm)}, ${run.iteration}: ${warning}`),
      ),
    INTERVAL_MS,
  );
  const unstable = usePolicyText(
    (data) =>
      experiment.algorithms.flatMap((id) => {
        const count = countUnstable(data.metrics(id));
        return count === 0 ? [] : [words.unstableSoFar(labelOf(id), count)];
      }),
    INTERVAL_MS,
  );
  const [first, ...others] = warnings;
  return (
    <div className="warning-line quiet number" data-testid="warnings">
      {unstable.length === 0 ? null : (
        <span data-testid="unstable" title={words.unstableTitle}>
          {unstable.join(' · ')}
        </span>
      )}
      {first === undefined ? null : <span>{first}</span>}
      {others.length === 0 ? null : (
        <Popover className="plain small" label={words.andMore(others.length)} name={words.allWarnings}>
          <ul>
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Popover>
      )}
    </div>
  );
}
