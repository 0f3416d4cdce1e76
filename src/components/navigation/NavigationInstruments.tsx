// The column of charts beside the arenas: return and adaptation always; below them two places that several charts share.
import type { ComponentType, CSSProperties } from 'react';
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import { usesTaskBuffer } from '../../algorithms/task-buffer.ts';
import { navigationWords as words } from '../../words/navigation.ts';
import { ChartSlot, type Choice } from '../chart/ChartSlot.tsx';
import { AdaptationPanel } from '../policy/AdaptationPanel.tsx';
import { AlphaPanel } from '../policy/AlphaPanel.tsx';
import { BufferPanel } from '../policy/BufferPanel.tsx';
import { OuterStepPanel } from '../policy/OuterStepPanel.tsx';
import { ReturnPanel } from '../policy/ReturnPanel.tsx';
import { SecondsPanel } from '../policy/SecondsPanel.tsx';
import { GridPanel } from './GridPanel.tsx';
import { useNavigationExperiment } from './use-navigation.ts';

type Learning = 'outer' | 'alpha' | 'buffer';
const LEARNING: Readonly<Record<Learning, ComponentType>> = {
  outer: OuterStepPanel,
  alpha: AlphaPanel,
  buffer: BufferPanel,
};

type Cost = 'seconds' | 'grid';
const COST: Readonly<Record<Cost, ComponentType>> = { seconds: SecondsPanel, grid: GridPanel };
const COST_CHOICES: readonly Choice<Cost>[] = [
  { value: 'seconds', label: words.seconds, title: words.secondsTitle },
  { value: 'grid', label: words.grid, title: words.gridTitle },
];

export function NavigationInstruments() {
  const learnsAlpha = useNavigationExperiment((experiment) =>
    experiment.algorithms.some((id) => usesAdaptiveAlpha(experiment, id)),
  );
  const hasBuffer = useNavigationExperiment((experiment) =>
    experiment.algorithms.some((id) => usesTaskBuffer(experiment, id)),
  );
  const lanes = useNavigationExperiment((experiment) => experiment.algorithms.length);
  const learning: Choice<Learning>[] = [{ value: 'outer', label: words.outer }];
  if (learnsAlpha) learning.push({ value: 'alpha', label: 'α', title: words.alphaTitle });
  if (hasBuffer) learning.push({ value: 'buffer', label: words.buffer, title: words.bufferTitle });
  return (
    <section className="instruments" aria-label={words.charts} style={{ '--lanes': lanes } as CSSProperties}>
      <ReturnPanel />
      <AdaptationPanel />
      <ChartSlot choices={learning} panels={LEARNING} />
      <ChartSlot choices={COST_CHOICES} panels={COST} />
    </section>
  );
}
