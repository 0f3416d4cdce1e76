import { describe, expect, it } from 'vitest';
import { drawScene } from './draw-scene.ts';
import { createRecordingPen } from './recording-pen.testing.ts';
import type { Mark, Scene } from './scene.ts';
import { sceneToSvg } from './scene-svg.ts';
import { tableToCsv } from './table.ts';
import { textMark } from './text.ts';

const PLOT = { x: 10, y: 10, width: 80, height: 30 };

function sceneOf(...marks: readonly Mark[]): Scene {
  return { width: 100, height: 50, background: '#FFFFFF', plot: PLOT, marks };
}

const gap: Mark = {
  kind: 'line',
  role: 'gap',
  points: [0, 0, 10, 10, Number.NaN, Number.NaN, 20, 20, 30, 30],
  stroke: '#000000',
  lineWidth: 2,
  dash: [4, 2],
  clip: PLOT,
};

describe('drawScene', () => {
  it('paints the background over the whole canvas first', () => {
    const { pen, calls } = createRecordingPen();
    drawScene(pen, sceneOf());
    expect(calls.map((call) => call.name)).toEqual(['save', 'fillRect', 'restore']);
    expect(calls[1]?.args).toEqual([0, 0, 100, 50]);
  });

  it('lifts the pen at a gap', () => {
    const { pen, calls } = createRecordingPen();
    drawScene(pen, sceneOf(gap));
    const moves = calls.filter((call) => /moveTo|lineTo/.test(call.name));
    expect(moves).toEqual([
      { name: 'moveTo', args: [0, 0] },
      { name: 'lineTo', args: [10, 10] },
      { name: 'moveTo', args: [20, 20] },
      { name: 'lineTo', args: [30, 30] },
    ]);
  });

  it('clips before it traces, inside save and restore', () => {
    const { pen, calls } = createRecordingPen();
    drawScene(pen, sceneOf(gap));
    const names = calls.map((call) => call.name);
    expect(names.slice(3, 7)).toEqual(['save', 'beginPath', 'rect', 'clip']);
    expect(names.at(-1)).toBe('restore');
  });

  it('writes the halo under the words', () => {
    const { pen, calls } = createRecordingPen();
    const words = textMark('true', { role: 'w', x: 5, y: 6, fill: '#111111', fontSize: 12, halo: '#FFFFFF' });
    drawScene(pen, sceneOf(words));
    const texts = calls.filter((call) => call.name.endsWith('Text'));
    expect(texts).toEqual([
      { name: 'strokeText', args: ['true', 5, 6] },
      { name: 'fillText', args: ['true', 5, 6] },
    ]);
    expect(pen.font).toContain('12px');
  });
});

describe('sceneToSvg', () => {
  it('writes the same marks, clipped and dashed', () => {
    const svg = sceneToSvg(sceneOf(gap), 'A <chart> & more');
    expect(svg).toContain('<path d="M0 0L10 10M20 20L30 30"');
    expect(svg).toContain('stroke-dasharray="4 2"');
    expect(svg).toContain('<clipPath id="clip0"><rect x="10" y="10" width="80" height="30"/></clipPath>');
    expect(svg).toContain('<title>A &lt;chart&gt; &amp; more</title>');
  });

  it('has a shape for every marker and never a NaN', () => {
    const shapes = ['circle', 'triangle', 'square', 'diamond', 'plus', 'cross'] as const;
    const marks = shapes.map(
      (shape): Mark => ({
        kind: 'marker',
        role: shape,
        shape,
        x: 50,
        y: 25,
        radius: 4,
        fill: '#000000',
        stroke: null,
        lineWidth: 1,
      }),
    );
    const svg = sceneToSvg(sceneOf(...marks, gap), 'markers');
    expect(svg.match(/<circle /g)?.length).toBe(1);
    expect(svg.match(/<path /g)?.length).toBe(6);
    expect(svg).not.toContain('NaN');
  });
});

it('tableToCsv quotes what needs it', () => {
  const table = {
    columns: ['a', 'b, c'],
    rows: [
      ['say "x"', 1.5],
      [null, Number.POSITIVE_INFINITY],
    ],
  };
  expect(tableToCsv(table)).toBe('a,"b, c"\r\n"say ""x""",1.5\r\n,Infinity\r\n');
});

describe('points', () => {
  const points = (radius: number): Mark => ({
    kind: 'points',
    role: 'dots',
    points: Array.from({ length: 600 }, (_, i) => (i === 4 ? Number.NaN : i % 50)),
    radius,
    fill: '#000000',
  });
  const count = (scene: Scene, name: string): number => {
    const { pen, calls } = createRecordingPen();
    drawScene(pen, scene);
    return calls.filter((call) => call.name === name).length;
  };

  it('are discs in few paths, squares of equal area when tiny; non-finite ones are left out', () => {
    expect([count(sceneOf(points(2)), 'arc'), count(sceneOf(points(2)), 'fill')]).toEqual([299, 2]);
    expect([count(sceneOf(points(1)), 'rect'), count(sceneOf(points(1)), 'arc')]).toEqual([299, 0]);
    const { pen, calls } = createRecordingPen();
    drawScene(pen, sceneOf(points(1)));
    const [, , width, height] = calls.find((call) => call.name === 'rect')!.args as number[];
    expect(width! * height!).toBeCloseTo(Math.PI, 9);
  });

  it('are one path of round caps in an SVG', () => {
    const svg = sceneToSvg(sceneOf(points(2)), 'dots');
    expect(svg.match(/h0/g)?.length).toBe(299);
    expect(svg).toContain('stroke-width="4" stroke-linecap="round"');
  });
});

it('draws a layer in place without a keeper, within its clip and opacity', () => {
  const layer: Mark = { kind: 'layer', role: 'ground', marks: [gap], clip: PLOT, opacity: 0.5 };
  const { pen, calls } = createRecordingPen();
  drawScene(pen, sceneOf(layer));
  expect(calls.filter((call) => call.name === 'stroke').length).toBe(1);
  expect(calls.filter((call) => call.name === 'clip').length).toBe(2);
  expect(sceneToSvg(sceneOf(layer), 'layer')).toContain('M0 0L10 10M20 20L30 30');
});
