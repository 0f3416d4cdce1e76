// How well each test task is done by its goal, in its frame: where the policies fail. Follows both scrubbers.
import { useRef } from 'react';
import {
  describeGoalGains,
  type GoalGainsData,
  type GoalGainsScene,
  layoutGoalGains,
  tableGoalGains,
} from '../../charts/goal-gains.ts';
import type { CheetahStores } from '../../state/cheetah-types.ts';
import { drawCheetahTests } from '../../training/cheetah-test-tasks.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useCheetah, useCheetahExperiment, useCheetahView } from './use-cheetah.ts';

function readGains({ experiment: store, view, data }: CheetahStores): GoalGainsData {
  const { experiment } = store.getState();
  const { scrubIteration, innerStep, focus } = view.getState();
  const runs = experiment.algorithms.flatMap((algorithm) => {
    const point = data.adaptation(algorithm, scrubIteration);
    const { gainsByTask } = point ?? {};
    if (gainsByTask === undefined) return [];
    const goals = drawCheetahTests(experiment, gainsByTask[0]!.length).map(({ goal }) => goal);
    const after = gainsByTask[Math.min(innerStep, gainsByTask.length - 1)]!;
    return [{ algorithm, goals, before: gainsByTask[0]!, after }];
  });
  const { family, goalMin, goalMax } = experiment;
  return {
    task: family === 'dir' ? 'direction' : 'velocity',
    runs,
    goalRange: goalMax > goalMin ? [goalMin, goalMax] : [goalMin - 0.5, goalMin + 0.5],
    step: innerStep,
    focus,
  };
}

export function GoalGainsPanel() {
  const stores = useCheetah();
  const previous = useRef<{ readonly task: string; readonly scene: GoalGainsScene } | null>(null);
  const isDirection = useCheetahExperiment(({ family }) => family === 'dir');
  // Read so that the drawing follows them while training is paused.
  useCheetahView((view) => view.focus);
  useCheetahView((view) => view.innerStep);
  useCheetahView((view) => view.scrubIteration);
  return (
    <ChartPanel
      title={isDirection ? words.byDirection : words.speedError}
      heading={<h2 className="visually-hidden">{isDirection ? words.byDirection : words.speedError}</h2>}
      qualifier={words.gainsQualifier}
      layout={(view) => {
        const data = readGains(stores);
        // Another kind of task is another chart: nothing of the old one's domain holds.
        const kept = previous.current?.task === data.task ? previous.current.scene : null;
        const scene = layoutGoalGains(data, view, kept);
        previous.current = { task: data.task, scene };
        return scene;
      }}
      summary={() => describeGoalGains(readGains(stores), labelOf)}
      table={() => tableGoalGains(readGains(stores), labelOf)}
    />
  );
}
