// The pointer on the arena: handles are dragged, empty ground pans, an agent is chosen by a press, the brush and the
// eraser work along the way; wheel and two fingers zoom. Changes go through the editor and the Reaching store.
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { panWindow, type ScreenPlane, toWorld, zoomWindow } from '../../charts/plane.ts';
import { isInside, type Point, reachOf } from '../../charts/pointer.ts';
import type { ReachingArenaScene } from '../../charts/reaching-arena.ts';
import { type ArenaHandle, hitArena, spreadAt } from '../../charts/reaching-handles.ts';
import type { ReachingTool } from '../../state/reaching-types.ts';
import type { AppStores } from '../../state/store-types.ts';
import type { ChartHandle } from '../chart/ChartCanvas.tsx';
import type { ArenaEditor } from './arena-editor.ts';
import { erasedAround, isOffered, movedTo, painted, withSpread } from './arena-edits.ts';
import { agentUnder, planeNow } from './arena-reader.ts';

/** A press that moves less is a click. */
const CLICK_PX = 4;
/** The brush leaves a task every so many pixels. */
const BRUSH_PX = 14;
/** The eraser's radius. */
export const ERASER_PX = 16;
/** How much one wheel step zooms, per pixel of scrolling. */
const WHEEL_RATE = 0.0015;

interface Press {
  readonly from: Point;
  readonly tool: ReachingTool;
  readonly handle: ArenaHandle | null;
  /** Whether a drag of the ground moves it. */
  readonly pans: boolean;
  /** From the pointer to the handle's thing, so that it does not jump onto the pointer. */
  readonly offset: Point;
  /** Panning starts from this plane. */
  readonly plane: ScreenPlane;
  last: Point;
  moved: boolean;
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  return { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY };
}

/** The offered handle under a point. */
export function handleUnder(
  scene: ReachingArenaScene,
  stores: AppStores,
  at: Point,
  reach: number,
): ArenaHandle | null {
  const { experiment } = stores.reachingData;
  const offered = scene.handles.filter(({ handle }) => isOffered(experiment, handle));
  return hitArena(offered, at, { reach, plane: scene.plane });
}

interface ArenaPointerOptions {
  readonly stores: AppStores;
  readonly editor: ArenaEditor;
  readonly canvas: RefObject<ChartHandle | null>;
  readonly scene: RefObject<ReachingArenaScene | null>;
  /** The page scrolls: the wheel and a single finger belong to it, Ctrl and two fingers to the arena. */
  readonly pageScrolls: boolean;
  onHold(handle: ArenaHandle | null): void;
}

