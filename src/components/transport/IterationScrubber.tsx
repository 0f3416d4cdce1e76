// The meta-iteration scrubber: the past through its checkpoints, the present at the thumb's own place. A native
// range over the logarithmic track of scrub-scale.ts; arrows go from checkpoint to checkpoint, End goes live.
import type { CSSProperties, KeyboardEvent } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import { transportWords as words } from '../../words/transport.ts';
import { type LabData, useLab, useLabExperiment, useLabRun, useLabView } from '../lab-context.ts';
import { keyOf } from '../present/keys.ts';
import { useLabText } from '../use-data-text.ts';
import { PlayIcon } from './PlayIcon.tsx';
import { scrubNeighbour, scrubPosition, scrubTarget } from './scrub-scale.ts';

const TRACK = 1000;
/** Ticks nearer than this (share of the track) to the one before are left out. */
const TICK_GAP = 0.012;
/** Numbers under ticks need more room. */
const NUMBER_GAP = 0.075;

const readIterations = ({ checkpoints }: LabData) => checkpoints.map(({ iteration }) => iteration);

/** The checkpoints' iterations. */
function useCheckpointIterations(): readonly number[] {
  const { data } = useLab();
  // As one value, by which it is seen that they have changed.
  useLabText((now) => readIterations(now).join());
  return readIterations(data);
}

interface Tick {
  readonly iteration: number;
  readonly at: number;
  readonly numbered: boolean;
}

function spacedTicks(iterations: readonly number[], total: number): Tick[] {
  const ticks: Tick[] = [];
  let numberedAt = Number.NEGATIVE_INFINITY;
  for (const iteration of iterations) {
    const at = scrubPosition(iteration, total);
    if (at - (ticks.at(-1)?.at ?? -1) < TICK_GAP) continue;
    const numbered = at - numberedAt >= NUMBER_GAP;
    if (numbered) numberedAt = at;
    ticks.push({ iteration, at, numbered });
  }
  return ticks;
}

function Ticks({ ticks }: { readonly ticks: readonly Tick[] }) {
  return (
    <div className="ticks" aria-hidden="true">
      {ticks.map(({ iteration, at, numbered }) => (
        <i key={iteration} style={{ '--at': at } as CSSProperties}>
          {numbered ? <span className="number">{groupThousands(iteration)}</span> : null}
        </i>
      ))}
    </div>
  );
}

export function IterationScrubber() {
  const { view, run } = useLab();
  const iterations = useCheckpointIterations();
  const current = useLabRun((state) => state.iteration);
  const total = useLabExperiment((experiment) => experiment.metaIterations);
  const shown = useLabView((state) => state.scrubIteration);
  const playing = useLabView((state) => state.scrubPlaying);

  const now = scrubPosition(current, total);
  const thumb = shown === null ? now : scrubPosition(shown, total);
  const past = iterations.filter((iteration) => iteration <= current);

  const show = (iteration: number | null) =>
    view.getState().set({ scrubIteration: iteration, scrubPlaying: false });
  const onKeyDown = (event: KeyboardEvent) => {
    const id = keyOf('scrubber', event);
    if (id === 'scrub-back') show(scrubNeighbour(shown, past, -1));
    else if (id === 'scrub-on') show(scrubNeighbour(shown, past, 1));
    else if (id === 'scrub-first') show(past[0] ?? null);
    else if (id === 'scrub-live') show(null);
    else return;
    event.preventDefault();
  };

  return (
    <div className="scrubber iteration-scrubber">
      <div className="scrub-label">
        <span>{words.metaIteration}</span>{' '}
        <span className="number scrub-value">{groupThousands(shown ?? current)}</span>
        <span className="scrub-actions">
          {shown === null ? (
            <span className="quiet">{words.live}</span>
          ) : (
            <>
              <button
                type="button"
                className="plain small"
                title={words.trainOnTitle}
                onClick={() => {
                  run.getState().continueFrom(shown);
                  show(null);
                }}
              >
                {words.trainOn}
              </button>
              <button type="button" className="plain small" onClick={() => show(null)}>
                {words.backToLive}
              </button>
            </>
          )}
        </span>
      </div>
      <div className="scrub-row">
        <button
          type="button"
          className="plain icon"
          aria-label={playing ? words.stopCheckpoints : words.playCheckpoints}
          title={playing ? words.stop : words.playCheckpoints}
          disabled={past.length < 2}
          onClick={() =>
            view
              .getState()
              .set(
                playing
                  ? { scrubPlaying: false }
                  : { scrubPlaying: true, scrubIteration: shown ?? past[0] ?? null },
              )
          }
        >
          <PlayIcon playing={playing} />
        </button>
        <div className="track" style={{ '--fill': now, '--thumb-at': thumb } as CSSProperties}>
          <Ticks ticks={spacedTicks(past, total)} />
          <input
            type="range"
            aria-label={words.metaIterationShown}
            aria-valuetext={
              shown === null
                ? words.liveAt(groupThousands(current))
                : words.checkpointAt(groupThousands(shown))
            }
            min={0}
            max={TRACK}
            step="any"
            value={thumb * TRACK}
            onChange={(event) => show(scrubTarget(event.target.valueAsNumber / TRACK, past, current, total))}
            onKeyDown={onKeyDown}
          />
        </div>
      </div>
    </div>
  );
}
