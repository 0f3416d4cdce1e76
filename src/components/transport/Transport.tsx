// The bar at the bottom: run and pause, steps, reset, speed, the two scrubbers, progress and the engine. On narrow
// windows what is not needed at every moment lies behind "More".
import { transportWords as words } from '../../words/transport.ts';
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
        title={words.stepPhaseTitle}
      >
        {words.stepPhase}
      </button>
      <button
        type="button"
        className="step"
        disabled={finished}
        onClick={() => step('iteration')}
        title={words.stepIterationTitle}
      >
        {words.stepIteration}
      </button>
      <button type="button" className="reset" onClick={reset} title={words.resetTitle}>
        {words.reset}
      </button>
    </>
  );
}

function MorePopover() {
  return (
    <Popover className="plain icon" popoverClassName="transport-more" name={words.more} label="⋯">
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
    <section className="transport" aria-label={words.transport}>
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
