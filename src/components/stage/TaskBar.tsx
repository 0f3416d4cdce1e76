// The user's own task in numbers: amplitude, phase, how many points; a new random task. The keyboard's equivalent
// of dragging the curve.
import { ACCESSIBILITY_WORDS as words } from '../../words/accessibility.ts';
import { stageWords } from '../../words/stage.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { PointsPopover } from '../controls/PointsPopover.tsx';
import { SymbolMark } from '../reading/SymbolMark.tsx';
import { useExperiment, useStores } from '../stores-context.ts';
import { useCalmView } from '../use-data-text.ts';
import {
  AMPLITUDE_LIMIT,
  addPointInGap,
  MAX_POINTS,
  movePoint,
  removePoint,
  trueValue,
  withAmplitude,
  withPhase,
} from './task-edits.ts';

/** Of a typed y: far beyond what the picture shows. */
const POINT_LIMIT = 20;

function DiceIcon() {
  return (
    <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="currentColor">
      <rect x="1" y="1" width="12" height="12" rx="2" fill="none" stroke="currentColor" strokeWidth="1.3" />
      <circle cx="4.4" cy="4.4" r="1.1" />
      <circle cx="9.6" cy="4.4" r="1.1" />
      <circle cx="7" cy="7" r="1.1" />
      <circle cx="4.4" cy="9.6" r="1.1" />
      <circle cx="9.6" cy="9.6" r="1.1" />
    </svg>
  );
}

export function TaskBar() {
  const { view } = useStores();
  const amplitude = useCalmView((state) => state.task.amplitude);
  const phase = useCalmView((state) => state.task.phase);
  const points = useCalmView((state) => state.task.points);
  const count = points.length;
  const xMin = useExperiment((state) => state.experiment.xMin);
  const xMax = useExperiment((state) => state.experiment.xMax);
  const { set, rollTask } = view.getState();
  const task = () => view.getState().task;
  return (
    <fieldset className="task-bar">
      <legend className="visually-hidden">{stageWords.task}</legend>
      <span className="symbol" data-symbol-group="">
        y = <SymbolMark symbol="A" /> sin(
        <SymbolMark symbol="x" entersHere={false} /> − <SymbolMark symbol="φ" entersHere={false} />)
      </span>
      <span className="task-number">
        <span className="symbol" aria-hidden="true" data-symbol="A">
          A
        </span>
        <NumberInput
          name={stageWords.amplitude}
          value={amplitude}
          min={0}
          max={AMPLITUDE_LIMIT}
          digits={2}
          nudge={(value, direction) => value + direction * 0.1}
          onCommit={(value) =>
            set({ task: withAmplitude(task(), Number.isFinite(value) ? value : amplitude) })
          }
        />
      </span>
      <span className="task-number">
        <span className="symbol" aria-hidden="true" data-symbol="φ">
          φ
        </span>
        <NumberInput
          name={stageWords.phase}
          value={phase}
          min={-10}
          max={10}
          digits={2}
          nudge={(value, direction) => value + direction * 0.1}
          onCommit={(value) => set({ task: withPhase(task(), Number.isFinite(value) ? value : phase) })}
        />
        <span className="quiet">{stageWords.radians}</span>
      </span>
      <PointsPopover
        name={words.pointCount(count)}
        className="number spacer"
        label={
          <span className="quiet" data-testid="point-count">
            {words.pointCount(count)}
          </span>
        }
        table={() => ({
          points: points.map(({ x, offset }) => ({ x, y: trueValue(task(), x) + offset })),
          limits: { x: [xMin, xMax], y: [-POINT_LIMIT, POINT_LIMIT] },
          least: 1,
          most: MAX_POINTS,
          onMove: (index, to) => set({ task: movePoint(task(), index, to) }),
          onRemove: (index) => set({ task: removePoint(task(), index) }),
          onAdd: () => set({ task: addPointInGap(task(), xMin, xMax) }),
        })}
      />
      <button
        type="button"
        disabled={count >= MAX_POINTS}
        title={stageWords.addPointTitle}
        onClick={() => set({ task: addPointInGap(task(), xMin, xMax) })}
      >
        {stageWords.addPoint}
      </button>
      <button type="button" className="dice" title={stageWords.newTaskTitle} onClick={rollTask}>
        <DiceIcon /> {stageWords.newTask}
      </button>
    </fieldset>
  );
}
