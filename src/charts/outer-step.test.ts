import { describe, expect, it } from 'vitest';
import type { OuterTrace } from '../algorithms/meta-rl/policy-algorithm.ts';
import {
  describeOuterStep,
  layoutOuterStep,
  type OuterStepData,
  sayOuterStep,
  tableOuterStep,
} from './outer-step.ts';
import { themeOf } from './palette.ts';
import { type ChartView, flatMarks } from './scene.ts';

const VIEW: ChartView = { width: 316, height: 150, theme: themeOf('dark'), density: 'normal' };

function lineSearch(taken: boolean): OuterTrace {
  const tries = [
    { scale: 1, kl: 0.016, surrogateLoss: -0.03, accepted: false },
    { scale: 0.8, kl: 0.012, surrogateLoss: 0.01, accepted: false },
    { scale: 0.64, kl: 0.008, surrogateLoss: taken ? -0.02 : 0.02, accepted: taken },
  ];
  const trace = {
    gradientNorm: 1,
    conjugateGradientIterations: 10,
    residualNorm: 0.1,
    curvature: 1,
    stepScale: 0.1,
    surrogateBefore: 0,
    tries,
  };
  return { kind: 'trpo', refusal: taken ? null : 'line-search-failed', trace };
}

const DATA: OuterStepData = { algorithm: 'maml', outer: lineSearch(true), maxKl: 0.01 };

describe('the last outer step', () => {
  it('shows the taken try inside the washed corner and the refused ones outside', () => {
    const marks = flatMarks(layoutOuterStep(DATA, VIEW).marks);
    const region = marks.find((mark) => mark.role === 'accepted-region');
    if (region?.kind !== 'rect') throw new Error('no region');
    const { rect } = region;
    const isIn = (at: { x: number; y: number }) => at.x <= rect.x + rect.width && at.y >= rect.y;
    const markers = marks.filter((mark) => mark.kind === 'marker');
    expect(markers.map((mark) => [mark.role, isIn(mark)])).toEqual([
      ['refused', false],
      ['refused', false],
      ['accepted', true],
    ]);
  });

  it('writes the limit over the grid', () => {
    const roles = flatMarks(layoutOuterStep(DATA, VIEW).marks).map((mark) => mark.role);
    expect(roles).toContain('grid');
    expect(roles.indexOf('max-kl-word')).toBeGreaterThan(roles.lastIndexOf('grid'));
  });

  it('keeps its axes while the tries fit', () => {
    const first = layoutOuterStep(DATA, VIEW);
    const next = layoutOuterStep({ ...DATA, outer: lineSearch(false) }, VIEW, first);
    expect(next.x.domain).toEqual(first.x.domain);
    expect(next.y.domain).toEqual(first.y.domain);
  });

  it('says in words what happened', () => {
    expect(sayOuterStep(DATA)).toBe('taken at try 3, KL 0.008');
    expect(sayOuterStep({ ...DATA, outer: lineSearch(false) })).toBe('kept θ: no try was good enough');
    expect(sayOuterStep({ ...DATA, outer: null })).toBe('no step yet');
    expect(sayOuterStep({ ...DATA, outer: { kind: 'reptile', refusal: null, gradientNorm: 1 } })).toContain(
      'no trust region',
    );
    expect(describeOuterStep(DATA)).toContain('changed by −0.02');
    expect(tableOuterStep(DATA).rows.map((row) => row[3])).toEqual(['no', 'no', 'yes']);
  });

  it('names what keeps an empty frame empty', () => {
    const text = (outer: OuterTrace | null) =>
      flatMarks(layoutOuterStep({ ...DATA, outer }, VIEW).marks).find((mark) => mark.role === 'message');
    expect(text(null)).toMatchObject({ text: 'Press Run to draw this.' });
    expect(text({ kind: 'none', refusal: null })).toMatchObject({ text: 'does not train' });
  });
});
