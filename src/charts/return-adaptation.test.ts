import { describe, expect, it } from 'vitest';
import type { PolicyAdaptationPoint } from '../training/policy-session-events.ts';
import { themeOf } from './palette.ts';
import { PUBLISHED_NAVIGATION } from './published.ts';
import {
  describeReturnAdaptation,
  layoutReturnAdaptation,
  type ReturnAdaptationData,
  tableReturnAdaptation,
} from './return-adaptation.ts';
import { rangeTicks, steppingRangeDomain, toPixel } from './scales.ts';
import { type ChartView, flatMarks } from './scene.ts';

const VIEW: ChartView = { width: 316, height: 180, theme: themeOf('light'), density: 'normal' };
const nameOf = (id: string) => id.toUpperCase();

const POINT: PolicyAdaptationPoint = {
  algorithm: 'maml',
  iteration: 50,
  environmentSteps: 1e6,
  seconds: 30,
  tasks: 40,
  steps: [0, 1, 2, 3, 4],
  meanReturn: [-41, -15, -9, -8, -7.5],
  standardError: [2, 1, 0.5, 0.5, 0.5],
  q25: [-50, -20, -12, -11, -10],
  q75: [-30, -10, -6, -5, -4],
  returnsByTask: [],
};

const DATA: ReturnAdaptationData = {
  points: [POINT],
  published: PUBLISHED_NAVIGATION.filter(({ algorithm }) => algorithm === 'maml'),
  innerStep: 2,
  focus: null,
  hoverX: null,
};

describe('the adaptation curve of returns', () => {
  it('draws mean, band, the shown step and the published returns where they are', () => {
    const scene = layoutReturnAdaptation(DATA, VIEW);
    const marks = flatMarks(scene.marks);
    const step = marks.find((mark) => mark.role === 'step:maml');
    expect(step).toMatchObject({ x: toPixel(scene.x, 2), y: toPixel(scene.y, -9) });
    const published = marks.filter((mark) => mark.role === 'published:maml');
    expect(published).toHaveLength(4);
    expect(published[1]).toMatchObject({ y: toPixel(scene.y, -11.7) });
    expect(marks.some((mark) => mark.role === 'band:maml')).toBe(true);
  });

  it('holds measured and published values in its axis, and keeps it', () => {
    const scene = layoutReturnAdaptation(DATA, VIEW);
    expect(scene.y.domain[0]).toBeLessThanOrEqual(-45);
    expect(scene.y.domain[1]).toBeGreaterThanOrEqual(-3.2);
    const better = { ...POINT, meanReturn: [-40, -12, -8, -7, -6.5] };
    expect(layoutReturnAdaptation({ ...DATA, points: [better] }, VIEW, scene).y.domain).toEqual(
      scene.y.domain,
    );
  });

  it('reads out the nearest step, and says everything in words and as a table', () => {
    const { plot, x } = layoutReturnAdaptation(DATA, VIEW);
    const { hover } = layoutReturnAdaptation({ ...DATA, hoverX: toPixel(x, 1.2) }, VIEW);
    expect(hover).toMatchObject({ title: '1 step', rows: [{ label: 'MAML', value: '−15.0' }] });
    expect(layoutReturnAdaptation({ ...DATA, hoverX: plot.x - 5 }, VIEW).hover).toBeNull();
    const words = describeReturnAdaptation(DATA, nameOf);
    expect(words).toContain('MAML: −41.0, −15.0');
    expect(words).toContain('[MAML] Fig. 4, MAML: −40.4');
    expect(tableReturnAdaptation(DATA, nameOf).rows).toHaveLength(5);
    expect(describeReturnAdaptation({ ...DATA, points: [] }, nameOf)).toBe('Nothing measured yet.');
  });
});

describe('a range that steps', () => {
  it('has nice ends around the data and ticks on its step', () => {
    const domain = steppingRangeDomain(null, [-47.3, -3.2]);
    expect(domain).toEqual([-60, 0]);
    expect(rangeTicks(domain)).toEqual([-60, -40, -20, 0]);
    expect(rangeTicks([-9, -7])).toEqual([-9, -8, -7]);
  });

  it('is kept until the data leave it or hardly fill it, and copes with one value and none', () => {
    const domain = steppingRangeDomain(null, [-47, -3]);
    expect(steppingRangeDomain(domain, [-50, -20])).toBe(domain);
    expect(steppingRangeDomain(domain, [-61, -3])[0]).toBeLessThanOrEqual(-61);
    expect(steppingRangeDomain(domain, [-5, -3])).not.toEqual(domain);
    const [low, high] = steppingRangeDomain(null, [-5, -5]);
    expect(low).toBeLessThanOrEqual(-5);
    expect(high).toBeGreaterThanOrEqual(-5);
    expect(high).toBeGreaterThan(low);
    expect(steppingRangeDomain(null, null)).toEqual([-1, 0]);
  });
});
