// The pen: draws a scene onto a 2D context that is already scaled to CSS pixels. Decides nothing.
import { traceMarker } from './markers.ts';
import type {
  AreaMark,
  LayerMark,
  LineMark,
  Mark,
  MarkerMark,
  PointsMark,
  RectMark,
  Scene,
  TextMark,
} from './scene.ts';
import { fontOf } from './text.ts';

/** The part of CanvasRenderingContext2D that drawing uses, so that tests can pass a recorder. */
export type Pen2D = Pick<
  CanvasRenderingContext2D,
  | 'save'
  | 'restore'
  | 'beginPath'
  | 'closePath'
  | 'moveTo'
  | 'lineTo'
  | 'arc'
  | 'rect'
  | 'clip'
  | 'fill'
  | 'stroke'
  | 'fillRect'
  | 'strokeRect'
  | 'fillText'
  | 'strokeText'
  | 'setLineDash'
  | 'fillStyle'
  | 'strokeStyle'
  | 'lineWidth'
  | 'lineCap'
  | 'lineJoin'
  | 'globalAlpha'
  | 'font'
  | 'textAlign'
  | 'textBaseline'
>;

/** Adds a flat [x, y, …] polyline to the path; a non-finite pair lifts the pen. */
function tracePolyline(ctx: Pen2D, points: ArrayLike<number>): void {
  let down = false;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) down = false;
    else if (down) ctx.lineTo(x, y);
    else {
      ctx.moveTo(x, y);
      down = true;
    }
  }
}

function drawLine(ctx: Pen2D, mark: LineMark): void {
  ctx.strokeStyle = mark.stroke;
  ctx.lineWidth = mark.lineWidth;
  ctx.lineJoin = 'round';
  ctx.lineCap = mark.cap ?? 'butt';
  ctx.setLineDash([...(mark.dash ?? [])]);
  ctx.beginPath();
  tracePolyline(ctx, mark.points);
  ctx.stroke();
}

function drawArea(ctx: Pen2D, mark: AreaMark): void {
  ctx.fillStyle = mark.fill;
  ctx.beginPath();
  tracePolyline(ctx, mark.points);
  ctx.closePath();
  ctx.fill();
}

function drawRect(ctx: Pen2D, mark: RectMark): void {
  const { x, y, width, height } = mark.rect;
  if (mark.fill !== null) {
    ctx.fillStyle = mark.fill;
    ctx.fillRect(x, y, width, height);
  }
  if (mark.stroke !== null) {
    ctx.strokeStyle = mark.stroke;
    ctx.lineWidth = mark.lineWidth;
    ctx.strokeRect(x, y, width, height);
  }
}

function drawMarker(ctx: Pen2D, mark: MarkerMark): void {
  ctx.beginPath();
  traceMarker(ctx, mark);
  if (mark.fill !== null) {
    ctx.fillStyle = mark.fill;
    ctx.fill();
  }
  if (mark.stroke !== null) {
    ctx.strokeStyle = mark.stroke;
    ctx.lineWidth = mark.lineWidth;
    ctx.stroke();
  }
}

function drawText(ctx: Pen2D, mark: TextMark): void {
  ctx.font = fontOf(mark);
  ctx.textAlign = mark.align;
  ctx.textBaseline = 'middle';
  if (mark.halo !== null) {
    ctx.strokeStyle = mark.halo;
    ctx.lineWidth = mark.fontSize / 3;
    ctx.lineJoin = 'round';
    ctx.strokeText(mark.text, mark.x, mark.y);
  }
  ctx.fillStyle = mark.fill;
  ctx.fillText(mark.text, mark.x, mark.y);
}

/** Up to this radius a square of equal area looks the same as a disc, and is four times as quick to paint. */
const SQUARE_UP_TO = 1.2;

/** Dots per path: one path of many thousand outlines is slower to fill than several small ones. */
const DOTS_PER_PATH = 256;

function drawPoints(ctx: Pen2D, mark: PointsMark): void {
  const { points, radius } = mark;
  const side = radius <= SQUARE_UP_TO ? radius * Math.sqrt(Math.PI) : null;
  ctx.fillStyle = mark.fill;
  for (let from = 0; from < points.length; from += 2 * DOTS_PER_PATH) {
    const to = Math.min(from + 2 * DOTS_PER_PATH, points.length);
    ctx.beginPath();
    for (let i = from; i + 1 < to; i += 2) {
      const x = points[i]!;
      const y = points[i + 1]!;
      if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
      if (side !== null) ctx.rect(x - side / 2, y - side / 2, side, side);
      else {
        ctx.moveTo(x + radius, y);
        ctx.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    ctx.fill();
  }
}

/** Keeps pictures of layers. `draw` paints the layer's marks on any pen. */
export interface LayerKeeper<P extends Pen2D> {
  paint(ctx: P, layer: LayerMark, draw: (pen: Pen2D) => void): void;
}

function drawMark(ctx: Pen2D, mark: Exclude<Mark, LayerMark>): void {
  switch (mark.kind) {
    case 'line':
      drawLine(ctx, mark);
      break;
    case 'area':
      drawArea(ctx, mark);
      break;
    case 'rect':
      drawRect(ctx, mark);
      break;
    case 'marker':
      drawMarker(ctx, mark);
      break;
    case 'text':
      drawText(ctx, mark);
      break;
    case 'points':
      drawPoints(ctx, mark);
      break;
    default:
      mark satisfies never;
  }
}

function drawMarks<P extends Pen2D>(ctx: P, marks: readonly Mark[], layers: LayerKeeper<P> | null): void {
  for (const mark of marks) {
    ctx.save();
    if (mark.clip !== undefined) {
      ctx.beginPath();
      ctx.rect(mark.clip.x, mark.clip.y, mark.clip.width, mark.clip.height);
      ctx.clip();
    }
    ctx.globalAlpha = mark.opacity ?? 1;
    if (mark.kind !== 'layer') drawMark(ctx, mark);
    else if (layers === null) drawMarks(ctx, mark.marks, null);
    else layers.paint(ctx, mark, (pen) => drawMarks(pen, mark.marks, null));
    ctx.restore();
  }
}

/**
 * Draws any chart's scene. The context must already be scaled by the device-pixel ratio; its state is left as it
 * was found. Does not clear: the scene's background covers the whole canvas. With `layers`, layers are painted from
 * pictures kept there.
 */
export function drawScene<P extends Pen2D>(ctx: P, scene: Scene, layers: LayerKeeper<P> | null = null): void {
  ctx.save();
  ctx.fillStyle = scene.background;
  ctx.fillRect(0, 0, scene.width, scene.height);
  ctx.restore();
  drawMarks(ctx, scene.marks, layers);
}
