// The bar at the bottom of the Reaching lab: run and pause, steps, reset, speed, the scrubber and n / N. As the
// Sinusoid lab's, without engines: the runs are computed at once, and played.
import { groupThousands } from '../../charts/scales.ts';
import { REACHING_SPEEDS } from '../../state/reaching-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
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
      {running ? words.pause : words.run}
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
        title={words.stepPhaseTitle}
        onClick={() => step('phase')}
      >
        {words.stepPhase}
      </button>
      <button
        type="button"
        className="step"
        disabled={finished}
        title={words.stepIterationTitle}
        onClick={() => step('iteration')}
      >
        {words.stepIteration}
      </button>
      <button type="button" className="reset" title={words.resetTitle} onClick={reset}>
        {words.reset}
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
      aria-label={words.speed}
      title={words.speedTitle}
      value={String(speed)}
      onChange={(event) => {
        const chosen = REACHING_SPEEDS.find((each) => String(each) === event.target.value);
        if (chosen !== undefined) reaching.getState().setSpeed(chosen);
      }}
    >
      {REACHING_SPEEDS.map((each) => (
        <option key={String(each)} value={String(each)}>
          {each === null ? words.fastest : words.perSecond(each)}
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
      <div className="quiet">
        {status === 'running' ? words.left(formatDuration(left)) : words.status[status]}
      </div>
    </div>
  );
}

/** One polite live region, only when the state changes; never per iteration. */
export function ReachingStatus() {
  const { reachingData } = useStores();
  const status = useReaching((state) => state.status);
  const spoken = {
    running: words.spokenRunning,
    paused: words.spokenPaused(groupThousands(reachingData.iteration)),
    finished: words.spokenFinished,
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
    <section className="transport" aria-label={words.transport}>
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
        <Popover className="plain icon" popoverClassName="transport-more" name={words.more} label="⋯">
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
