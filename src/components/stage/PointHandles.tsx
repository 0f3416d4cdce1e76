// The keyboard's way to the support points and the true curve: one invisible button each, of which one is in the tab
// order. The canvas draws the ring; positions are written past React while things move.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { FitScene } from '../../charts/fit-chart.ts';
import type { Hit } from '../../charts/pointer.ts';
import { stageWords as words } from '../../words/stage.ts';
import { formatLoss } from '../format.ts';
import { keyOf } from '../present/keys.ts';
import { useExperiment, useStores } from '../stores-context.ts';
import { useCalmView } from '../use-data-text.ts';
import { addPointInGap, nudgePoint, removePoint, trueValue, withAmplitude, withPhase } from './task-edits.ts';

const FINE = 0.1;
const COARSE = 0.5;
/** Index of the true curve among the handles; points follow from 0. */
const CURVE = -1;

interface PointHandlesProps {
  /** Hands out a function that puts the buttons where the scene has them. */
  readonly place: React.RefObject<((scene: FitScene) => void) | null>;
  onFocus(focused: Hit): void;
}

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

export function PointHandles({ place, onFocus }: PointHandlesProps) {
  const { view } = useStores();
  const task = useCalmView((state) => state.task);
  const xMin = useExperiment((state) => state.experiment.xMin);
  const xMax = useExperiment((state) => state.experiment.xMax);
  const [active, setActive] = useState(0);
  const group = useRef<HTMLFieldSetElement>(null);
  const count = task.points.length;
  const current = Math.min(active, count - 1);

  useEffect(() => {
    place.current = (scene) => {
      for (const button of group.current?.querySelectorAll('button') ?? []) {
        const index = Number(button.dataset.index);
        const at =
          index === CURVE
            ? { x: scene.plot.x + scene.plot.width / 2, y: scene.plot.y + scene.plot.height / 2 }
            : scene.handles.find((handle) => handle.index === index);
        if (at === undefined) continue;
        const transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
        if (button.style.transform !== transform) button.style.transform = transform;
      }
    };
    return () => {
      place.current = null;
    };
  }, [place]);

  const focus = (index: number) => {
    setActive(index);
    group.current?.querySelector<HTMLButtonElement>(`[data-index="${index}"]`)?.focus();
  };
  const move = (index: number, [right, up]: readonly [number, number], by: number) => {
    const { set, task: now } = view.getState();
    if (index === CURVE) {
      set({ task: withAmplitude(withPhase(now, now.phase + right * by), now.amplitude + up * by) });
    } else set({ task: nudgePoint(now, index, { dx: right * by, dy: up * by, xMin, xMax }) });
  };
  const onKeyDown = (index: number) => (event: KeyboardEvent) => {
    const { set, task: now } = view.getState();
    const id = keyOf('handle', event);
    const arrow = ARROWS[event.key];
    if (arrow !== undefined && (id === 'move' || id === 'move-far'))
      move(index, arrow, id === 'move-far' ? COARSE : FINE);
    else if (id === 'next-handle') focus(index >= count - 1 ? CURVE : index + 1);
    else if (id === 'previous-handle') focus(index === CURVE ? count - 1 : index - 1);
    else if (id === 'add') set({ task: addPointInGap(now, xMin, xMax) });
    else if (id === 'remove' && index !== CURVE) {
      set({ task: removePoint(now, index) });
      if (index === count - 1 && index > 0) focus(index - 1);
    } else return;
    event.preventDefault();
  };
  const button = (index: number, label: string) => (
    <button
      key={index}
      type="button"
      data-index={index}
      tabIndex={index === current ? 0 : -1}
      aria-label={label}
      aria-describedby="handles-hint"
      onKeyDown={onKeyDown(index)}
      onFocus={() => {
        setActive(index);
        onFocus(index === CURVE ? { kind: 'curve' } : { kind: 'support', index, x: 0, y: 0 });
      }}
      onBlur={() => onFocus(null)}
    />
  );
  return (
    <fieldset ref={group} className="handles" aria-label={words.handles}>
      {task.points.map((point, index) =>
        button(
          index,
          words.pointHandle(index, formatLoss(point.x), formatLoss(trueValue(task, point.x) + point.offset)),
        ),
      )}
      {button(CURVE, words.curveHandle(formatLoss(task.amplitude), formatLoss(task.phase)))}
      <span className="hint" id="handles-hint">
        {words.handlesHint}
      </span>
    </fieldset>
  );
}
