// The column of charts beside the arena: buffer, distance, final distance; the phase map and the paper's two small
// stories share the last place.
import { useState } from 'react';
import { Segments } from '../Segments.tsx';
import { BufferPanel } from './BufferPanel.tsx';
import { DistancePanel } from './DistancePanel.tsx';
import { FinalPanel } from './FinalPanel.tsx';
import { MismatchPanel } from './MismatchPanel.tsx';
import { PhasePanel } from './PhasePanel.tsx';
import { StepSizePanel } from './StepSizePanel.tsx';

const STORIES = { phase: PhasePanel, mismatch: MismatchPanel, stepSize: StepSizePanel } as const;
type Story = keyof typeof STORIES;

export function ReachingInstruments() {
  const [story, setStory] = useState<Story>('phase');
  const Panel = STORIES[story];
  const heading = (
    <div className="title-tabs">
      <Segments<Story>
        name="Chart shown here"
        value={story}
        options={[
          { value: 'phase', label: 'Phase map' },
          { value: 'mismatch', label: 'Mismatch' },
          { value: 'stepSize', label: 'Learning rate' },
        ]}
        onChange={setStory}
      />
    </div>
  );
  return (
    <section className="instruments" aria-label="Charts">
      <BufferPanel />
      <DistancePanel />
      <FinalPanel />
      <Panel heading={heading} />
    </section>
  );
}
