// The cheetahs of all algorithms in their lanes, for one goal: a canvas that paints every frame while the recordings play.
import { useEffect, useRef } from 'react';
import {
  type CheetahLanesScene,
  describeCheetahLanes,
  layoutCheetahLanes,
  tableCheetahLanes,
} from '../../charts/cheetah-lanes.ts';
import { drawScene } from '../../charts/draw-scene.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { ChartCanvas, type ChartHandle } from '../chart/ChartCanvas.tsx';
import { ChartMenu } from '../chart/ChartMenu.tsx';
import { labelOf } from '../labels.ts';
import { type LanesKind, readLanes } from './lanes-reader.ts';
import { Returns } from './Returns.tsx';
import { useCheetah, useCheetahExperiment, useCheetahText, useCheetahView, useReel } from './use-cheetah.ts';

export function LanesPanel({ kind }: { readonly kind: LanesKind }) {
  const stores = useCheetah();
  const reel = useReel();
  const { view } = stores;
  const canvas = useRef<ChartHandle>(null);
  const scene = useRef<CheetahLanesScene | null>(null);
  const lanes = useCheetahExperiment((experiment) => experiment.algorithms.length);
  // Whatever the user chooses is drawn at once, also at rest.
  useEffect(() => view.subscribe(() => canvas.current?.invalidate()), [view]);
  useCheetahView((state) => state.innerStep);
  const summary = useCheetahText(() => describeCheetahLanes(readLanes(stores, reel, kind), labelOf), 2000);
  const title = words.lanesTitles[kind];
  return (
    <section className="lanes-panel" aria-label={title} style={{ '--lanes': lanes } as React.CSSProperties}>
      <header>
        <h2>{title}</h2>
        <Returns kind={kind} />
        <ChartMenu
          title={title}
          table={() => tableCheetahLanes(readLanes(stores, reel, kind), labelOf)}
          canvas={() => canvas.current?.element ?? null}
          scene={() => scene.current}
        />
      </header>
      <ChartCanvas
        handle={canvas}
        name={title}
        summary={summary}
        restMs={0}
        draw={(ctx, chartView) => {
          reel.advance();
          scene.current = layoutCheetahLanes(readLanes(stores, reel, kind), chartView);
          drawScene(ctx, scene.current);
          // The next frame, for as long as something moves.
          if (view.getState().plays && reel.duration > 0) canvas.current?.invalidate();
        }}
      />
    </section>
  );
}
