// Over the arena: what it shows, what the pointer does there, zoom.
import type { ReactNode } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import type { ReachingTool } from '../../state/reaching-types.ts';
import { Segments } from '../Segments.tsx';
import { useReaching, useStores } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';

const TOOLS: readonly { readonly value: ReachingTool; readonly label: string; readonly title: string }[] = [
  {
    value: 'move',
    label: 'Move',
    title: 'Move: drag centres, spreads and the start; drag the ground to pan (M)',
  },
  { value: 'paint', label: 'Paint', title: 'Paint: add tasks with the pointer (B)' },
  { value: 'erase', label: 'Erase', title: 'Erase: remove painted tasks (E)' },
];

const HINTS: Readonly<Record<ReachingTool, string>> = {
  move: 'drag ✕, a ring or the start',
  paint: 'press or drag to add tasks',
  erase: 'drag over painted tasks',
};

export function ArenaBar({
  onZoom,
  children,
}: {
  /** Above 1: nearer. */
  onZoom(factor: number): void;
  readonly children: ReactNode;
}) {
  const { reaching } = useStores();
  const tool = useReaching((state) => state.tool);
  const tasks = useReachingText((data) => data.tasks.count);
  return (
    <header className="arena-bar">
      <h2>Arena</h2>
      <span className="quiet number qualifier">
        {groupThousands(tasks)}&nbsp;{tasks === 1 ? 'task' : 'tasks'} ·&nbsp;{HINTS[tool]}
      </span>
      <span className="switches">
        <Segments
          name="What the pointer does"
          value={tool}
          options={TOOLS}
          onChange={(value) => reaching.getState().set({ tool: value })}
        />
        <span className="zoom">
          <button
            type="button"
            className="plain icon"
            aria-label="Zoom out"
            title="Zoom out (−)"
            onClick={() => onZoom(1 / 1.5)}
          >
            −
          </button>
          <button
            type="button"
            className="plain icon"
            aria-label="Zoom in"
            title="Zoom in (+)"
            onClick={() => onZoom(1.5)}
          >
            +
          </button>
          <button
            type="button"
            className="plain"
            title="All tasks and the start into view (0)"
            onClick={() => reaching.getState().fitWindow()}
          >
            Fit
          </button>
        </span>
        {children}
      </span>
    </header>
  );
}
