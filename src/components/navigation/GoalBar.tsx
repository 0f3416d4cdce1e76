// Over the arenas: the chosen goal in numbers, the way back to the first test goal, what the arenas show, and what they
// are waiting for. The keyboard's equivalent of pressing in an arena.
import { groupThousands } from '../../charts/scales.ts';
import { navigationWords } from '../../words/navigation.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { isAnyWaiting, shownGoal } from './arena-reader.ts';
import { clampGoal, goalLimit } from './goal-edits.ts';
import {
  useNavigation,
  useNavigationExperiment,
  useNavigationText,
  useNavigationView,
} from './use-navigation.ts';

function GoalNumber({ axis }: { readonly axis: 'x' | 'y' }) {
  const stores = useNavigation();
  const limit = useNavigationExperiment(goalLimit);
  useNavigationView((view) => view.probeGoal);
  useNavigationView((view) => view.probe);
  const goal = shownGoal(stores);
  const set = (value: number) => {
    const now = shownGoal(stores);
    const next = { ...now, [axis]: Number.isFinite(value) ? value : now[axis] };
    stores.view.getState().set({ probeGoal: clampGoal(stores.experiment.getState().experiment, next) });
  };
  return (
    <span className="task-number">
      <span className="symbol" aria-hidden="true">
        {axis}
      </span>
      <NumberInput
        name={navigationWords.goalAxis(axis)}
        value={goal[axis]}
        min={-limit}
        max={limit}
        digits={2}
        nudge={(value, direction) => value + direction * 0.02}
        onCommit={set}
      />
    </span>
  );
}

function Toggle({ label, title, pressed, onPress }: ToggleProps) {
  return (
    <button type="button" className="toggle" aria-pressed={pressed} title={title} onClick={onPress}>
      {label}
    </button>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly title: string;
  readonly pressed: boolean;
  onPress(): void;
}

/** What the arenas show now, in a few words; its place is kept. */
function useStateWords(): string {
  const stores = useNavigation();
  const scrub = useNavigationView((view) => view.scrubIteration);
  useNavigationView((view) => view.probe);
  const waits = useNavigationText(() => isAnyWaiting(stores), 100);
  if (waits) return navigationWords.adapting;
  return scrub === null ? navigationWords.moveIt : navigationWords.policyAt(groupThousands(scrub));
}

export function GoalBar() {
  const { view } = useNavigation();
  const hasOwnGoal = useNavigationView((state) => state.probeGoal !== null);
  const showField = useNavigationView((state) => state.showField);
  const showEpisodes = useNavigationView((state) => state.showEpisodes);
  const words = useStateWords();
  const { set } = view.getState();
  return (
    <fieldset className="task-bar goal-bar">
      <legend className="visually-hidden">{navigationWords.goal}</legend>
      <span aria-hidden="true">
        <strong>✕</strong> {navigationWords.goal}
      </span>
      <GoalNumber axis="x" />
      <GoalNumber axis="y" />
      <button
        type="button"
        disabled={!hasOwnGoal}
        title={navigationWords.testGoalTitle}
        onClick={() => set({ probeGoal: null })}
      >
        {navigationWords.testGoal}
      </button>
      <span className="quiet goal-words" data-testid="goal-words">
        {words}
      </span>
      <span className="switches">
        <Toggle
          label={navigationWords.field}
          title={navigationWords.fieldTitle}
          pressed={showField}
          onPress={() => set({ showField: !showField })}
        />
        <Toggle
          label={navigationWords.trajectories}
          title={navigationWords.trajectoriesTitle}
          pressed={showEpisodes}
          onPress={() => set({ showEpisodes: !showEpisodes })}
        />
      </span>
    </fieldset>
  );
}
