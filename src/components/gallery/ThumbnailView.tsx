// One entry's drawing: fetched when it comes into view, laid out by the labs' own charts, played once where it moves and
// the user has not asked for less motion.
import { useEffect, useRef, useState } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartCanvas, type ChartHandle } from '../chart/ChartCanvas.tsx';
import { useMediaQuery } from '../use-media-query.ts';
import type { Thumbnail, ThumbnailLoader } from './thumbnail.ts';
import { useSeen } from './use-seen.ts';

interface ThumbnailViewProps {
  /** Names the drawing: "Finn 2017, Fig. 2". */
  readonly name: string;
  readonly summary: string;
  readonly load: ThumbnailLoader;
}

/** Milliseconds between two frames of what plays: there are many, and somebody wants to read and scroll. */
const FRAME_MS = 33;
/** The longest that a drawing waits for the page to have nothing else to do. */
const PATIENCE_MS = 2000;

/** Calls `begin` when the page is at rest, once; returns how to call it off. */
function whenIdle(begin: () => void): () => void {
  // Not in every browser.
  if (!('requestIdleCallback' in window)) {
    begin();
    return () => {};
  }
  const handle = requestIdleCallback(begin, { timeout: PATIENCE_MS });
  return () => cancelIdleCallback(handle);
}

/** The second that is shown: 0 … seconds once, then the end. */
function usePlayedOnce(seconds: number, repaint: () => void): () => number {
  const reduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const now = useRef(seconds);
  const plays = seconds > 0 && !reduced;
  const paint = useRef(repaint);
  paint.current = repaint;
  useEffect(() => {
    now.current = plays ? 0 : seconds;
    if (!plays) return paint.current();
    let frame = 0;
    let began: number | null = null;
    let painted = Number.NEGATIVE_INFINITY;
    const step = (at: number) => {
      began ??= at;
      now.current = Math.min((at - began) / 1000, seconds);
      if (at - painted >= FRAME_MS || now.current === seconds) {
        painted = at;
        paint.current();
      }
      if (now.current < seconds) frame = requestAnimationFrame(step);
    };
    frame = requestAnimationFrame(step);
    return () => cancelAnimationFrame(frame);
  }, [plays, seconds]);
  return () => now.current;
}

interface PanelProps {
  readonly name: string;
  readonly summary: string;
  readonly thumbnail: Thumbnail;
  readonly panel: number;
}

function Panel({ name, summary, thumbnail, panel }: PanelProps) {
  const handle = useRef<ChartHandle>(null);
  const second = usePlayedOnce(thumbnail.seconds, () => handle.current?.invalidate());
  const algorithm = thumbnail.panels[panel] ?? null;
  return (
    <div className="thumbnail-panel">
      {algorithm === null ? null : (
        <p className="thumbnail-title" aria-hidden="true">
          <AlgorithmName id={algorithm} />
        </p>
      )}
      <ChartCanvas
        handle={handle}
        name={name}
        summary={summary}
        restMs={0}
        draw={(ctx, view) => drawScene(ctx, thumbnail.layout(panel, view, second()))}
      />
    </div>
  );
}

export function ThumbnailView({ name, summary, load }: ThumbnailViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const seen = useSeen(box);
  const [thumbnail, setThumbnail] = useState<Thumbnail | null>(null);
  useEffect(() => {
    if (!seen) return;
    let left = false;
    const stop = whenIdle(() =>
      load().then((loaded) => {
        if (!left) setThumbnail(loaded);
      }),
    );
    return () => {
      left = true;
      stop();
    };
  }, [seen, load]);
  return (
    <div ref={box} className="thumbnail" data-drawn={thumbnail === null ? undefined : ''}>
      {thumbnail?.panels.map((algorithm, panel) => (
        <Panel
          key={panel}
          name={algorithm === null ? name : `${name}, ${algorithm}`}
          summary={panel === 0 ? summary : ''}
          thumbnail={thumbnail}
          panel={panel}
        />
      ))}
    </div>
  );
}
