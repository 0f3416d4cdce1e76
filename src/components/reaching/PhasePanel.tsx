// The phase map: which strategy wins over two settings at once. Its axes are chosen here, it is computed when asked,
// and a cell opens its experiment, by pointer or by Enter.
import { type KeyboardEvent, type PointerEvent, useRef, useState } from 'react';
import type { Point } from '../../charts/pointer.ts';
import {
  cellRect,
  cellUnder,
  layoutReachingPhase,
  type ReachingPhaseScene,
} from '../../charts/reaching-phase-map.ts';
import {
  type CellAt,
  describePhaseCell,
  describeReachingPhase,
  PHASE_WORDS,
  type ReachingPhaseData,
  tableReachingPhase,
} from '../../charts/reaching-phase-words.ts';
import { groupThousands } from '../../charts/scales.ts';
import { isOverview } from '../../state/reaching-jobs.ts';
import type { AppStores } from '../../state/store-types.ts';
import { phaseAxis } from '../../training/phase-axes.ts';
import { PHASE_FIELDS, type PhaseField } from '../../training/reaching-outcome.ts';
import { reachingWords } from '../../words/reaching.ts';
import type { ChartHandle } from '../chart/ChartCanvas.tsx';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { formatDuration } from '../format.ts';
import { keyOf } from '../present/keys.ts';
import { useReaching, useStores } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';

/** Steps of the axes drawn before anything is computed. */
const EMPTY_STEPS = 20;

function readPhase(stores: AppStores, cursor: CellAt | null, hasFocus: boolean): ReachingPhaseData {
  const { reachingData: data } = stores;
  const { phaseX, phaseY } = stores.reaching.getState();
  const map = data.phaseMap;
  const { experiment } = map ?? data;
  return {
    x: map?.request.x ?? phaseAxis(phaseX, experiment, EMPTY_STEPS),
    y: map?.request.y ?? phaseAxis(phaseY, experiment, EMPTY_STEPS),
    seeds: map?.request.seeds ?? 0,
    strategies: experiment.strategies,
    cells: map?.cells ?? [],
    current: data.currentCell,
    cursor,
    hasFocus,
  };
}

function AxisSelect({ axis }: { readonly axis: 'x' | 'y' }) {
  const { reaching } = useStores();
  const x = useReaching((state) => state.phaseX);
  const y = useReaching((state) => state.phaseY);
  const [value, other] = axis === 'x' ? [x, y] : [y, x];
  const choose = (next: PhaseField) => {
    // The other axis' setting changes places with this one's.
    const rest = next === other ? value : other;
    const { setPhaseAxes } = reaching.getState();
    if (axis === 'x') setPhaseAxes(next, rest);
    else setPhaseAxes(rest, next);
  };
  return (
    <select
      aria-label={axis === 'x' ? reachingWords.across : reachingWords.upward}
      value={value}
      onChange={(event) => {
        const next = PHASE_FIELDS.find((field) => field === event.target.value);
        if (next !== undefined) choose(next);
      }}
    >
      {PHASE_FIELDS.map((field) => (
        <option key={field} value={field}>
          {PHASE_WORDS[field].label}
        </option>
      ))}
    </select>
  );
}

function PhaseBar() {
  const { reaching } = useStores();
  const running = useReaching((state) => state.phaseJob.kind === 'running');
  const { computePhaseMap, cancelPhaseMap } = reaching.getState();
  return (
    <div className="phase-bar">
      <AxisSelect axis="x" />
      <span aria-hidden="true">×</span>
      <AxisSelect axis="y" />
      <button
        type="button"
        onClick={(event) => {
          // On a low screen the map lies below the column's edge.
          event.currentTarget.closest('.chart')?.scrollIntoView({ block: 'nearest' });
          if (running) cancelPhaseMap();
          else computePhaseMap();
        }}
      >
        {running ? reachingWords.cancel : reachingWords.compute}
        <span className="visually-hidden">{reachingWords.thePhaseMap}</span>
      </button>
    </div>
  );
}

