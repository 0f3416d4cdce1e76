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
import type { PolicyAdaptationPoint } from '../../training/policy-session-events.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { labelOf } from '../labels.ts';
import { useCheetah, useCheetahExperiment, useCheetahText, useCheetahView } from './use-cheetah.ts';

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

type PointLists = Pick<PolicyAdaptationPoint, 'returnsByTask' | 'gainsByTask'>;

const hasReturns = ({ returnsByTask }: PointLists) => (returnsByTask[0]?.length ?? 0) > 0;
const hasGains = ({ gainsByTask }: PointLists) => (gainsByTask?.[0]?.length ?? 0) > 0;

/** Test tasks' own returns over training; of kept runs that lack them, as those that come with the page do, their gains. */
function measuredBy(points: readonly PointLists[]): 'returns' | 'gains' {
  return points.some((point) => !hasReturns(point) && hasGains(point)) ? 'gains' : 'returns';
}

/** The words beside the title. */
function qualifierOf({ experiment, view, data }: CheetahStores): string {
  const { experiment: now } = experiment.getState();
  const { innerStep, focus } = view.getState();
  const by = measuredBy(data.adaptations(shownRun(now, focus)));
  const what = by === 'returns' ? '' : words.byGoalGains[now.family === 'dir' ? 'direction' : 'velocity'];
  return what + words.byGoalQualifier(innerStep);
}

function readByGoal(
  { experiment: store, view, data }: CheetahStores,
  hoverX: number | null,
): ReturnByGoalData {
  const { experiment } = store.getState();
  const { innerStep: step, focus, scrubIteration } = view.getState();
  const algorithm = shownRun(experiment, focus);
  const all = data.adaptations(algorithm);
  const by = measuredBy(all);
  // An older record may have kept the means alone.
  const points = all.filter(by === 'returns' ? hasReturns : hasGains);
  const listsOf = (point: PointLists) => (by === 'returns' ? point.returnsByTask : point.gainsByTask!);
  const goals = new Map<number, readonly number[]>();
  const goalsOf = (count: number): readonly number[] => {
    const known = goals.get(count) ?? drawCheetahTests(experiment, count).map(({ goal }) => goal);
    goals.set(count, known);
    return known;
  };
  const groups = kindsOf(experiment).map(({ label, includes }): GoalGroup => {
    const means = (at: number) =>
      points.map((point) => {
        const lists = listsOf(point);
        const values = lists[Math.min(at, lists.length - 1)]!;
        const own = values.filter((_, task) => includes(goalsOf(values.length)[task]!));
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
  const previous = useRef<{ readonly kind: string; readonly scene: ReturnByGoalScene } | null>(null);
  const experiment = useCheetahExperiment((now) => now);
  const focus = useCheetahView((view) => view.focus);
  useCheetahView((view) => view.innerStep);
  useCheetahView((view) => view.scrubIteration);
  const qualifier = useCheetahText(() => qualifierOf(stores));
  return (
    <ChartPanel
      title={words.byGoalTitle}
      heading={<h2 className="visually-hidden">{words.byGoalTitle}</h2>}
      qualifier={
        <>
          <AlgorithmName id={shownRun(experiment, focus)} /> {qualifier}
        </>
      }
      restMs={250}
      layout={(view, pointer) => {
        const data = readByGoal(stores, pointer?.x ?? null);
        // Other tasks or measures are another chart: nothing of the old one's domains holds.
        const { family } = stores.experiment.getState().experiment;
        const kind = `${family} ${measuredBy(stores.data.adaptations(data.algorithm))}`;
        const kept = previous.current?.kind === kind ? previous.current.scene : null;
        const scene = layoutReturnByGoal(data, view, kept);
        previous.current = { kind, scene };
        return scene;
      }}
      summary={() => describeReturnByGoal(readByGoal(stores, null), labelOf)}
      table={() => tableReturnByGoal(readByGoal(stores, null))}
    />
  );
}
