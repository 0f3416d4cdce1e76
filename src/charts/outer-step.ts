// The last outer step of one run: every try at its KL from the old policies and its change of the surrogate loss. A try
// is taken when it lies below zero and left of the largest KL: the washed corner. TRPO's line search, or Adam's steps.
import type { OuterTrace } from '../algorithms/meta-rl/policy-algorithm.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';
import { outerStepWords } from '../words/charts/outer-step.ts';
import { crisp, emptyMessage, layoutAxes } from './axes.ts';
import { filledMarker, hollowMarker } from './markers.ts';
import {
  type Domain,
  finiteExtent,
  formatTick,
  formatValue,
  type Scale,
  steppingDomain,
  steppingSymmetricDomain,
  ticksOf,
  toPixel,
} from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark } from './text.ts';

export interface OuterStepData {
  readonly algorithm: AlgorithmId;
  /** null before the first meta-update. */
  readonly outer: OuterTrace | null;
  readonly maxKl: number;
}

export interface OuterStepScene extends Scene {
  readonly x: Scale;
  readonly y: Scale;
}

/** One candidate for the new θ. */
interface Try {
  readonly kl: number;
  /** Surrogate loss minus that at θ_old. */
  readonly change: number;
  readonly accepted: boolean;
}

/** The tries of a trace, in order. */
export function triesOf(outer: OuterTrace | null): readonly Try[] {
  if (outer === null) return [];
  if (outer.kind === 'trpo') {
    const { tries, surrogateBefore } = outer.trace;
    return tries.map(({ kl, surrogateLoss, accepted }) => ({
      kl,
      change: surrogateLoss - surrogateBefore,
      accepted,
    }));
  }
  if (outer.kind !== 'adam') return [];
  const { steps, surrogateBefore } = outer;
  return steps.map(({ kl, surrogateLoss }) => ({
    kl,
    change: surrogateLoss - surrogateBefore,
    accepted: true,
  }));
}

/** "taken at try 3 of at most 15", "kept θ: no try was good enough", "3 Adam steps". */
export function sayOuterStep({ outer }: OuterStepData): string {
  if (outer === null) return outerStepWords.none;
  if (outer.kind === 'none') return outerStepWords.untrained;
  if (outer.refusal !== null) return outerStepWords.kept(outerStepWords.refusals[outer.refusal]);
  if (outer.kind === 'reptile') return outerStepWords.reptile;
  const tries = triesOf(outer);
  const last = tries.at(-1);
  const kl = last === undefined ? null : formatValue(last.kl);
  return (outer.kind === 'adam' ? outerStepWords.adam : outerStepWords.taken)(tries.length, kl);
}

function layoutRegion(
  axes: { x: Scale; y: Scale },
  plot: Rect,
  maxKl: number,
  view: ChartView,
): { readonly area: readonly Mark[]; readonly word: Mark } {
  const { theme } = view;
  const { fontSize, scale } = densityStyle(view.density);
  const right = toPixel(axes.x, maxKl);
  const zero = toPixel(axes.y, 0);
  const reference = { kind: 'line' as const, stroke: theme.ink2, lineWidth: 1.25 * scale };
  const area: readonly Mark[] = [
    {
      kind: 'rect',
      role: 'accepted-region',
      rect: { x: plot.x, y: zero, width: right - plot.x, height: plot.y + plot.height - zero },
      fill: theme.running,
      stroke: null,
      lineWidth: 0,
    },
    { ...reference, role: 'zero', points: [plot.x, crisp(zero), plot.x + plot.width, crisp(zero)] },
    {
      ...reference,
      role: 'max-kl',
      points: [crisp(right), plot.y, crisp(right), plot.y + plot.height],
      dash: [6 * scale, 4 * scale],
    },
  ];
  const word = textMark(outerStepWords.most(formatTick(maxKl)), {
    role: 'max-kl-word',
    x: right + 5,
    y: plot.y + fontSize * 0.8,
    fill: theme.ink2,
    fontSize,
    halo: theme.surface,
  });
  return { area, word };
}

