// The bar at the bottom of the Reaching lab: run and pause, steps, reset, speed, the scrubber and n / N. As the
// Sinusoid lab's, without engines: the runs are computed at once, and played.
import { groupThousands } from '../../charts/scales.ts';
import { REACHING_SPEEDS } from '../../state/reaching-types.ts';
import { formatDuration } from '../format.ts';
import { Popover } from '../Popover.tsx';
import { useProjector } from '../present/use-projector.ts';
import { useReaching, useReachingExperiment, useStores } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { RunScrubber } from './RunScrubber.tsx';

function RunButton() {
  const { reaching } = useStores();
  const running = useReaching((state) => state.status === 'running');
  return (
    <button
      type="button"
      className="filled run"
      onClick={() => (running ? reaching.getState().pause() : reaching.getState().play())}
    >
      {running ? 'Pause' : 'Run'}
    </button>
  );
}

function StepButtons() {
  const { reaching } = useStores();
  const finished = useReaching((state) => state.status === 'finished');
  const { step, reset } = reaching.getState();
  return (
    <>
      <button
        type="button"
        className="step"
        disabled={finished}
        title="Run to the next phase of an iteration, then pause"
        onClick={() => step('phase')}
      >
        Step phase
      </button>
      <button
        type="button"
        className="step"
        disabled={finished}
        title="Run one iteration, then pause"
        onClick={() => step('iteration')}
      >
        Step iteration
      </button>
      <button type="button" className="reset" title="Back to iteration 0" onClick={reset}>
        Reset
      </button>
    </>
  );
}

function SpeedSelect() {
  const { reaching } = useStores();
  const speed = useReaching((state) => state.speed);
  return (
    <select
      className="speed"
      aria-label="Speed"
      title="Iterations per second"
      value={String(speed)}
      onChange={(event) => {
        const chosen = REACHING_SPEEDS.find((each) => String(each) === event.target.value);
        if (chosen !== undefined) reaching.getState().setSpeed(chosen);
      }}
    >
      {REACHING_SPEEDS.map((each) => (
        <option key={String(each)} value={String(each)}>
          {each === null ? 'max' : `${each} it/s`}
        </option>
      ))}
    </select>
  );
}

function Progress() {
  const iteration = useReaching((state) => state.iteration);
  const status = useReaching((state) => state.status);
  const speed = useReaching((state) => state.speed);
  const total = useReachingExperiment((state) => state.experiment.iterations);
  const left = (total - iteration) / (speed ?? total);
  return (
    <div className="progress number">
      <div>
        <strong data-testid="iteration">{groupThousands(iteration)}</strong>
        <span className="quiet"> / {groupThousands(total)}</span>
      </div>
      <div className="quiet">{status === 'running' ? `${formatDuration(left)} left` : status}</div>
    </div>
  );
}

/** One polite live region, only when the state changes; never per iteration. */
export function ReachingStatus() {
  const { reachingData } = useStores();
  const status = useReaching((state) => state.status);
  const spoken = {
    running: 'The agents move.',
    paused: `Paused at iteration ${groupThousands(reachingData.iteration)}.`,
    finished: 'The run is finished.',
  }[status];
  return (
    <p className="visually-hidden" role="status" data-testid="run-status">
      {spoken}
    </p>
  );
}

export function ReachingTransport() {
  const wide = useMediaQuery(useProjector() ? '(min-width: 1500px)' : '(min-width: 1024px)');
  return (
    <section className="transport" aria-label="Transport">
      <RunButton />
      {wide ? (
        <>
          <StepButtons />
          <SpeedSelect />
        </>
      ) : null}
      <RunScrubber />
      <Progress />
      {wide ? null : (
        <Popover
          className="plain icon"
          popoverClassName="transport-more"
          name="More of the transport"
          label="⋯"
        >
          <div className="more-row">
            <StepButtons />
          </div>
          <div className="more-row">
            <SpeedSelect />
          </div>
        </Popover>
      )}
    </section>
  );
}
