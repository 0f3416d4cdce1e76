// The stage: the user's task fitted by every chosen algorithm, one panel each on shared axes.
import { type CSSProperties, useState } from 'react';
import { stageWords as words } from '../../words/stage.ts';
import { useExperiment, useStores } from '../stores-context.ts';
import { useMediaQuery } from '../use-media-query.ts';
import { FitPanel } from './FitPanel.tsx';
import { createPanelReader } from './panel-reader.ts';
import { TaskBar } from './TaskBar.tsx';

/** Columns for n panels: as square as the stage is wide. */
function columnsFor(count: number): number {
  if (count <= 1) return 1;
  return count <= 4 ? 2 : 3;
}

export function FitsStage() {
  const stores = useStores();
  const algorithms = useExperiment((state) => state.experiment.algorithms);
  const narrow = useMediaQuery('(max-width: 600px)');
  const [reader] = useState(() => createPanelReader(stores));
  const columns = narrow ? 1 : columnsFor(algorithms.length);
  return (
    <section className="fits" aria-label={words.fits}>
      <TaskBar />
      <div className="panels" style={{ '--columns': columns } as CSSProperties}>
        {algorithms.map((algorithm, i) => (
          <FitPanel key={algorithm} algorithm={algorithm} first={i === 0} reader={reader} />
        ))}
      </div>
    </section>
  );
}
