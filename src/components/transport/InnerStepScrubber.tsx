// The inner-step scrubber: which of θ₀ … θ_k the stage shows as final. Native range, playable.
import type { CSSProperties } from 'react';
import { transportWords as words } from '../../words/transport.ts';
import { useLab, useLabView } from '../lab-context.ts';
import { SymbolMark } from '../reading/SymbolMark.tsx';
import { PlayIcon } from './PlayIcon.tsx';

export function InnerStepScrubber() {
  const { view, mostInnerSteps: most } = useLab();
  const step = useLabView((state) => Math.min(state.innerStep, most));
  const playing = useLabView((state) => state.innerStepPlaying);
  const share = step / Math.max(most, 1);
  return (
    <div className="scrubber inner-scrubber">
      <div className="scrub-label">
        {words.innerStep} <SymbolMark symbol="k" /> = <span className="number scrub-value">{step}</span>
      </div>
      <div className="scrub-row">
        <button
          type="button"
          className="plain icon"
          aria-label={playing ? words.stopInnerSteps : words.playInnerSteps}
          title={playing ? words.stop : words.playInnerSteps}
          onClick={() =>
            view
              .getState()
              .set(
                playing
                  ? { innerStepPlaying: false }
                  : { innerStepPlaying: true, ...(step >= most ? { innerStep: 0 } : {}) },
              )
          }
        >
          <PlayIcon playing={playing} />
        </button>
        <div className="track" style={{ '--fill': share, '--thumb-at': share } as CSSProperties}>
          <div className="ticks" aria-hidden="true">
            {Array.from({ length: most + 1 }, (_, i) => (
              <i key={i} style={{ '--at': i / Math.max(most, 1) } as CSSProperties} />
            ))}
          </div>
          <input
            type="range"
            aria-label={words.innerStepShown}
            min={0}
            max={most}
            disabled={most === 0}
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
