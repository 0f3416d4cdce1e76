// Bad luck of the last meta-iteration in one quiet line under the arenas; its place is always kept.

import { policyWords as words } from '../../words/policy.ts';
import { labelOf } from '../labels.ts';
import { Popover } from '../Popover.tsx';
import { usePolicyText } from './policy-lab-context.ts';

const INTERVAL_MS = 500;

export function WarningLine() {
  const warnings = usePolicyText(
    (data) =>
      (data.snapshot?.runs ?? []).flatMap((run) =>
        run.warnings.map((warning) => `${labelOf(run.algorithm)}, ${run.iteration}: ${warning}`),
      ),
    INTERVAL_MS,
  );
  const [first, ...others] = warnings;
  return (
    <div className="warning-line quiet number" data-testid="warnings">
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
