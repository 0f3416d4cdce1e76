import { describe, expect, it } from 'vitest';
import { guessAt, layoutGuessChart, withGuess } from './guess-chart.ts';
import { themeOf } from './palette.ts';
import { type ChartView, flatMarks } from './scene.ts';

const view: ChartView = { width: 320, height: 220, theme: themeOf('light'), density: 'normal' };
const points = [
  { x: 0, y: 4 },
  { x: 5, y: 2 },
  { x: 10, y: 1 },
];
const data = {
  x: { domain: [0, 10], kind: 'linear', ticks: [0, 5, 10] },
  y: { domain: [0, 6], kind: 'linear', ticks: [0, 3, 6] },
  points,
  isCategorical: false,
  active: null,
} as const;

describe('the chart of a guess', () => {
  it('draws one dashed line and a marker at each point, inside the axes', () => {
    const scene = layoutGuessChart(data, view);
    const line = scene.marks.find((mark) => mark.role === 'guess');
    expect(line?.kind === 'line' ? line.dash : null).toEqual([6, 4]);
    expect(line?.kind === 'line' ? line.points.length : 0).toBe(6);
    expect(scene.marks.filter((mark) => mark.role === 'guess-point')).toHaveLength(3);
  });

  it('draws thicker for a projector', () => {
    const scene = layoutGuessChart(data, { ...view, density: 'projector' });
    const line = scene.marks.find((mark) => mark.role === 'guess');
    expect(line?.kind === 'line' ? line.lineWidth : 0).toBeCloseTo(1.75 * 1.6);
  });

  it('moves the point nearest along x to the pointer’s height, held inside the axes', () => {
    const scene = layoutGuessChart(data, view);
    const { plot } = scene;
    const middle = { x: plot.x + plot.width * 0.55, y: plot.y + plot.height / 2 };
    expect(guessAt(scene, points, middle)).toEqual({ index: 1, y: 3 });
    expect(guessAt(scene, points, { x: 0, y: -100 })).toEqual({ index: 0, y: 6 });
    expect(guessAt(scene, points, { x: 999, y: 999 })).toEqual({ index: 2, y: 0 });
  });

  it('lies over the outcome by the outcome’s own axes, named, and cut to its plot', () => {
    const outcome = layoutGuessChart({ ...data, points: [], y: { ...data.y, domain: [0, 3] } }, view);
    const scene = withGuess(outcome, points, view, 'your guess');
    const added = scene.marks.slice(outcome.marks.length);
    const line = added.find((mark) => mark.role === 'guess');
    expect(line?.clip).toEqual(outcome.plot);
    // The first point, at 4, is above the axis.
    expect(added.filter((mark) => mark.role === 'guess-point')).toHaveLength(2);
    const name = added.find((mark) => mark.kind === 'text');
    expect(name?.kind === 'text' ? name.text : '').toBe('your guess');
    if (name?.kind === 'text') expect(name.box.x + name.box.width).toBeLessThanOrEqual(view.width);
  });

  it('leaves a scene without scales alone', () => {
    const { x: _x, y: _y, ...bare } = layoutGuessChart(data, view);
    expect(withGuess(bare, points, view, 'your guess')).toBe(bare);
    expect(flatMarks(bare.marks).length).toBeGreaterThan(0);
  });
});
