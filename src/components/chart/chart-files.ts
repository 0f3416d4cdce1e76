// Pictures and numbers of a chart as files. Pictures are drawn anew from the scene, so that they have two pixels for one
// on any screen.
import { drawScene } from '../../charts/draw-scene.ts';
import type { Scene } from '../../charts/scene.ts';
import { tableToCsv } from '../../charts/table.ts';
import type { ChartSource } from './chart-list.ts';

export const CHART_FORMATS = ['png', 'svg', 'csv'] as const;
export type ChartFormat = (typeof CHART_FORMATS)[number];

/** Pixels of a PNG per CSS pixel, at least. */
const PNG_SCALE = 2;

/** The chart in that format, as it is now; null where it has not been painted, or the browser refuses a canvas. */
export async function chartFile(chart: ChartSource, format: ChartFormat): Promise<Blob | null> {
  if (format === 'csv') return new Blob([tableToCsv(chart.table())], { type: 'text/csv' });
  const scene = chart.scene();
  if (scene === null) return null;
  if (format === 'png') return paintPng(scene);
  // Few ask for it: its code comes when they do.
  const { sceneToSvg } = await import('../../charts/scene-svg.ts');
  return new Blob([sceneToSvg(scene, chart.title)], { type: 'image/svg+xml' });
}

async function paintPng(scene: Scene): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const scale = Math.max(PNG_SCALE, window.devicePixelRatio || 1);
  canvas.width = Math.round(scene.width * scale);
  canvas.height = Math.round(scene.height * scale);
  const ctx = canvas.getContext('2d', { alpha: false });
  if (ctx === null) return null;
  ctx.scale(scale, scale);
  drawScene(ctx, scene);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** "metascope-learning-curve.png" */
export function chartFileName(title: string, format: ChartFormat): string {
  const slug = title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, '-')
    .replaceAll(/^-|-$/g, '');
  return `metascope-${slug}.${format}`;
}

/** Offers `blob` as a download of that name. */
export function download(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own reference to the blob once the click was dispatched.
  setTimeout(() => URL.revokeObjectURL(url), 0);
}

/** Saves the chart; false where there was nothing to save. */
export async function saveChart(chart: ChartSource, format: ChartFormat): Promise<boolean> {
  const blob = await chartFile(chart, format);
  if (blob !== null) download(blob, chartFileName(chart.title, format));
  return blob !== null;
}
