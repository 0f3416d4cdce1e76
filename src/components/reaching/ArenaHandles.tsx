// The keyboard's way to everything that can be dragged in the arena: an invisible button over each handle, named with
// its live value, and one for the brush. Positions are written past React while things move.
import { type KeyboardEvent, type RefObject, useEffect, useRef, useState } from 'react';
import { toScreen } from '../../charts/plane.ts';
import { isInside, type Point } from '../../charts/pointer.ts';
import type { ReachingArenaScene } from '../../charts/reaching-arena.ts';
import type { ArenaHandle } from '../../charts/reaching-handles.ts';
import type { ReachingExperiment } from '../../experiment/reaching-experiment.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { keyOf as pressed } from '../present/keys.ts';
import { useReaching, useReachingExperiment, useStores } from '../stores-context.ts';
import type { ArenaEditor } from './arena-editor.ts';
import { erased, isOffered, nudged, painted, placeOf, spreadOf } from './arena-edits.ts';

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

const number = (value: number, digits: number): string => value.toFixed(digits).replace('-', '−');
const place = ({ x, y }: Point): string => words.place(number(x, 1), number(y, 1));

/** "Main centre, x 0.0, y 0.0"; "Noise 1 spread, 0.50". */
export function labelHandle(e: ReachingExperiment, handle: ArenaHandle): string {
  if (handle.kind === 'spread') {
    return words.spread(handle.cloud, number(spreadOf(e, handle.cloud), 2));
  }
  const where = place(placeOf(e, handle));
  if (handle.kind === 'start') return words.startAt(where);
  return handle.kind === 'extra' ? words.paintedTask(handle.index, where) : words.centre(handle.cloud, where);
}

const keyOf = (handle: ArenaHandle): string =>
  handle.kind === 'start'
    ? 'start'
    : handle.kind === 'extra'
      ? `extra-${handle.index}`
      : `${handle.kind}-${handle.cloud}`;

function handlesOf(e: ReachingExperiment): readonly ArenaHandle[] {
  const clouds = ([0, 1, 2] as const).flatMap((cloud): ArenaHandle[] => [
    { kind: 'centre', cloud },
    { kind: 'spread', cloud },
  ]);
  const extras = Array.from(
    { length: e.extraTasks.length / 2 },
    (_, index): ArenaHandle => ({ kind: 'extra', index }),
  );
  return [...clouds, { kind: 'start' } as const, ...extras].filter((handle) => isOffered(e, handle));
}

interface ArenaHandlesProps {
  /** Hands out a function that puts the buttons where the scene has them. */
  readonly place: RefObject<((scene: ReachingArenaScene) => void) | null>;
  readonly editor: ArenaEditor;
  onFocus(handle: ArenaHandle | null): void;
}

function moveTo(button: HTMLElement | undefined, scene: ReachingArenaScene, at: Point): void {
  if (button === undefined) return;
  const { x, y, width, height } = scene.plot;
  // Off the picture they wait at its edge, where the focus ring can be seen.
  const px = Math.min(Math.max(at.x, x), x + width);
  const py = Math.min(Math.max(at.y, y), y + height);
  const transform = `translate(${px.toFixed(1)}px, ${py.toFixed(1)}px)`;
  if (button.style.transform !== transform) button.style.transform = transform;
}

