// The pointer on an arena: a press puts the goal there, onto a goal of the batch where one is near, and a drag moves it.
// Where the page scrolls, a finger drags only what it takes hold of; elsewhere it taps. Writes to the view's store.
import { type PointerEvent, type RefObject, useEffect, useRef } from 'react';
import type { NavigationArenaScene } from '../../charts/navigation-arena.ts';
import { toScreen, toWorld } from '../../charts/plane.ts';
import { isInside, type Point, reachOf } from '../../charts/pointer.ts';
import type { NavigationStores } from '../../state/navigation-types.ts';
import type { ChartHandle } from '../chart/ChartCanvas.tsx';
import { shownGoal } from './arena-reader.ts';
import { clampGoal, nearestGoal } from './goal-edits.ts';

/** A press that moves less is a click. */
const CLICK_PX = 4;

interface GoalPointerOptions {
  readonly stores: NavigationStores;
  readonly canvas: RefObject<ChartHandle | null>;
  readonly scene: RefObject<NavigationArenaScene | null>;
  /** Goals that catch the press: the shown batch's. */
  goals(): readonly Point[];
  /** A finger that holds nothing scrolls the page. */
  readonly pageScrolls: boolean;
}

interface Press {
  readonly from: Point;
  /** From the pointer to the goal it took hold of, so that the goal does not jump. */
  readonly offset: Point;
  readonly drags: boolean;
  moved: boolean;
}

function pointOf(event: PointerEvent<HTMLCanvasElement>): Point {
  return { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY };
}

/** From the pointer to the goal on the screen; null when it is out of reach. */
function offsetToGoal(
  scene: NavigationArenaScene,
  stores: NavigationStores,
  at: Point,
  reach: number,
): Point | null {
  const { x, y } = shownGoal(stores);
  const goal = toScreen(scene.plane, x, y);
  const isNear = Math.hypot(goal.x - at.x, goal.y - at.y) <= reach;
  return isNear ? { x: goal.x - at.x, y: goal.y - at.y } : null;
}

export function useGoalPointer({ stores, canvas, scene, goals, pageScrolls }: GoalPointerOptions) {
  const press = useRef<Press | null>(null);

  // A finger on the goal must drag it and not scroll the page; only a non-passive listener may say so.
  useEffect(() => {
    const element = canvas.current?.element;
    if (element === null || element === undefined) return;
    const claim = (event: TouchEvent) => {
      const touch = event.touches[0];
      const now = scene.current;
      if (touch === undefined || now === null) return;
      const box = element.getBoundingClientRect();
      const at = { x: touch.clientX - box.left, y: touch.clientY - box.top };
      if (offsetToGoal(now, stores, at, reachOf('touch')) !== null && event.cancelable)
        event.preventDefault();
    };
    element.addEventListener('touchstart', claim, { passive: false });
    return () => element.removeEventListener('touchstart', claim);
  }, [canvas, scene, stores]);

  const put = (at: Point): void => {
    const now = scene.current;
    if (now === null) return;
    const { experiment } = stores.experiment.getState();
    stores.view.getState().set({ probeGoal: clampGoal(experiment, toWorld(now.plane, at)) });
  };
  /** Onto a goal of the batch where one is near: exactly, not in hundredths. */
  const choose = (at: Point, pointerType: string): void => {
    const now = scene.current;
    if (now === null) return;
    const caught = nearestGoal(goals(), toWorld(now.plane, at), reachOf(pointerType) / 2 / now.plane.unit);
    if (caught === null) put(at);
    else stores.view.getState().set({ probeGoal: caught });
  };

  return {
    onPointerDown(event: PointerEvent<HTMLCanvasElement>) {
      const now = scene.current;
      if (event.button !== 0 || now === null) return;
      const at = pointOf(event);
      if (!isInside(now.plot, at)) return;
      const held = offsetToGoal(now, stores, at, reachOf(event.pointerType));
      const drags = held !== null || event.pointerType !== 'touch' || !pageScrolls;
      event.currentTarget.setPointerCapture(event.pointerId);
      press.current = { from: at, offset: held ?? { x: 0, y: 0 }, drags, moved: false };
    },
    onPointerMove(event: PointerEvent<HTMLCanvasElement>) {
      const held = press.current;
      if (held === null) return;
      const at = pointOf(event);
      held.moved ||= Math.hypot(at.x - held.from.x, at.y - held.from.y) >= CLICK_PX;
      if (held.moved && held.drags) put({ x: at.x + held.offset.x, y: at.y + held.offset.y });
    },
    onPointerUp(event: PointerEvent<HTMLCanvasElement>) {
      const held = press.current;
      press.current = null;
      if (held !== null && !held.moved) choose(held.from, event.pointerType);
    },
    onPointerCancel() {
      press.current = null;
    },
  };
}
