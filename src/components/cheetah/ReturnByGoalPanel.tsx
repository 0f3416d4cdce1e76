// Test returns over training by kind of goal, of the run in focus, in its frame. Follows both scrubbers.
import { useRef } from 'react';
import {
  describeReturnByGoal,
  type GoalGroup,
  layoutReturnByGoal,
  type ReturnByGoalData,
  type ReturnByGoalScene,
  tableReturnByGoal,
} from '../../charts/return-by-goal.ts';
import { formatValue } from '../../charts/scales.ts';
import type { CheetahExperiment } from '../../experiment/cheetah-experiment.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { mean } from '../../math/statistics.ts';
import type { CheetahStores } from '../../state/cheetah-types.ts';
import { drawCheetahTests } from '../../training/cheetah-test-tasks.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useCheetah, useCheetahExperiment, useCheetahView } from './use-cheetah.ts';

interface Kind {
  readonly label: string;
  includes(goal: number): boolean;
}

/** Directions, or thirds of the range of goals. */
function kindsOf({ family, goalMin, goalMax }: CheetahExperiment): readonly Kind[] {
  if (family === 'dir') {
    return [
      { label: words.forwards, includes: (goal) => goal > 0 },
      { label: words.backwards, includes: (goal) => goal < 0 },
    ];
  }
  const at = (third: number) => goalMin + (third / 3) * (goalMax - goalMin);
  return [0, 1, 2].map((third) => ({
    label: `${formatValue(at(third))}–${formatValue(at(third + 1))}`,
    includes: (goal: number) => goal >= at(third) && (goal < at(third + 1) || third === 2),
  }));
}

function shownRun({ algorithms }: CheetahExperiment, focus: AlgorithmId): AlgorithmId {
  return algorithms.includes(focus) ? focus : algorithms[0]!;
}

function readByGoal(
  { experiment: store, view, data }: CheetahStores,
  hoverX: number | null,
): ReturnByGoalData {
  const { experiment } = store.getState();
  const { innerStep: step, focus, scrubIteration } = view.getState();
  const algorithm = shownRun(experiment, focus);
  // An older record may have kept the means alone.
  const points = data
    .adaptations(algorithm)
    .filter(({ returnsByTask }) => (returnsByTask[0]?.length ?? 0) > 0);
  const goals = new Map<number, readonly number[]>();
  const goalsOf = (count: number): readonly number[] => {
    const known = goals.get(count) ?? drawCheetahTests(experiment, count).map(({ goal }) => goal);
    goals.set(count, known);
    return known;
  };
  const groups = kindsOf(experiment).map(({ label, includes }): GoalGroup => {
    const means = (at: number) =>
      points.map(({ returnsByTask }) => {
        const returns = returnsByTask[Math.min(at, returnsByTask.length - 1)]!;
        const own = returns.filter((_, task) => includes(goalsOf(returns.length)[task]!));
        return own.length === 0 ? Number.NaN : mean(own);
      });
    return { label, before: means(0), after: means(step) };
  });
  return {
    algorithm,
    iterations: points.map(({ iteration }) => iteration),
    groups,
    step,
    xLimit: experiment.metaIterations,
    scrubX: scrubIteration,
    hoverX,
  };
}

export function ReturnByGoalPanel() {
  const stores = useCheetah();
  const previous = useRef<{ readonly family: string; readonly scene: ReturnByGoalScene } | null>(null);
  const experiment = useCheetahExperiment((now) => now);
  const focus = useCheetahView((view) => view.focus);
  const step = useCheetahView((view) => view.innerStep);
  useCheetahView((view) => view.scrubIteration);
  return (
    <ChartPanel
      title={words.byGoalTitle}
      heading={<h2 className="visually-hidden">{words.byGoalTitle}</h2>}
      qualifier={
        <>
          <AlgorithmName id={shownRun(experiment, focus)} /> {words.byGoalQualifier(step)}
        </>
      }
      restMs={250}
      layout={(view, pointer) => {
        const data = readByGoal(stores, pointer?.x ?? null);
        const { family } = stores.experiment.getState().experiment;
        const kept = previous.current?.family === family ? previous.current.scene : null;
        const scene = layoutReturnByGoal(data, view, kept);
        previous.current = { family, scene };
        return scene;
      }}
      summary={() => describeReturnByGoal(readByGoal(stores, null), labelOf)}
      table={() => tableReturnByGoal(readByGoal(stores, null))}
    />
  );
}