/** Lays the tries out. `previous`: the last scene, whose axes are kept while the tries fit. */
export function layoutOuterStep(
  data: OuterStepData,
  view: ChartView,
  previous: OuterStepScene | null = null,
): OuterStepScene {
  const { theme } = view;
  const { scale } = densityStyle(view.density);
  const tries = triesOf(data.outer);
  const changes = finiteExtent(tries.map(({ change }) => change));
  const reach = changes === null ? null : Math.max(Math.abs(changes[0]), Math.abs(changes[1]));
  const kls = finiteExtent(tries.map(({ kl }) => kl));
  const xDomain = steppingDomain(previous?.x.domain ?? null, Math.max(1.6 * data.maxKl, kls?.[1] ?? 0));
  const yDomain = changeDomain(previous?.y.domain ?? null, reach);
  const axes = layoutAxes(view, {
    x: { domain: xDomain, kind: 'linear', ticks: ticksOf(xDomain), unit: 'KL' },
    y: { domain: yDomain, kind: 'linear', ticks: [yDomain[0] / HEADROOM, 0, yDomain[1] / HEADROOM] },
    rightGutter: 4,
  });
  const { plot } = axes;
  const scene = {
    width: view.width,
    height: view.height,
    background: theme.surface,
    plot,
    x: axes.x,
    y: axes.y,
  };
  if (tries.length === 0) {
    const text = data.outer === null ? undefined : sayOuterStep(data);
    return { ...scene, marks: [...axes.marks, emptyMessage(view, plot, text)] };
  }
  const style = theme.algorithms[data.algorithm];
  const colours = { mark: style.mark, surface: theme.surface };
  const places = tries.map(({ kl, change }) => ({ x: toPixel(axes.x, kl), y: toPixel(axes.y, change) }));
  const path: Mark = {
    kind: 'line',
    role: 'tries',
    points: places.flatMap(({ x, y }) => [x, y]),
    stroke: style.mark,
    lineWidth: scale,
    opacity: 0.6,
    clip: plot,
  };
  const markers = tries.flatMap(({ accepted }, i): Mark[] => {
    const { x, y } = places[i]!;
    if (!Number.isFinite(x + y)) return [];
    const at = { role: accepted ? 'accepted' : 'refused', x, y, radius: (accepted ? 5 : 3.4) * scale };
    const shape = style.marker ?? 'circle';
    return [{ ...(accepted ? filledMarker : hollowMarker)(shape, at, colours), clip: plot }];
  });
  const { area, word } = layoutRegion(axes, plot, data.maxKl, view);
  // The word over the grid lines, which would strike it through.
  return { ...scene, marks: [...area, ...axes.marks, word, path, ...markers] };
}

/** The axis ends this much beyond its last tick … */
const HEADROOM = 1.3;
/** … and this much beyond the outermost try, whose marker is cut otherwise. */
const MARKER_ROOM = 1.12;

/** Symmetric around 0; surrogates of normalised advantages change by hundredths. */
function changeDomain(previous: Domain | null, reach: number | null): Domain {
  const factor = 1e4;
  const kept = previous === null ? null : ([previous[0] * factor, previous[1] * factor] as const);
  const [low, high] = steppingSymmetricDomain(
    kept,
    reach === null ? 100 : reach * factor * MARKER_ROOM,
    HEADROOM,
  );
  return [low / factor, high / factor];
}

/** "Last outer step: taken at try 3, KL 0.0081; surrogate loss changed by −0.021." */
export function describeOuterStep(data: OuterStepData): string {
  const last = triesOf(data.outer).findLast(({ accepted }) => accepted);
  const step = sayOuterStep(data);
  return last === undefined
    ? outerStepWords.summary(step)
    : outerStepWords.summaryChanged(step, formatValue(last.change));
}

/** One row per try. */
export function tableOuterStep(data: OuterStepData): ChartTable {
  return {
    columns: ['try', 'KL', 'change of surrogate loss', 'taken'],
    rows: triesOf(data.outer).map(({ kl, change, accepted }, i) => [
      i + 1,
      kl,
      change,
      accepted ? 'yes' : 'no',
    ]),
  };
}
