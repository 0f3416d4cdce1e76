// The bar at the bottom: run and pause, steps, reset, speed, the two scrubbers, progress and the engine. On narrow
// windows what is not needed at every moment lies behind "More".
import { useLabRun } from '../lab-context.ts';
import { Popover } from '../Popover.tsx';
import { useProjector } from '../present/use-projector.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { EngineDetails } from './EngineDetails.tsx';
import { EnginePopover } from './EnginePopover.tsx';
import { InnerStepScrubber } from './InnerStepScrubber.tsx';
import { IterationScrubber } from './IterationScrubber.tsx';
import { Progress } from './Progress.tsx';
import { RunButton } from './RunButton.tsx';
import { SpeedSelect } from './SpeedSelect.tsx';
import { useScrubPlayback } from './use-scrub-playback.ts';

function StepButtons() {
  const step = useLabRun((run) => run.step);
  const reset = useLabRun((run) => run.reset);
  const finished = useLabRun((run) => run.status.kind === 'finished');
  return (
    <>
      <button
        type="button"
        className="step"
        disabled={finished}
        onClick={() => step('phase')}
        title="Run to the next phase of a meta-iteration, then pause"
      >
        Step phase
      </button>
      <button
        type="button"
        className="step"
        disabled={finished}
        onClick={() => step('iteration')}
        title="Run one meta-iteration, then pause"
      >
        Step iteration
      </button>
      <button type="button" className="reset" onClick={reset} title="Back to iteration 0">
        Reset
      </button>
    </>
  );
}

function MorePopover() {
  return (
    <Popover className="plain icon" popoverClassName="transport-more" name="More of the transport" label="⋯">
      <div className="more-row">
        <StepButtons />
      </div>
      <div className="more-row">
        <InnerStepScrubber />
        <SpeedSelect />
      </div>
      <EngineDetails />
    </Popover>
  );
}

export function Transport() {
  useScrubPlayback();
  const wide = useMediaQuery(useProjector() ? '(min-width: 1700px)' : '(min-width: 1024px)');
  return (
    <section className="transport" aria-label="Transport">
      <RunButton />
      {wide ? (
        <>
          <StepButtons />
          <SpeedSelect />
        </>
      ) : null}
      <IterationScrubber />
      {wide ? <InnerStepScrubber /> : null}
      <Progress />
      {wide ? <EnginePopover /> : <MorePopover />}
    </section>
  );
}
