// The iteration scrubber: every iteration of the runs is known, so any of them can be shown at once. The thumb follows
// the playhead past React, iteration by iteration; words follow calmly.
import { useEffect, useRef } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { useReaching, useReachingExperiment, useStores } from '../stores-context.ts';

export function RunScrubber() {
  const { reaching, reachingData } = useStores();
  const iteration = useReaching((state) => state.iteration);
  const total = useReachingExperiment((state) => state.experiment.iterations);
  const input = useRef<HTMLInputElement>(null);
  const track = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const shown = { at: -1, experiment: reachingData.experiment };
    const follow = () => {
      const { iteration: at, experiment } = reachingData;
      // Between two iterations it would move by less than is seen, and cost the page a layout in every frame.
      if (at === shown.at && experiment === shown.experiment) return;
      Object.assign(shown, { at, experiment });
      const share = experiment.iterations === 0 ? 0 : at / experiment.iterations;
      track.current?.style.setProperty('--fill', String(share));
      if (input.current !== null && input.current.max !== String(experiment.iterations)) {
        input.current.max = String(experiment.iterations);
      }
      if (input.current !== null) input.current.valueAsNumber = at;
    };
    follow();
    return reachingData.subscribe(follow);
  }, [reachingData]);

  return (
    <div className="scrubber iteration-scrubber">
      <div className="scrub-label">
        <span>{words.iteration}</span> <span className="number scrub-value">{groupThousands(iteration)}</span>
      </div>
      <div className="scrub-row">
        <div className="track" ref={track}>
          <input
            ref={input}
            type="range"
            aria-label={words.iterationShown}
            aria-valuetext={words.iterationOf(groupThousands(iteration), groupThousands(total))}
            min={0}
            max={total}
            step="any"
            defaultValue={0}
            onInput={(event) => reaching.getState().scrub(event.currentTarget.valueAsNumber)}
            onKeyDown={(event) => {
              const by = {
                ArrowLeft: -1,
                ArrowDown: -1,
                ArrowRight: 1,
                ArrowUp: 1,
                PageDown: -10,
                PageUp: 10,
                Home: Number.NEGATIVE_INFINITY,
                End: Number.POSITIVE_INFINITY,
              }[event.key];
              if (by === undefined) return;
              event.preventDefault();
              const to = Math.min(Math.max(reachingData.iteration + by, 0), total);
              reaching.getState().scrub(to);
            }}
          />
        </div>
      </div>
    </div>
  );
}