/** Where the map stands, when no cell is pointed at. */
function useMapWords(): string {
  const { reachingData } = useStores();
  const job = useReaching((state) => state.phaseJob);
  const x = useReaching((state) => state.phaseX);
  const y = useReaching((state) => state.phaseY);
  const isStale = useReachingText((data) => data.isPhaseMapStale);
  const map = reachingData.phaseMap;
  if (job.kind === 'failed') return reachingWords.mapFailed(job.message);
  if (job.kind === 'running') {
    const done = groupThousands(job.finished);
    const total = groupThousands(job.total);
    if (job.secondsLeft === null) return reachingWords.cellsDone(done, total);
    return reachingWords.cellsDoneLeft(done, total, formatDuration(job.secondsLeft));
  }
  if (map === null) return reachingWords.mapNone;
  if (map.request.x.field !== x || map.request.y.field !== y) {
    return reachingWords.mapDraws(PHASE_WORDS[x].label, PHASE_WORDS[y].label);
  }
  if (isOverview(map.request)) {
    const { x: across, y: up, seeds } = map.request;
    return reachingWords.mapOverview(seeds, across.values.length, up.values.length);
  }
  if (isStale) return reachingWords.mapStale;
  if (job.kind === 'cancelled') return reachingWords.mapCancelled(groupThousands(map.cells.length));
  return reachingWords.mapWinner(map.request.seeds);
}

export function PhasePanel() {
  const stores = useStores();
  const { reaching, reachingData } = stores;
  const canvas = useRef<ChartHandle>(null);
  const scene = useRef<ReachingPhaseScene | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [hovered, setHovered] = useState<CellAt | null>(null);
  const [cursor, setCursor] = useState<CellAt | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const [issue, setIssue] = useState<string | null>(null);
  const isStale = useReachingText((data) => data.isPhaseMapStale, 100);
  const hasMap = useReachingText((data) => data.phaseMap !== null, 50);
  const words = useMapWords();
  const progress = useReaching(({ phaseJob }) =>
    phaseJob.kind === 'running' ? phaseJob.finished / Math.max(phaseJob.total, 1) : null,
  );

  const shown = hasFocus ? cursor : hovered;
  const open = ({ column, row }: CellAt) => {
    const [problem] = reaching.getState().openCell(column, row);
    setIssue(problem?.message ?? null);
  };
  const hover = (pointer: Point | null) => {
    const now = scene.current;
    const at = pointer === null || now === null || !hasMap ? null : cellUnder(now, pointer);
    if (at?.column !== hovered?.column || at?.row !== hovered?.row) setHovered(at);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const now = scene.current;
    if (now === null || cursor === null || keyOf('cells', event) !== 'next-cell') return;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    setCursor({
      column: Math.min(Math.max(cursor.column + by[0]!, 0), now.columns - 1),
      row: Math.min(Math.max(cursor.row + by[1]!, 0), now.rows - 1),
    });
  };
  const place = (now: ReachingPhaseScene) => {
    const element = button.current;
    if (element === null) return;
    const rect = cellRect(now, cursor ?? { column: 0, row: 0 });
    Object.assign(element.style, {
      left: `${rect.x}px`,
      top: `${rect.y}px`,
      width: `${rect.width}px`,
      height: `${rect.height}px`,
    });
  };
  const said = shown === null ? words : describePhaseCell(readPhase(stores, null, false), shown);
  return (
    <ChartPanel
      title={reachingWords.phase}
      heading={<h2 className="visually-hidden">{reachingWords.phase}</h2>}
      handle={canvas}
      isStale={isStale}
      controls={
        <>
          <PhaseBar />
          <p className="panel-message number" data-testid="phase-words">
            {issue === null ? said : `✕ ${issue}`}
          </p>
          {/* Its place is kept, so that the map does not jump. */}
          <progress
            className={progress === null ? 'idle' : undefined}
            aria-label={reachingWords.phase}
            value={progress ?? 0}
            max={1}
          />
        </>
      }
      layout={(view, pointer) => {
        // Hovering changes words: not while painting.
        queueMicrotask(() => hover(pointer));
        scene.current = layoutReachingPhase(readPhase(stores, shown, hasFocus), view);
        place(scene.current);
        return scene.current;
      }}
      summary={() => describeReachingPhase(readPhase(stores, null, false))}
      table={() => tableReachingPhase(readPhase(stores, null, false))}
      onPointerUp={(event: PointerEvent<HTMLCanvasElement>) => {
        const now = scene.current;
        const at = { x: event.nativeEvent.offsetX, y: event.nativeEvent.offsetY };
        const cell = now === null || !hasMap || event.button !== 0 ? null : cellUnder(now, at);
        if (cell !== null) open(cell);
      }}
    >
      {hasMap ? (
        <button
          ref={button}
          type="button"
          className="phase-cursor"
          aria-label={reachingWords.openCell(
            describePhaseCell(readPhase(stores, null, false), cursor ?? { column: 0, row: 0 }),
          )}
          onFocus={() => {
            setCursor(cursor ?? reachingData.currentCell ?? { column: 0, row: 0 });
            setHasFocus(true);
          }}
          onBlur={() => setHasFocus(false)}
          onKeyDown={onKeyDown}
          onClick={() => {
            if (cursor !== null) open(cursor);
          }}
        />
      ) : null}
    </ChartPanel>
  );
}
