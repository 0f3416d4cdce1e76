// One polite live region that says what training does, only when its state changes; never per iteration.
import { shellWords as words } from '../../words/shell.ts';
import { useLabRun } from '../lab-context.ts';
import { labelOf } from '../labels.ts';

export function StatusRegion() {
  const status = useLabRun((run) => run.status);
  const divergences = useLabRun((run) => run.divergences);
  const spoken = words.training[status.kind];
  const diverged = divergences
    .map(({ algorithm, iteration }) => ` ${words.diverged(labelOf(algorithm), iteration)}`)
    .join('');
  return (
    <p className="visually-hidden" role="status" data-testid="run-status">
      {spoken}
      {diverged}
    </p>
  );
}
