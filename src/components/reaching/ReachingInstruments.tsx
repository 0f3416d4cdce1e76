// The column of charts beside the arena: buffer, distance, final distance; the phase map and the paper's two small
// stories share the last place. The stories are fetched when first looked at.
import { type ComponentType, lazy, Suspense, useRef, useState } from 'react';
import { reachingWords as words } from '../../words/reaching.ts';
import { Segments } from '../Segments.tsx';
import { BufferPanel } from './BufferPanel.tsx';
import { DistancePanel } from './DistancePanel.tsx';
import { FinalPanel } from './FinalPanel.tsx';
import { PhasePanel } from './PhasePanel.tsx';

type Story = 'phase' | 'mismatch' | 'stepSize';

const STORIES: Readonly<Record<Story, ComponentType>> = {
  phase: PhasePanel,
  mismatch: lazy(async () => ({ default: (await import('./MismatchPanel.tsx')).MismatchPanel })),
  stepSize: lazy(async () => ({ default: (await import('./StepSizePanel.tsx')).StepSizePanel })),
};

export function ReachingInstruments() {
  const [story, setStory] = useState<Story>('phase');
  const Panel = STORIES[story];
  const slot = useRef<HTMLDivElement>(null);
  return (
    <section className="instruments" aria-label={words.charts}>
      <BufferPanel />
      <DistancePanel />
      <FinalPanel />
      {/* The tabs are not part of the panel: choosing another must not take the focus from them. */}
      <div className="story-slot" ref={slot}>
        <div className="title-tabs">
          <Segments<Story>
            name={words.chartHere}
            value={story}
            options={[
              { value: 'phase', label: words.phase },
              { value: 'mismatch', label: words.mismatch },
              { value: 'stepSize', label: words.stepSize },
            ]}
            onChange={(next) => {
              setStory(next);
              // On a low screen the last panel lies below the column's edge.
              slot.current?.scrollIntoView({ block: 'nearest' });
            }}
          />
        </div>
        <Suspense fallback={null}>
          <Panel />
        </Suspense>
      </div>
    </section>
  );
}
