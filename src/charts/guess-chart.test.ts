import { describe, expect, it } from 'vitest';
import { guessAt, layoutGuessChart, withGuess } from './guess-chart.ts';
import { themeOf } from './palette.ts';
import { type ChartView, flatMarks } from './scene.ts';
import { textMark } from './text.ts';

const view: ChartView = { width: 320, height: 220, theme: themeOf('light'), density: 'normal' };
const points = [
  { x: 0, y: 4 },
  { x: 5, y: 2 },
  { x: 10, y: 1 },
];
const names = { name: 'your guess', beyond: 'your guess, in part beyond the axis' };
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
    const outcome = layoutGuessChart({ ...data, points: [] }, view);
    const added = withGuess(outcome, points, view, names).marks.slice(outcome.marks.length);
    expect(added.find((mark) => mark.role === 'guess')?.clip).toEqual(outcome.plot);
    expect(added.filter((mark) => mark.role === 'guess-point')).toHaveLength(3);
    const name = added.find((mark) => mark.kind === 'text');
    expect(name?.kind === 'text' ? name.text : '').toBe('your guess');
    if (name?.kind === 'text') expect(name.box.x + name.box.width).toBeLessThanOrEqual(view.width);
  });

  it('holds points beyond the outcome’s axis at its edge, pointing outwards, and says so', () => {
    const outcome = layoutGuessChart({ ...data, points: [], y: { ...data.y, domain: [1.5, 3] } }, view);
    const { plot, marks } = withGuess(outcome, points, view, names);
    // At 4, 2 and 1: above, inside, below.
    const found = marks.flatMap((mark) => (mark.kind === 'marker' ? [mark] : []));
    expect(found.map(({ shape }) => shape)).toEqual(['triangle', 'circle', 'nabla']);
    for (const { y, radius } of found) {
      expect(y - radius).toBeGreaterThanOrEqual(plot.y);
      expect(y + radius).toBeLessThanOrEqual(plot.y + plot.height);
    }
    const name = marks.find((mark) => mark.role === 'guess-name');
    expect(name?.kind === 'text' ? name.text : '').toBe(names.beyond);
  });

  it('holds a guess of nothing at the foot of a logarithmic axis', () => {
    const outcome = layoutGuessChart(
      { ...data, points: [], y: { domain: [0.01, 10], kind: 'log', ticks: [0.01, 10] } },
      view,
    );
    const { marks } = withGuess(outcome, [{ x: 5, y: 0 }], view, names);
    expect(marks.find((mark) => mark.kind === 'marker')).toMatchObject({ shape: 'nabla' });
  });

  it('gives a row’s point beyond the axis its value and an arrow, inside the plot', () => {
    const { x, y: _y, ...bare } = layoutGuessChart(data, view);
    const { plot } = bare;
    const row = (name: string, y: number) =>
      textMark(name, { role: `name:${name}`, x: 0, y, fill: '#000', fontSize: 12 });
    const scene = { ...bare, x, marks: [row('EASY', 20), row('HARD', 60)] };
    const { marks } = withGuess(
      scene,
      [
        { x: 0, y: 25 },
        { x: 1, y: 4 },
      ],
      view,
      names,
    );
    const [first, second] = marks.flatMap((mark) => (mark.kind === 'marker' ? [mark] : []));
    expect(first).toMatchObject({ x: plot.x + plot.width, y: 20 });
    expect(second?.y).toBe(60);
    const said = marks.flatMap((mark) => (mark.kind === 'text' && mark.role === 'guess-name' ? [mark] : []));
    expect(said.map(({ text }) => text)).toEqual(['25.0 →', 'your guess']);
    for (const { box } of said) expect(box.x + box.width).toBeLessThanOrEqual(plot.x + plot.width);
  });

  it('leaves a scene without scales alone', () => {
    const { x: _x, y: _y, ...bare } = layoutGuessChart(data, view);
    expect(withGuess(bare, points, view, names)).toBe(bare);
    expect(flatMarks(bare.marks).length).toBeGreaterThan(0);
  });
});
