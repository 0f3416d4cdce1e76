// n / N and the time left, in a box of fixed width. The run's store changes it at most four times a second.
import { groupThousands } from '../../charts/scales.ts';
import type { RunStatus } from '../../state/store-types.ts';
import { transportWords as words } from '../../words/transport.ts';
import { formatDuration } from '../format.ts';
import { useLabExperiment, useLabRun } from '../lab-context.ts';

/** What stands under n / N: the time left while running, otherwise the state in a word. */
function stateText(kind: RunStatus['kind'], left: number): string {
  if (kind === 'running') return Number.isFinite(left) ? words.left(formatDuration(left)) : words.starting;
  if (kind === 'starting') return words.loading;
  return kind === 'idle' ? words.ready : words[kind];
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
      <div className="quiet">{racing ? words.timingEngines : stateText(status.kind, left)}</div>
    </div>
  );
}
