// The stage: every chosen algorithm's arena, all with the same goal and the same draws.
import type { CSSProperties } from 'react';
import { navigationWords as words } from '../../words/navigation.ts';
import { WarningLine } from '../policy/WarningLine.tsx';
import { useMediaQuery } from '../use-media-query.ts';
import { ArenaPanel } from './ArenaPanel.tsx';
import { GoalBar } from './GoalBar.tsx';
import { useNavigationExperiment } from './use-navigation.ts';

/** Columns for n arenas: as square as the stage is wide. */
function columnsFor(count: number): number {
  if (count <= 3) return Math.max(count, 1);
  return count === 4 ? 2 : Math.ceil(count / 2);
}

export function ArenasStage() {
  const algorithms = useNavigationExperiment((experiment) => experiment.algorithms);
  const phone = useMediaQuery('(max-width: 600px)');
  const roomy = useMediaQuery('(min-width: 1600px)');
  const columns = phone ? 1 : columnsFor(algorithms.length);
  return (
    <section className="arenas" aria-label={words.arenas}>
      <GoalBar />
      <div className="panels" style={{ '--columns': columns } as CSSProperties}>
        {algorithms.map((algorithm, i) => (
          <ArenaPanel
            key={algorithm}
            algorithm={algorithm}
            first={i === 0}
            narrow={columns >= (roomy ? 4 : 3)}
          />
        ))}
      </div>
      <WarningLine />
    </section>
  );
}
