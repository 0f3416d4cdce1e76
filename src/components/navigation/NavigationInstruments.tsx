// The column of charts beside the arenas: return and adaptation always; below them two places that several charts share.
import { type ComponentType, type CSSProperties, useRef, useState } from 'react';
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import { usesTaskBuffer } from '../../algorithms/task-buffer.ts';
import { Segments } from '../Segments.tsx';
import { AdaptationPanel } from './AdaptationPanel.tsx';
import { AlphaPanel } from './AlphaPanel.tsx';
import { BufferPanel } from './BufferPanel.tsx';
import { GridPanel } from './GridPanel.tsx';
import { OuterStepPanel } from './OuterStepPanel.tsx';
import { ReturnPanel } from './ReturnPanel.tsx';
import { SecondsPanel } from './SecondsPanel.tsx';
import { useNavigationExperiment } from './use-navigation.ts';

interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly title?: string;
}

interface SlotProps<T extends string> {
  /** The first one is shown until another is chosen, and again when the chosen one is no longer offered. */
  readonly choices: readonly Choice<T>[];
  readonly panels: Readonly<Record<T, ComponentType>>;
}

/** One place in the column for several charts, chosen by their titles. */
function Slot<T extends string>({ choices, panels }: SlotProps<T>) {
  const [chosen, setChosen] = useState<T | null>(null);
  const slot = useRef<HTMLDivElement>(null);
  const shown = choices.find(({ value }) => value === chosen) ?? choices[0]!;
  const Panel: ComponentType = panels[shown.value];
  return (
    // The tabs are not part of the panel: choosing another must not take the focus from them.
    <div className="slot" data-shown={shown.value} ref={slot}>
      <div className="title-tabs">
        {choices.length > 1 ? (
          <Segments<T>
            name="Chart shown here"
            value={shown.value}
            options={choices}
            onChange={(next) => {
              setChosen(next);
              // On a low screen the last panel may grow beyond the column's edge.
              requestAnimationFrame(() => slot.current?.scrollIntoView({ block: 'nearest' }));
            }}
          />
        ) : (
          <strong aria-hidden="true">{shown.label}</strong>
        )}
      </div>
      <Panel />
    </div>
  );
}

type Learning = 'outer' | 'alpha' | 'buffer';
const LEARNING: Readonly<Record<Learning, ComponentType>> = {
  outer: OuterStepPanel,
  alpha: AlphaPanel,
  buffer: BufferPanel,
};

type Cost = 'seconds' | 'grid';
const COST: Readonly<Record<Cost, ComponentType>> = { seconds: SecondsPanel, grid: GridPanel };
const COST_CHOICES: readonly Choice<Cost>[] = [
  { value: 'seconds', label: 'Seconds', title: 'Seconds per phase' },
  { value: 'grid', label: 'Batch sizes', title: 'Return by batch size' },
];

export function NavigationInstruments() {
  const learnsAlpha = useNavigationExperiment((experiment) =>
    experiment.algorithms.some((id) => usesAdaptiveAlpha(experiment, id)),
  );
  const hasBuffer = useNavigationExperiment((experiment) =>
    experiment.algorithms.some((id) => usesTaskBuffer(experiment, id)),
  );
  const lanes = useNavigationExperiment((experiment) => experiment.algorithms.length);
  const learning: Choice<Learning>[] = [{ value: 'outer', label: 'Outer step' }];
  if (learnsAlpha) learning.push({ value: 'alpha', label: 'α', title: 'Inner learning rate' });
  if (hasBuffer) learning.push({ value: 'buffer', label: 'Buffer', title: 'Task buffer' });
  return (
    <section className="instruments" aria-label="Charts" style={{ '--lanes': lanes } as CSSProperties}>
      <ReturnPanel />
      <AdaptationPanel />
      <Slot choices={learning} panels={LEARNING} />
      <Slot choices={COST_CHOICES} panels={COST} />
    </section>
  );
}
