// Under the lanes: play and pause of the recordings, frame by frame, their time, slow motion. Training knows nothing of it.
import { useEffect, useRef } from 'react';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { useFrames } from '../chart/frame-loop.ts';
import { Segments } from '../Segments.tsx';
import { PlayIcon } from '../transport/PlayIcon.tsx';
import { useCheetah, useCheetahView, useReel } from './use-cheetah.ts';

type Rate = '1' | '0.5' | '0.25';

const RATES: readonly { readonly value: Rate; readonly label: string; readonly title: string }[] = [
  { value: '0.25', label: '¼×', title: words.quarterSpeed },
  { value: '0.5', label: '½×', title: words.halfSpeed },
  { value: '1', label: '1×', title: words.trueSpeed },
];

function StepIcon({ direction }: { readonly direction: 1 | -1 }) {
  return (
    <svg width="10" height="10" viewBox="0 0 10 10" fill="currentColor" aria-hidden="true">
      <path d={direction > 0 ? 'M1.5 1 6.5 5 1.5 9zM7 1h1.6v8H7z' : 'M8.5 1 3.5 5 8.5 9zM1.4 1H3v8H1.4z'} />
    </svg>
  );
}

/** Milliseconds between two writings of a time that runs: each costs the page a layout, more than the lanes' drawing. */
const WRITE_MS = 100;

/** The slider of time; where it stands is written past React, on every frame where the user moves it. */
function TimeSlider() {
  const reel = useReel();
  const frames = useFrames();
  const { view } = useCheetah();
  const slider = useRef<HTMLInputElement>(null);
  const track = useRef<HTMLDivElement>(null);
  const display = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let written = Number.NEGATIVE_INFINITY;
    const ticket = frames.register(() => {
      const { time, duration } = reel;
      const runs = view.getState().plays && duration > 0;
      if (runs) ticket.invalidate();
      const now = performance.now();
      if (runs && now - written < WRITE_MS) return;
      written = now;
      const share = duration === 0 ? 0 : time / duration;
      const element = slider.current;
      if (element !== null) {
        if (Number(element.max) !== duration) element.max = String(duration);
        element.value = String(time);
        // Read aloud, it would not stop while the recording plays.
        const said = words.timeOf(time.toFixed(2), duration.toFixed(2));
        if (!view.getState().plays) element.setAttribute('aria-valuetext', said);
        else element.removeAttribute('aria-valuetext');
      }
      track.current?.style.setProperty('--fill', String(share));
      track.current?.style.setProperty('--thumb-at', String(share));
      const text = words.seconds(time.toFixed(2));
      if (display.current !== null && display.current.textContent !== text)
        display.current.textContent = text;
    });
    const stop = view.subscribe(() => ticket.invalidate());
    return () => {
      stop();
      ticket.unregister();
    };
  }, [frames, reel, view]);
  return (
    <>
      <div className="track filled time-track" ref={track}>
        <input
          ref={slider}
          type="range"
          aria-label={words.time}
          min={0}
          max={0}
          step="any"
          defaultValue={0}
          onInput={(event) => {
            reel.seek(event.currentTarget.valueAsNumber);
            view.getState().set({ plays: false });
            frames.invalidate();
          }}
        />
      </div>
      <span className="number time-words" ref={display}>
        {words.seconds('0.00')}
      </span>
    </>
  );
}

export function PlaybackBar() {
  const { view } = useCheetah();
  const reel = useReel();
  const frames = useFrames();
  const plays = useCheetahView((state) => state.plays);
  const rate = useCheetahView((state) => state.rate);
  const showsSwarm = useCheetahView((state) => state.showsSwarm);
  const { set } = view.getState();
  const step = (direction: 1 | -1) => {
    set({ plays: false });
    reel.step(direction);
    frames.invalidate();
  };
  return (
    <fieldset className="task-bar playback-bar">
      <legend className="visually-hidden">{words.recording}</legend>
      <button
        type="button"
        className="plain icon"
        aria-label={plays ? words.stopRecording : words.playRecording}
        title={plays ? words.stop : words.play}
        onClick={() => set({ plays: !plays })}
      >
        <PlayIcon playing={plays} />
      </button>
      {([-1, 1] as const).map((direction) => (
        <button
          key={direction}
          type="button"
          className="plain icon"
          aria-label={direction > 0 ? words.nextFrame : words.previousFrame}
          title={direction > 0 ? words.frameOn : words.frameBack}
          onClick={() => step(direction)}
        >
          <StepIcon direction={direction} />
        </button>
      ))}
      <TimeSlider />
      <button
        type="button"
        className="toggle"
        aria-pressed={showsSwarm}
        title={words.swarmTitle}
        onClick={() => set({ showsSwarm: !showsSwarm })}
      >
        {words.swarm}
      </button>
      <Segments<Rate>
        name={words.speed}
        value={rate === 0.25 ? '0.25' : rate === 0.5 ? '0.5' : '1'}
        options={RATES}
        onChange={(value) => set({ rate: Number(value) })}
      />
    </fieldset>
  );
}
