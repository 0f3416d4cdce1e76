// The inner-step scrubber: which of θ₀ … θ₁₀ the fits show as final. Native range, playable.
import type { CSSProperties } from 'react';
import { useStores, useView } from '../stores-context.ts';
import { PlayIcon } from './PlayIcon.tsx';

/** Inner steps that the fits compute and the adaptation chart draws. */
export const MAX_INNER_STEP = 10;

export function InnerStepScrubber() {
  const { view } = useStores();
  const step = useView((state) => state.innerStep);
  const playing = useView((state) => state.innerStepPlaying);
  const share = step / MAX_INNER_STEP;
  return (
    <div className="scrubber inner-scrubber">
      <div className="scrub-label">
        inner step <span className="symbol">k</span> = <span className="number scrub-value">{step}</span>
      </div>
      <div className="scrub-row">
        <button
          type="button"
          className="plain icon"
          aria-label={playing ? 'Stop playing the inner steps' : 'Play the inner steps'}
          title={playing ? 'Stop' : 'Play the inner steps'}
          onClick={() =>
            view
              .getState()
              .set(
                playing
                  ? { innerStepPlaying: false }
                  : { innerStepPlaying: true, ...(step >= MAX_INNER_STEP ? { innerStep: 0 } : {}) },
              )
          }
        >
          <PlayIcon playing={playing} />
        </button>
        <div className="track" style={{ '--fill': share, '--thumb-at': share } as CSSProperties}>
          <div className="ticks" aria-hidden="true">
            {Array.from({ length: MAX_INNER_STEP + 1 }, (_, i) => (
              <i key={i} style={{ '--at': i / MAX_INNER_STEP } as CSSProperties} />
            ))}
          </div>
          <input
            type="range"
            aria-label="Inner step shown"
            min={0}
            max={MAX_INNER_STEP}
            step={1}
            value={step}
            onChange={(event) =>
              view.getState().set({ innerStep: event.target.valueAsNumber, innerStepPlaying: false })
            }
          />
        </div>
      </div>
    </div>
  );
}
