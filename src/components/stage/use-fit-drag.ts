// Dragging on a panel of fits: support points, the true curve, points out of the plot (removed), and adding a point
// by double click. Writes the task to the view's store; every panel repaints itself from there.
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import { type FitScene, fitPointAt } from '../../charts/fit-chart.ts';
import { type Hit, hitTest, isInside, type Point, reachOf } from '../../charts/pointer.ts';
import { toValue } from '../../charts/scales.ts';
import type { UserTask } from '../../state/store-types.ts';
import { useStores } from '../stores-context.ts';
import { addPoint, dragCurve, movePoint, removePoint } from './task-edits.ts';

/** How far beyond the plot a point must be dropped to be removed, in pixels. */
const THROW_DISTANCE = 28;

export interface DragState {
  /** What is held; null when nothing is. */
  readonly held: Hit;
}

interface Grab {
  readonly held: Exclude<Hit, null>;
  readonly from: Point;
  readonly task: UserTask;
}

/** Where a touch lies on the canvas; mouse and pointer events say so themselves. */
function touchPoint(touch: Touch, element: Element): Point {
  const box = element.getBoundingClientRect();
  return { x: touch.clientX - box.left, y: touch.clientY - box.top };
}

function pointOf(event: MouseEvent): Point {
  return { x: event.offsetX, y: event.offsetY };
}

/** Values at a pixel, not clamped to the plot: dragging the curve may leave it. */
function valuesAt(scene: FitScene, at: Point): Point {
  return { x: toValue(scene.x, at.x), y: toValue(scene.y, at.y) };
}

function isThrownOut(scene: FitScene, at: Point): boolean {
  const { x, y, width, height } = scene.plot;
  const reach = THROW_DISTANCE;
  return !isInside({ x: x - reach, y: y - reach, width: width + 2 * reach, height: height + 2 * reach }, at);
}

/**
 * Event functions for a panel's canvas. `onHold` tells what is held (or null) so that axes stay put meanwhile.
 */
export function useFitDrag(
  canvas: RefObject<{ readonly element: HTMLCanvasElement | null } | null>,
  scene: RefObject<FitScene | null>,
  onHold: (held: Hit) => void,
) {
  const { view } = useStores();
  const grab = useRef<Grab | null>(null);

  // A finger on a handle must drag it and not scroll the page; only a non-passive listener may say so.
  useEffect(() => {
    const element = canvas.current?.element;
    if (element === null || element === undefined) return;
    const claim = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (touch === undefined || scene.current === null) return;
      if (hitTest(scene.current, touchPoint(touch, element), reachOf('touch')) !== null)
        event.preventDefault();
    };
    element.addEventListener('touchstart', claim, { passive: false });
    return () => element.removeEventListener('touchstart', claim);
  }, [canvas, scene]);

  const drag = (at: Point) => {
    const held = grab.current;
    const now = scene.current;
    if (held === null || now === null) return;
    const { set, task } = view.getState();
    if (held.held.kind === 'support') {
      set({ task: movePoint(task, held.held.index, fitPointAt(now, at)) });
    } else {
      set({ task: dragCurve(held.task, valuesAt(now, held.from), valuesAt(now, at)) });
    }
  };

  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      if (event.button !== 0 || scene.current === null) return;
      const at = pointOf(event.nativeEvent);
      const held = hitTest(scene.current, at, reachOf(event.pointerType));
      if (held === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grab.current = { held, from: at, task: view.getState().task };
      onHold(held);
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      if (grab.current !== null) drag(pointOf(event.nativeEvent));
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const held = grab.current;
      grab.current = null;
      if (held === null) return;
      onHold(null);
      const at = pointOf(event.nativeEvent);
      if (held.held.kind === 'support' && scene.current !== null && isThrownOut(scene.current, at)) {
        view.getState().set({ task: removePoint(view.getState().task, held.held.index) });
      }
    },
    onPointerCancel() {
      if (grab.current === null) return;
      grab.current = null;
      onHold(null);
    },
    onDoubleClick(event: { readonly nativeEvent: MouseEvent }) {
      if (scene.current === null) return;
      const at = pointOf(event.nativeEvent);
      if (!isInside(scene.current.plot, at)) return;
      const hit = hitTest(scene.current, at, reachOf('mouse'));
      const { set, task } = view.getState();
      if (hit?.kind === 'support') set({ task: removePoint(task, hit.index) });
      else set({ task: addPoint(task, fitPointAt(scene.current, at)) });
    },
  };
}