export function ArenaHandles({ place: placer, editor, onFocus }: ArenaHandlesProps) {
  const { reaching, reachingExperiment } = useStores();
  const experiment = useReachingExperiment((state) => state.experiment);
  const tool = useReaching((state) => state.tool);
  const group = useRef<HTMLFieldSetElement>(null);
  const brushAt = useRef<Point>({ x: 0, y: 0 });
  const [brush, setBrush] = useState<Point>({ x: 0, y: 0 });
  /** Of many painted tasks one is in the tab order. */
  const [activeExtra, setActiveExtra] = useState(0);
  const handles = handlesOf(experiment);
  const extras = experiment.extraTasks.length / 2;

  useEffect(() => {
    placer.current = (scene) => {
      const buttons = new Map<string, HTMLElement>();
      for (const button of group.current?.querySelectorAll('button') ?? []) {
        buttons.set(button.dataset.handle ?? '', button);
      }
      for (const placed of scene.handles) moveTo(buttons.get(keyOf(placed.handle)), scene, placed);
      const { x, y } = brushAt.current;
      moveTo(buttons.get('brush'), scene, toScreen(scene.plane, x, y));
    };
    return () => {
      placer.current = null;
    };
  }, [placer]);

  const current = () => reachingExperiment.getState().experiment;
  const focusExtra = (index: number) => {
    setActiveExtra(index);
    group.current?.querySelector<HTMLButtonElement>(`[data-handle="extra-${index}"]`)?.focus();
  };
  /** Brings what has the focus back into view. */
  const show = (at: Point) => {
    const { window, set, aspect } = reaching.getState();
    const half = { x: window.reach * Math.max(aspect, 1), y: window.reach * Math.max(1 / aspect, 1) };
    const box = { x: window.x - half.x, y: window.y - half.y, width: 2 * half.x, height: 2 * half.y };
    if (!isInside(box, at)) set({ window: { ...window, ...at } });
  };
  const onKeyDown = (handle: ArenaHandle) => (event: KeyboardEvent) => {
    const id = pressed('handle', event);
    const arrow = ARROWS[event.key];
    if (arrow !== undefined && (id === 'move' || id === 'move-far')) {
      editor.apply(nudged(current(), handle, arrow, id === 'move-far'));
      show(placeOf(current(), handle));
    } else if (handle.kind !== 'extra') return;
    else if (id === 'remove') {
      editor.apply(erased(current(), handle.index));
      if (handle.index === extras - 1 && handle.index > 0) focusExtra(handle.index - 1);
    } else if (id === 'next-handle') focusExtra((handle.index + 1) % extras);
    else if (id === 'previous-handle') focusExtra((handle.index + extras - 1) % extras);
    else return;
    event.preventDefault();
  };
  const onBrushKey = (event: KeyboardEvent) => {
    const id = pressed('brush', event);
    const arrow = ARROWS[event.key];
    if (arrow !== undefined && id === 'brush-move') {
      const by = event.shiftKey ? 1 : 0.1;
      const { x, y } = brushAt.current;
      brushAt.current = { x: x + arrow[0] * by, y: y + arrow[1] * by };
      setBrush(brushAt.current);
      show(brushAt.current);
      onFocus(null);
    } else if (id === 'brush-use') {
      editor.paint(painted(current(), brushAt.current));
      editor.end();
    } else return;
    event.preventDefault();
  };

  return (
    <fieldset ref={group} className="handles arena-handles" aria-label={words.handles}>
      {handles.map((handle) => (
        <button
          key={keyOf(handle)}
          type="button"
          data-handle={keyOf(handle)}
          tabIndex={handle.kind === 'extra' && handle.index !== Math.min(activeExtra, extras - 1) ? -1 : 0}
          aria-label={labelHandle(experiment, handle)}
          aria-describedby="arena-hint"
          onKeyDown={onKeyDown(handle)}
          onFocus={() => {
            editor.begin();
            if (handle.kind === 'extra') setActiveExtra(handle.index);
            show(placeOf(current(), handle));
            onFocus(handle);
          }}
          onBlur={() => {
            editor.end();
            onFocus(null);
          }}
        />
      ))}
      {tool === 'paint' ? (
        <button
          type="button"
          data-handle="brush"
          aria-label={words.brush(place(brush))}
          aria-describedby="arena-brush-hint"
          onKeyDown={onBrushKey}
        />
      ) : null}
      <span className="hint" id="arena-hint">
        {words.handlesHint}
        {extras > 0 ? words.eraseKeyHint : ''}
      </span>
      <span className="visually-hidden" id="arena-brush-hint">
        {words.brushHint}
      </span>
    </fieldset>
  );
}
