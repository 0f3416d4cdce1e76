// Writes a scene as an SVG document: the chart menu's SVG entry. The same marks as the canvas, so the same picture.
import { CROSS_REACH, markerCorners } from './markers.ts';
import type { Mark, MarkerMark, PointsMark, Rect, Scene, TextMark } from './scene.ts';
import { SANS, SERIF } from './text.ts';

function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** Two decimals: a hundredth of a pixel. */
function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Path data of a flat [x, y, …] polyline; a non-finite pair lifts the pen. */
function pathData(points: ArrayLike<number>, close: boolean): string {
  let data = '';
  let down = false;
  for (let i = 0; i + 1 < points.length; i += 2) {
    const x = points[i]!;
    const y = points[i + 1]!;
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      down = false;
      continue;
    }
    data += `${down ? 'L' : 'M'}${num(x)} ${num(y)}`;
    down = true;
  }
  return close && data !== '' ? `${data}Z` : data;
}

function paint(fill: string | null, stroke: string | null, lineWidth: number): string {
  const rim = stroke === null ? '' : ` stroke="${escapeXml(stroke)}" stroke-width="${num(lineWidth)}"`;
  return ` fill="${fill === null ? 'none' : escapeXml(fill)}"${rim}`;
}

function rectAttributes({ x, y, width, height }: Rect): string {
  return `x="${num(x)}" y="${num(y)}" width="${num(width)}" height="${num(height)}"`;
}

function markerElement(mark: MarkerMark): string {
  const { x, y, radius } = mark;
  const look = paint(mark.fill, mark.stroke, mark.lineWidth);
  if (mark.shape === 'circle') return `<circle cx="${num(x)}" cy="${num(y)}" r="${num(radius)}"${look}/>`;
  const corners = markerCorners(mark.shape, mark);
  if (corners !== null) return `<path d="${pathData(corners.flat(), true)}"${look}/>`;
  const reach = radius * CROSS_REACH;
  const nan = Number.NaN;
  const cross = [
    x - reach,
    y - reach,
    x + reach,
    y + reach,
    nan,
    nan,
    x - reach,
    y + reach,
    x + reach,
    y - reach,
  ];
  return `<path d="${pathData(cross, false)}"${look}/>`;
}

const ANCHORS = { left: 'start', center: 'middle', right: 'end' } as const;

function textElement(mark: TextMark): string {
  const family = escapeXml(mark.symbol ? SERIF : SANS);
  const weight = mark.bold ? ' font-weight="bold"' : '';
  const slant = mark.symbol ? ' font-style="italic"' : '';
  const halo =
    mark.halo === null
      ? ''
      : ` stroke="${escapeXml(mark.halo)}" stroke-width="${num(mark.fontSize / 3)}" stroke-linejoin="round" paint-order="stroke"`;
  const at = `x="${num(mark.x)}" y="${num(mark.y)}" text-anchor="${ANCHORS[mark.align]}" dominant-baseline="central"`;
  const font = `font-family="${family}" font-size="${mark.fontSize}"${weight}${slant}`;
  return `<text ${at} ${font} fill="${escapeXml(mark.fill)}"${halo}>${escapeXml(mark.text)}</text>`;
}

/** One path of dots: strokes without length, whose round caps are the discs. */
function pointsElement(mark: PointsMark): string {
  let data = '';
  for (let i = 0; i + 1 < mark.points.length; i += 2) {
    const x = mark.points[i]!;
    const y = mark.points[i + 1]!;
    if (Number.isFinite(x) && Number.isFinite(y)) data += `M${num(x)} ${num(y)}h0`;
  }
  return `<path d="${data}"${paint(null, mark.fill, 2 * mark.radius)} stroke-linecap="round"/>`;
}

/** A mark within its opacity and clip; new clips are added to `clips`. */
function wrapped(mark: Mark, clips: string[]): string {
  const opacity = mark.opacity === undefined || mark.opacity === 1 ? '' : ` opacity="${num(mark.opacity)}"`;
  const element = elementOf(mark, clips);
  if (mark.clip === undefined) return opacity === '' ? element : `<g${opacity}>${element}</g>`;
  const clip = `<rect ${rectAttributes(mark.clip)}/>`;
  if (!clips.includes(clip)) clips.push(clip);
  return `<g clip-path="url(#clip${clips.indexOf(clip)})"${opacity}>${element}</g>`;
}

function elementOf(mark: Mark, clips: string[]): string {
  switch (mark.kind) {
    case 'line': {
      const dash =
        mark.dash !== undefined && mark.dash.length > 0 ? ` stroke-dasharray="${mark.dash.join(' ')}"` : '';
      const look = `${paint(null, mark.stroke, mark.lineWidth)} stroke-linejoin="round"${dash}${mark.cap === undefined ? '' : ` stroke-linecap="${mark.cap}"`}`;
      return `<path d="${pathData(mark.points, false)}"${look}/>`;
    }
    case 'area':
      return `<path d="${pathData(mark.points, true)}"${paint(mark.fill, null, 0)}/>`;
    case 'rect':
      return `<rect ${rectAttributes(mark.rect)}${paint(mark.fill, mark.stroke, mark.lineWidth)}/>`;
    case 'marker':
      return markerElement(mark);
    case 'text':
      return textElement(mark);
    case 'points':
      return pointsElement(mark);
    case 'layer':
      return `<g>${mark.marks.map((inner) => wrapped(inner, clips)).join('\n')}</g>`;
    default:
      return mark satisfies never;
  }
}

/** A standalone SVG document of the scene's size. `title` is its accessible name. */
export function sceneToSvg(scene: Scene, title: string): string {
  const clips: string[] = [];
  const body = scene.marks.map((mark) => wrapped(mark, clips));
  const { width, height } = scene;
  const defs = clips.map((clip, i) => `<clipPath id="clip${i}">${clip}</clipPath>`).join('');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img">`,
    `<title>${escapeXml(title)}</title><defs>${defs}</defs>`,
    `<rect width="${width}" height="${height}" fill="${escapeXml(scene.background)}"/>`,
    ...body,
    '</svg>\n',
  ].join('\n');
}