export function useArenaPointer(options: ArenaPointerOptions) {
  const { stores, editor, canvas, scene, pageScrolls, onHold } = options;
  const { reaching, reachingExperiment, reachingData } = stores;
  const press = useRef<Press | null>(null);
  /** Fingers on the stage by pointer id. */
  const fingers = useRef(new Map<number, Point>());

  useArenaGestures({ canvas, scene, stores, pageScrolls });

  const brush = (tool: ReachingTool, at: Point): void => {
    const now = scene.current;
    if (now === null || !isInside(now.plot, at)) return;
    const { experiment } = reachingExperiment.getState();
    const place = toWorld(now.plane, at);
    if (tool === 'paint') editor.paint(painted(experiment, place));
    else editor.apply(erasedAround(experiment, place, ERASER_PX / now.plane.unit));
  };
  const drag = (held: Press, at: Point): void => {
    const now = scene.current;
    if (now === null) return;
    const { experiment } = reachingExperiment.getState();
    if (held.tool !== 'move') {
      const isFar = Math.hypot(at.x - held.last.x, at.y - held.last.y) >= BRUSH_PX;
      if (held.tool === 'erase' || isFar) {
        brush(held.tool, at);
        held.last = at;
      }
    } else if (held.handle === null) {
      if (!held.pans) return;
      reaching.getState().set({ window: panWindow(held.plane, at.x - held.from.x, at.y - held.from.y) });
    } else if (held.handle.kind === 'spread') {
      const { cloud } = held.handle;
      const to = { x: at.x + held.offset.x, y: at.y + held.offset.y };
      editor.apply(withSpread(cloud, spreadAt(experiment, now.plane, { cloud, at: to })));
    } else {
      const to = { x: at.x + held.offset.x, y: at.y + held.offset.y };
      editor.apply(movedTo(experiment, held.handle, toWorld(now.plane, to)));
    }
  };
  const pinch = (): void => {
    const now = scene.current;
    const [a, b] = [...fingers.current.values()];
    if (now === null || a === undefined || b === undefined) return;
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const apart = Math.hypot(a.x - b.x, a.y - b.y);
    const before = lastPinch.current;
    lastPinch.current = { middle, apart };
    if (before === null || before.apart === 0) return;
    const { window, set } = reaching.getState();
    const [dx, dy] = [middle.x - before.middle.x, middle.y - before.middle.y];
    const panned = panWindow(planeNow(now, window), dx, dy);
    set({ window: zoomWindow(planeNow(now, panned), middle, apart / before.apart) });
  };
  const lastPinch = useRef<{ readonly middle: Point; readonly apart: number } | null>(null);

  const release = (): void => {
    press.current = null;
    editor.end();
    onHold(null);
  };
  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      const now = scene.current;
      if (event.button !== 0 || now === null) return;
      const at = pointOf(event);
      event.currentTarget.setPointerCapture(event.pointerId);
      if (event.pointerType === 'touch') fingers.current.set(event.pointerId, at);
      if (fingers.current.size > 1) {
        release();
        lastPinch.current = null;
        return;
      }
      const { tool } = reaching.getState();
      const handle = tool === 'move' ? handleUnder(now, stores, at, reachOf(event.pointerType)) : null;
      const placed = handle === null ? undefined : now.handles.find((one) => one.handle === handle);
      const offset = placed === undefined ? { x: 0, y: 0 } : { x: placed.x - at.x, y: placed.y - at.y };
      const pans = !pageScrolls || event.pointerType !== 'touch';
      press.current = {
        from: at,
        tool,
        handle,
        pans,
        offset,
        plane: planeNow(now, reaching.getState().window),
        last: at,
        moved: false,
      };
      editor.begin();
      onHold(handle);
      if (tool !== 'move') brush(tool, at);
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const at = pointOf(event);
      if (fingers.current.has(event.pointerId)) fingers.current.set(event.pointerId, at);
      if (fingers.current.size > 1) {
        pinch();
        return;
      }
      const held = press.current;
      if (held === null) return;
      held.moved ||= Math.hypot(at.x - held.from.x, at.y - held.from.y) >= CLICK_PX;
      if (held.moved) drag(held, at);
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      fingers.current.delete(event.pointerId);
      lastPinch.current = null;
      const held = press.current;
      if (held === null) return;
      const now = scene.current;
      if (!held.moved && held.tool === 'move' && now !== null) {
        const focus = agentUnder(reachingData, now.plane, held.from, reachOf(event.pointerType));
        if (focus !== null) reaching.getState().set({ focus });
      }
      release();
    },
    onPointerCancel(event: PointerEvent<HTMLCanvasElement>) {
      fingers.current.delete(event.pointerId);
      lastPinch.current = null;
      if (press.current !== null) release();
    },
  };
}

/** What only non-passive listeners may do: zoom by the wheel, and keep the page from scrolling under a finger. */
function useArenaGestures({
  canvas,
  scene,
  stores,
  pageScrolls,
}: Pick<ArenaPointerOptions, 'canvas' | 'scene' | 'stores' | 'pageScrolls'>): void {
  useEffect(() => {
    const element = canvas.current?.element;
    if (element === null || element === undefined) return;
    const zoom = (event: WheelEvent) => {
      const now = scene.current;
      if (now === null || (pageScrolls && !event.ctrlKey)) return;
      event.preventDefault();
      const rate = event.ctrlKey ? 4 * WHEEL_RATE : WHEEL_RATE;
      const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : 20;
      const factor = Math.exp(-event.deltaY * lines * rate);
      const at = { x: event.offsetX, y: event.offsetY };
      const { window, set } = stores.reaching.getState();
      set({ window: zoomWindow(planeNow(now, window), at, factor) });
    };
    const claim = (event: TouchEvent) => {
      const [touch, second] = event.touches;
      const now = scene.current;
      if (touch === undefined || now === null) return;
      const box = element.getBoundingClientRect();
      const at = { x: touch.clientX - box.left, y: touch.clientY - box.top };
      const isTaken =
        second !== undefined ||
        stores.reaching.getState().tool !== 'move' ||
        handleUnder(now, stores, at, reachOf('touch')) !== null;
      if (isTaken && event.cancelable) event.preventDefault();
    };
    element.addEventListener('wheel', zoom, { passive: false });
    element.addEventListener('touchstart', claim, { passive: false });
    return () => {
      element.removeEventListener('wheel', zoom);
      element.removeEventListener('touchstart', claim);
    };
  }, [canvas, scene, stores, pageScrolls]);
}
