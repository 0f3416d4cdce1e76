// One algorithm's arena on the stage: marker, name and returns by inner step in words; its canvas, on which the goal is
// put. While an answer to a new goal is on its way, the old paths stay, pale.
import { useEffect, useRef, useState } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import { createLayerCache } from '../../charts/layer-cache.ts';
import {
  describeNavigationArena,
  layoutNavigationArena,
  type NavigationArenaScene,
  tableNavigationArena,
} from '../../charts/navigation-arena.ts';
import { isInside } from '../../charts/pointer.ts';
import { formatValue, groupThousands } from '../../charts/scales.ts';
import type { Mark } from '../../charts/scene.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { navigationWords as words } from '../../words/navigation.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { ChartCanvas, type ChartHandle } from '../chart/ChartCanvas.tsx';
import { ChartMenu } from '../chart/ChartMenu.tsx';
import { labelOf } from '../labels.ts';
import { useMediaQuery, WIDE_QUERY } from '../use-media-query.ts';
import { isWaiting, readArena, shownProbe } from './arena-reader.ts';
import { GoalHandle } from './GoalHandle.tsx';
import { useGoalPointer } from './use-goal-pointer.ts';
import {
  useNavigation,
  useNavigationExperiment,
  useNavigationText,
  useNavigationView,
} from './use-navigation.ts';

interface ArenaPanelProps {
  readonly algorithm: AlgorithmId;
  /** The first one holds the keyboard's handle of the goal. */
  readonly first: boolean;
  /** Room for the first and the shown return alone. */
  readonly narrow: boolean;
}

/** New answers come a few times a second; nothing else streams. */
const REST_MS = 100;
/** What stays as it is while an answer is on its way: it belongs to the new goal, or to none. */
const KEPT_ROLES = /^(batch-goal|start|goal)/;
const WASH_OPACITY = 0.62;

/** Everything pale but the goals. */
function paled(scene: NavigationArenaScene): NavigationArenaScene {
  const wash: Mark = {
    kind: 'rect',
    role: 'waiting',
    rect: scene.plot,
    fill: scene.background,
    stroke: null,
    lineWidth: 0,
    opacity: WASH_OPACITY,
  };
  const kept = scene.marks.filter(
    (mark) => KEPT_ROLES.test(mark.role) || (mark.kind === 'text' && mark.text === 'goal'),
  );
  return { ...scene, marks: [...scene.marks, wash, ...kept] };
}

/** "return −38.1 → −12.4 → −9.0", the shown step bold. */
function Returns({ algorithm, narrow }: { readonly algorithm: AlgorithmId; readonly narrow: boolean }) {
  const stores = useNavigation();
  const step = useNavigationView((view) => view.innerStep);
  useNavigationView((view) => view.probe);
  const probe = useNavigationText(() => shownProbe(stores, algorithm));
  const waits = useNavigationText(() => isWaiting(stores, algorithm), 100);
  if (probe === null) return <span className="quiet number">{words.returns} –</span>;
  const last = probe.steps.length - 1;
  const shown = Math.min(step, last);
  const steps = narrow ? [...new Set([0, shown])] : probe.steps.map((_, i) => i);
  return (
    <span
      className={`quiet number returns ${waits ? 'waiting' : ''}`}
      data-testid={`returns-${algorithm}`}
      data-request={probe.request.id}
      title={words.returnsTitle(
        probe.steps[0]?.trajectories.episodes ?? 0,
        last,
        groupThousands(probe.iteration),
      )}
    >
      {narrow ? null : `${words.returns} `}
      {steps.map((at, i) => (
        <span key={at} className={at === shown ? 'shown' : undefined}>
          {i === 0 ? null : <span className="arrow">→</span>}
          <span className="return">{formatValue(probe.steps[at]?.meanReturn ?? Number.NaN)}</span>
        </span>
      ))}
      {narrow ? null : (
        <span className="of-iteration">{words.atIteration(groupThousands(probe.iteration))}</span>
      )}
    </span>
  );
}

/** What the arena shows, in a sentence or two. */
function useSummary(algorithm: AlgorithmId): string {
  const stores = useNavigation();
  useNavigationView((view) => view.probe);
  return useNavigationText(() => describeNavigationArena(readArena(stores, algorithm)), 1000);
}

export function ArenaPanel({ algorithm, first, narrow }: ArenaPanelProps) {
  const stores = useNavigation();
  const { view, data } = stores;
  const pageScrolls = !useMediaQuery(WIDE_QUERY);
  const canvas = useRef<ChartHandle>(null);
  const scene = useRef<NavigationArenaScene | null>(null);
  const place = useRef<((scene: NavigationArenaScene) => void) | null>(null);
  const [layers] = useState(createLayerCache);
  // Read so that changed settings are drawn at once, also at rest.
  useNavigationExperiment((experiment) => experiment);
  useEffect(() => view.subscribe(() => canvas.current?.invalidate()), [view]);
  const pointerEvents = useGoalPointer({
    stores,
    canvas,
    scene,
    pageScrolls,
    goals: () => {
      if (view.getState().scrubIteration !== null) return [];
      return data.snapshot?.runs.find((run) => run.algorithm === algorithm)?.batch?.tasks ?? [];
    },
  });
  const summary = useSummary(algorithm);
  const title = words.arenaOf(labelOf(algorithm));
  return (
    <section className="arena-panel" aria-label={title}>
      <header>
        <h2>
          <AlgorithmName id={algorithm} />
        </h2>
        <Returns algorithm={algorithm} narrow={narrow} />
        <ChartMenu
          title={title}
          table={() => tableNavigationArena(readArena(stores, algorithm))}
          canvas={() => canvas.current?.element ?? null}
          scene={() => scene.current}
        />
      </header>
      <ChartCanvas
        handle={canvas}
        name={title}
        summary={summary}
        className="goal-canvas"
        restMs={REST_MS}
        {...pointerEvents}
        draw={(ctx, chartView, pointer) => {
          const next = layoutNavigationArena(readArena(stores, algorithm), chartView, scene.current);
          scene.current = next;
          const drawn = isWaiting(stores, algorithm) ? paled(next) : next;
          // A kept picture does not know the system's colours: canvases off the page have the default ones.
          drawScene(ctx, drawn, chartView.theme.name === 'forced' ? null : layers);
          place.current?.(next);
          const element = canvas.current?.element;
          const cursor = pointer !== null && isInside(next.plot, pointer) ? 'crosshair' : '';
          if (element && element.style.cursor !== cursor) element.style.cursor = cursor;
        }}
      >
        {first ? <GoalHandle place={place} /> : null}
      </ChartCanvas>
    </section>
  );
}
