// Over the arena: what it shows, what the pointer does there, zoom.
import type { ReactNode } from 'react';
import { groupThousands } from '../../charts/scales.ts';
import type { ReachingTool } from '../../state/reaching-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { Segments } from '../Segments.tsx';
import { useReaching, useStores } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';

const TOOLS: readonly { readonly value: ReachingTool; readonly label: string; readonly title: string }[] = [
  {
    value: 'move',
    label: words.move,
    title: words.moveTitle,
  },
  { value: 'paint', label: words.paint, title: words.paintTitle },
  { value: 'erase', label: words.erase, title: words.eraseTitle },
];

const HINTS: Readonly<Record<ReachingTool, string>> = {
  move: words.moveHint,
  paint: words.paintHint,
  erase: words.eraseHint,
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
      <h2>{words.arena}</h2>
      <span className="quiet number qualifier">
        {groupThousands(tasks)}&nbsp;{words.tasks(tasks)} ·&nbsp;{HINTS[tool]}
      </span>
      <span className="switches">
        <Segments
          name={words.tool}
          value={tool}
          options={TOOLS}
          onChange={(value) => reaching.getState().set({ tool: value })}
        />
        <span className="zoom">
          <button
            type="button"
            className="plain icon"
            aria-label={words.zoomOut}
            title={words.zoomOutTitle}
            onClick={() => onZoom(1 / 1.5)}
          >
            −
          </button>
          <button
            type="button"
            className="plain icon"
            aria-label={words.zoomIn}
            title={words.zoomInTitle}
            onClick={() => onZoom(1.5)}
          >
            +
          </button>
          <button
            type="button"
            className="plain"
            title={words.fitTitle}
            onClick={() => reaching.getState().fitWindow()}
          >
            {words.fit}
          </button>
        </span>
        {children}
      </span>
    </header>
  );
}
