// The keyboard's way to the goal: an invisible button where the first arena draws it, moved by arrows. Its position is
// written past React while things move.
import { type KeyboardEvent, type RefObject, useEffect, useRef } from 'react';
import type { NavigationArenaScene } from '../../charts/navigation-arena.ts';
import { toScreen } from '../../charts/plane.ts';
import { navigationWords as words } from '../../words/navigation.ts';
import { formatLoss } from '../format.ts';
import { keyOf } from '../present/keys.ts';
import { shownGoal } from './arena-reader.ts';
import { clampGoal } from './goal-edits.ts';
import { useNavigation, useNavigationView } from './use-navigation.ts';

const FINE = 0.02;
const COARSE = 0.1;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

interface GoalHandleProps {
  /** Hands out a function that puts the button where the scene has the goal. */
  readonly place: RefObject<((scene: NavigationArenaScene) => void) | null>;
}

export function GoalHandle({ place }: GoalHandleProps) {
  const stores = useNavigation();
  const button = useRef<HTMLButtonElement>(null);
  // Read so that the name follows the goal.
  useNavigationView((view) => view.probeGoal);
  useNavigationView((view) => view.probe);
  const { x, y } = shownGoal(stores);

  useEffect(() => {
    place.current = (scene) => {
      const goal = shownGoal(stores);
      const at = toScreen(scene.plane, goal.x, goal.y);
      const transform = `translate(${at.x.toFixed(1)}px, ${at.y.toFixed(1)}px)`;
      const element = button.current;
      if (element !== null && element.style.transform !== transform) element.style.transform = transform;
    };
    return () => {
      place.current = null;
    };
  }, [place, stores]);

  const onKeyDown = (event: KeyboardEvent) => {
    const id = keyOf('handle', event);
    const arrow = ARROWS[event.key];
    if (arrow === undefined || (id !== 'move' && id !== 'move-far')) return;
    event.preventDefault();
    const by = id === 'move-far' ? COARSE : FINE;
    const now = shownGoal(stores);
    const { experiment } = stores.experiment.getState();
    const moved = { x: now.x + arrow[0] * by, y: now.y + arrow[1] * by };
    stores.view.getState().set({ probeGoal: clampGoal(experiment, moved) });
  };
  return (
    <div className="handles">
      <button
        ref={button}
        type="button"
        aria-label={words.goalAt(formatLoss(x), formatLoss(y))}
        aria-describedby="goal-hint"
        onKeyDown={onKeyDown}
      />
      <span className="hint" id="goal-hint">
        {words.goalHint}
      </span>
    </div>
  );
}
