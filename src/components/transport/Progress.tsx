// n / N and the time left, in a box of fixed width. The run's store changes it at most four times a second.
import { groupThousands } from '../../charts/scales.ts';
import { formatDuration } from '../format.ts';
import { useLabExperiment, useLabRun } from '../lab-context.ts';

/** What stands under n / N: the time left while running, otherwise the state in a word. */
function stateText(kind: string, left: number): string {
  if (kind === 'running') return Number.isFinite(left) ? `${formatDuration(left)} left` : 'starting';
  if (kind === 'starting') return 'loading';
  return kind === 'idle' ? 'ready' : kind;
}

export function Progress() {
  const iteration = useLabRun((run) => run.iteration);
  const rate = useLabRun((run) => run.iterationsPerSecond);
  const status = useLabRun((run) => run.status);
  const total = useLabExperiment((experiment) => experiment.metaIterations);
  const racing = status.kind === 'starting' && status.step === 'racing';
  const left = rate > 0 ? (total - iteration) / rate : Number.POSITIVE_INFINITY;
  return (
    <div className="progress number">
      <div>
        <strong data-testid="iteration">{groupThousands(iteration)}</strong>
        <span className="quiet"> / {groupThousands(total)}</span>
      </div>
      <div className="quiet">{racing ? 'timing engines' : stateText(status.kind, left)}</div>
    </div>
  );
}
