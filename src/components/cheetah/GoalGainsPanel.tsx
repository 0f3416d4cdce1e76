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
import type { PolicyAdaptationPoint } from '../../training/policy-session-events.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useCheetah, useCheetahExperiment, useCheetahText, useCheetahView } from './use-cheetah.ts';

/** What every run has been measured by: kept runs of an older program lack the first. */
function errorOf({ experiment, view, data }: CheetahStores): 'trajectories' | 'timesteps' {
  const { scrubIteration } = view.getState();
  const points = experiment.getState().experiment.algorithms.map((id) => data.adaptation(id, scrubIteration));
  return points.some((point) => point !== null && point.velocityErrorsByTask === undefined)
    ? 'timesteps'
    : 'trajectories';
}

/** Of each test task after each number of steps, higher is better. */
function gainsOf(point: PolicyAdaptationPoint, of: 'trajectories' | 'timesteps' | 'directions') {
  return of === 'trajectories'
    ? point.velocityErrorsByTask?.map((errors) => errors.map((error) => -error))
    : point.gainsByTask;
}

function readGains(stores: CheetahStores): GoalGainsData {
  const { experiment: store, view, data } = stores;
  const { experiment } = store.getState();
  const { scrubIteration, innerStep, focus } = view.getState();
  const { family, goalMin, goalMax } = experiment;
  const error = errorOf(stores);
  const runs = experiment.algorithms.flatMap((algorithm) => {
    const point = data.adaptation(algorithm, scrubIteration);
    const gains = point === null ? undefined : gainsOf(point, family === 'dir' ? 'directions' : error);
    if (gains === undefined) return [];
    const goals = drawCheetahTests(experiment, gains[0]!.length).map(({ goal }) => goal);
    const after = gains[Math.min(innerStep, gains.length - 1)]!;
    return [{ algorithm, goals, before: gains[0]!, after }];
  });
  return {
    task: family === 'dir' ? 'direction' : 'velocity',
    errorOf: error,
    runs,
    goalRange: goalMax > goalMin ? [goalMin, goalMax] : [goalMin - 0.5, goalMin + 0.5],
    step: innerStep,
    focus,
  };
}

export function GoalGainsPanel() {
  const stores = useCheetah();
  const previous = useRef<{ readonly kind: string; readonly scene: GoalGainsScene } | null>(null);
  const isDirection = useCheetahExperiment(({ family }) => family === 'dir');
  // Read so that the drawing follows them while training is paused.
  useCheetahView((view) => view.focus);
  useCheetahView((view) => view.innerStep);
  useCheetahView((view) => view.scrubIteration);
  const error = useCheetahText(() => errorOf(stores));
  const qualifier = isDirection ? words.gainsQualifier : words.errorQualifiers[error];
  return (
    <ChartPanel
      title={isDirection ? words.byDirection : words.speedError}
      heading={<h2 className="visually-hidden">{isDirection ? words.byDirection : words.speedError}</h2>}
      qualifier={qualifier}
      layout={(view) => {
        const data = readGains(stores);
        // Another kind of task or error is another chart: nothing of the old one's domain holds.
        const kind = `${data.task} ${data.errorOf}`;
        const kept = previous.current?.kind === kind ? previous.current.scene : null;
        const scene = layoutGoalGains(data, view, kept);
        previous.current = { kind, scene };
        return scene;
      }}
      summary={() => describeGoalGains(readGains(stores), labelOf)}
      table={() => tableGoalGains(readGains(stores), labelOf)}
    />
  );
}
