// The column of charts beside the lanes: return and adaptation always; below them places that several charts share.
import { type ComponentType, type CSSProperties, lazy, Suspense } from 'react';
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import { usesTaskBuffer } from '../../algorithms/task-buffer.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { ChartSlot, type Choice } from '../chart/ChartSlot.tsx';
import { AdaptationPanel } from '../policy/AdaptationPanel.tsx';
import { AlphaPanel } from '../policy/AlphaPanel.tsx';
import { BufferPanel } from '../policy/BufferPanel.tsx';
import { OuterStepPanel } from '../policy/OuterStepPanel.tsx';
import { ReturnPanel } from '../policy/ReturnPanel.tsx';
import { SecondsPanel } from '../policy/SecondsPanel.tsx';
import { useCheetahExperiment } from './use-cheetah.ts';

type Learning = 'outer' | 'alpha' | 'buffer';
const LEARNING: Readonly<Record<Learning, ComponentType>> = {
  outer: OuterStepPanel,
  alpha: AlphaPanel,
  buffer: BufferPanel,
};
// Fetched when their tabs are first chosen.
const GoalGainsPanel = lazy(async () => ({
  default: (await import('./GoalGainsPanel.tsx')).GoalGainsPanel,
}));
const ReturnByGoalPanel = lazy(async () => ({
  default: (await import('./ReturnByGoalPanel.tsx')).ReturnByGoalPanel,
}));

type Tests = 'steps' | 'goals' | 'over-training';
const TESTS: Readonly<Record<Tests, ComponentType>> = {
  steps: () => <AdaptationPanel isTitled />,
  goals: () => (
    <Suspense>
      <GoalGainsPanel />
    </Suspense>
  ),
  'over-training': () => (
    <Suspense>
      <ReturnByGoalPanel />
    </Suspense>
  ),
};
const TESTS_CHOICES: readonly Choice<Tests>[] = [
  { value: 'steps', label: words.adaptation, title: words.adaptationTitle },
  { value: 'goals', label: words.byTask, title: words.byTaskTitle },
  { value: 'over-training', label: words.byGoalTab, title: words.byGoalTitle },
];
const COST: Readonly<Record<'seconds', ComponentType>> = { seconds: SecondsPanel };

export function CheetahInstruments() {
  const learnsAlpha = useCheetahExperiment((experiment) =>
    experiment.algorithms.some((id) => usesAdaptiveAlpha(experiment, id)),
  );
  const hasBuffer = useCheetahExperiment((experiment) =>
    experiment.algorithms.some((id) => usesTaskBuffer(experiment, id)),
  );
  const lanes = useCheetahExperiment((experiment) => experiment.algorithms.length);
  const learning: Choice<Learning>[] = [{ value: 'outer', label: words.outer }];
  if (learnsAlpha) learning.push({ value: 'alpha', label: 'α', title: words.alphaTitle });
  if (hasBuffer) learning.push({ value: 'buffer', label: words.buffer, title: words.bufferTitle });
  return (
    <section className="instruments" aria-label={words.charts} style={{ '--lanes': lanes } as CSSProperties}>
      <ReturnPanel />
      <ChartSlot choices={TESTS_CHOICES} panels={TESTS} />
      <ChartSlot choices={learning} panels={LEARNING} />
      <ChartSlot
        choices={[{ value: 'seconds', label: words.secondsTab, title: words.secondsTitle }]}
        panels={COST}
      />
    </section>
  );
}
