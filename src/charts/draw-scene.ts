// The pen: draws a scene onto a 2D context that is already scaled to CSS pixels. Decides nothing.
import { traceMarker } from './markers.ts';
import type { AreaMark, LineMark, Mark, MarkerMark, RectMark, Scene, TextMark } from './scene.ts';
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

function drawMark(ctx: Pen2D, mark: Mark): void {
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
    default:
      mark satisfies never;
  }
}

/**
 * Draws any chart's scene. The context must already be scaled by the device-pixel ratio; its state is left as it
 * was found. Does not clear: the scene's background covers the whole canvas.
 */
export function drawScene(ctx: Pen2D, scene: Scene): void {
  ctx.save();
  ctx.fillStyle = scene.background;
  ctx.fillRect(0, 0, scene.width, scene.height);
  ctx.restore();
  for (const mark of scene.marks) {
    ctx.save();
    if (mark.clip !== undefined) {
      ctx.beginPath();
      ctx.rect(mark.clip.x, mark.clip.y, mark.clip.width, mark.clip.height);
      ctx.clip();
    }
    ctx.globalAlpha = mark.opacity ?? 1;
    drawMark(ctx, mark);
    ctx.restore();
  }
}
