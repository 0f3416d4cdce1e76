// One polite live region that says what training does, only when its state changes; never per iteration.
import { useLabRun } from '../lab-context.ts';
import { labelOf } from '../labels.ts';

export function StatusRegion() {
  const status = useLabRun((run) => run.status);
  const divergences = useLabRun((run) => run.divergences);
  const spoken = {
    idle: '',
    starting: 'Training is starting.',
    running: 'Training runs.',
    paused: 'Training is paused.',
    finished: 'Training is finished.',
    failed: 'Training has failed.',
  }[status.kind];
  const diverged = divergences
    .map(({ algorithm, iteration }) => ` ${labelOf(algorithm)} diverged at ${iteration}.`)
    .join('');
  return (
    <p className="visually-hidden" role="status" data-testid="run-status">
      {spoken}
      {diverged}
    </p>
  );
}
