// The arena on the page: its bar, the canvas with everything that moves, the keyboard's handles, and what was refused.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import { createLayerCache } from '../../charts/layer-cache.ts';
import { zoomWindow } from '../../charts/plane.ts';
import { reachOf } from '../../charts/pointer.ts';
import {
  describeReachingArena,
  layoutReachingArena,
  type ReachingArenaScene,
  tableReachingArena,
} from '../../charts/reaching-arena.ts';
import type { ArenaHandle } from '../../charts/reaching-handles.ts';
import type { ReachingTool } from '../../state/reaching-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { ChartCanvas, type ChartHandle } from '../chart/ChartCanvas.tsx';
import { ChartMenu } from '../chart/ChartMenu.tsx';
import { type KeyId, keyOf } from '../present/keys.ts';
import { useStores } from '../stores-context.ts';
import { useChartText } from '../use-data-text.ts';
import { useMediaQuery, WIDE_QUERY } from '../use-media-query.ts';
import { ArenaBar } from './ArenaBar.tsx';
import { ArenaHandles } from './ArenaHandles.tsx';
import { createArenaEditor } from './arena-editor.ts';
import { agentUnder, planeNow, readArena } from './arena-reader.ts';
import { handleUnder, useArenaPointer } from './use-arena-pointer.ts';

const TOOL_KEYS: Readonly<Partial<Record<KeyId, ReachingTool>>> = {
  'tool-move': 'move',
  'tool-paint': 'paint',
  'tool-erase': 'erase',
};
const ZOOM = 1.5;

export function ArenaStage() {
  const stores = useStores();
  const { reaching, reachingData } = stores;
  const isReduced = useMediaQuery('(prefers-reduced-motion: reduce)');
  const wide = useMediaQuery(WIDE_QUERY);
  const stage = useRef<HTMLElement>(null);
  const canvas = useRef<ChartHandle>(null);
  const scene = useRef<ReachingArenaScene | null>(null);
  const place = useRef<((scene: ReachingArenaScene) => void) | null>(null);
  const held = useRef<ArenaHandle | null>(null);
  const [layers] = useState(createLayerCache);
  const [issue, setIssue] = useState<string | null>(null);
  const [editor] = useState(() => createArenaEditor(stores, setIssue));
  const pointerEvents = useArenaPointer({
    stores,
    editor,
    canvas,
    scene,
    pageScrolls: !wide,
    onHold(handle) {
      held.current = handle;
      canvas.current?.invalidate();
    },
  });
  // It moves: each frame of the playhead's way, in reduced motion each iteration, without waiting for the other charts.
  useEffect(() => {
    let shown = reachingData.iteration;
    return reachingData.subscribe(() => {
      const { iteration } = reachingData;
      if (isReduced && iteration === shown) return;
      shown = iteration;
      canvas.current?.invalidate();
    });
  }, [reachingData, isReduced]);
  // What is looked at: focus, window, tool.
  useEffect(
    () =>
      reaching.subscribe((now, before) => {
        if (now.focus !== before.focus || now.window !== before.window || now.tool !== before.tool)
          canvas.current?.invalidate();
      }),
    [reaching],
  );
  // An explanation stands until the experiment is another, however that came about.
  useEffect(() => stores.reachingExperiment.subscribe(() => setIssue(null)), [stores]);

  const read = (hovered: ArenaHandle | null) => readArena(stores, { hovered, isReduced });
  const zoom = (factor: number) => {
    const now = scene.current;
    if (now === null) return;
    const { x, y, width, height } = now.plot;
    const { window, set } = reaching.getState();
    set({ window: zoomWindow(planeNow(now, window), { x: x + width / 2, y: y + height / 2 }, factor) });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const id = keyOf('arena', event);
    const tool = id === null ? undefined : TOOL_KEYS[id];
    if (tool !== undefined) reaching.getState().set({ tool });
    else if (id === 'zoom-in') zoom(ZOOM);
    else if (id === 'zoom-out') zoom(1 / ZOOM);
    else if (id === 'fit') reaching.getState().fitWindow();
    else return;
    event.preventDefault();
  };
  const summary = useChartText(() => describeReachingArena(read(null)), 1000);

  return (
    // The keys are shortcuts for buttons that are all there, and work while the focus is in here.
    <section ref={stage} className="arena" aria-label={words.arena} tabIndex={-1} onKeyDown={onKeyDown}>
      <ArenaBar onZoom={zoom}>
        <ChartMenu
          title={words.arena}
          table={() => tableReachingArena(read(null))}
          canvas={() => canvas.current?.element ?? null}
          scene={() => scene.current}
        />
      </ArenaBar>
      <ChartCanvas
        handle={canvas}
        name={words.arena}
        summary={summary}
        className="arena-canvas"
        restMs={0}
        {...pointerEvents}
        onPointerDown={(event) => {
          pointerEvents.onPointerDown(event);
          stage.current?.focus({ preventScroll: true });
        }}
        draw={(ctx, view, pointer) => {
          const before = scene.current;
          const { tool, setAspect } = reaching.getState();
          const reach = reachOf('mouse');
          const hovered =
            pointer === null || before === null || tool !== 'move'
              ? null
              : handleUnder(before, stores, pointer, reach);
          const data = read(held.current ?? hovered);
          scene.current = layoutReachingArena(data, view, before);
          // A kept picture does not know the system's colours: canvases off the page have the default ones.
          drawScene(ctx, scene.current, view.theme.name === 'forced' ? null : layers);
          place.current?.(scene.current);
          const agent =
            pointer === null || hovered !== null || tool !== 'move'
              ? null
              : agentUnder(data, scene.current.plane, pointer, reach);
          const element = canvas.current?.element;
          const isHolding = held.current !== null;
          const cursor =
            tool !== 'move'
              ? 'crosshair'
              : isHolding
                ? 'grabbing'
                : hovered
                  ? 'grab'
                  : agent
                    ? 'pointer'
                    : '';
          if (element && element.style.cursor !== cursor) element.style.cursor = cursor;
          const { width, height } = scene.current.plot;
          // The stage has grown or shrunk: the next frame shows all of it again.
          setAspect(width / height);
        }}
      >
        <ArenaHandles place={place} editor={editor} onFocus={() => canvas.current?.invalidate()} />
      </ChartCanvas>
      {issue === null ? null : (
        <p className="arena-issue" role="alert">
          ✕ {issue}
        </p>
      )}
    </section>
  );
}
