// The column of charts beside the stage: learning, adaptation, α or buffer in one place, parameter space.
import { useState } from 'react';
import { instrumentWords as words } from '../../words/instruments.ts';
import { AdaptationChart } from './AdaptationChart.tsx';
import { AlphaPanel } from './AlphaPanel.tsx';
import { BufferPanel } from './BufferPanel.tsx';
import { LearningCurveChart } from './LearningCurveChart.tsx';
import { ParameterSpacePanel } from './ParameterSpacePanel.tsx';

export type RmamlView = 'alpha' | 'buffer';

export function Instruments() {
  const [rmamlView, setRmamlView] = useState<RmamlView>('alpha');
  return (
    <section className="instruments" aria-label={words.charts}>
      <LearningCurveChart />
      <AdaptationChart />
      {rmamlView === 'alpha' ? (
        <AlphaPanel onChoose={setRmamlView} />
      ) : (
        <BufferPanel onChoose={setRmamlView} />
      )}
      <ParameterSpacePanel />
    </section>
  );
}
