// The two pictures of the mismatch story: step sizes ([RMAML] Fig. 1B) and the sampled density ([RMAML] Fig. 2).
import { describe, expect, it } from 'vitest';
import { assertSound, instrumentViews, PLAIN_VIEW, textsOf } from './chart-expectations.testing.ts';
import {
  describeMismatch,
  layoutMismatch,
  type MismatchData,
  mismatchLine,
  sampledDensity,
  tableMismatch,
} from './reaching-mismatch.ts';
import { EXPERIMENT } from './reaching-runs.testing.ts';
import {
  descend,
  describeStepSize,
  judgeStepSize,
  layoutStepSize,
  type StepSizeData,
  sayStepSize,
  tableStepSize,
} from './reaching-step-size.ts';
import { toPixel } from './scales.ts';

const steps: StepSizeData = { distance: 6, steps: 5, alphas: [0.1, 0.8, 1.9], current: 0.8 };

describe('step sizes', () => {
  it('are sound at every size and theme, diverging ones too', () => {
    for (const view of instrumentViews()) {
      const alphas = [0.05, 0.5, 2.5];
      assertSound(layoutStepSize(steps, view));
      assertSound(layoutStepSize({ ...steps, alphas, steps: 20 }, view));
      assertSound(layoutStepSize({ ...steps, distance: 0 }, view));
    }
  });

  it('descend by gradient steps on ½(w − task)²', () => {
    let w = -6;
    const ways = descend(steps, 0.3);
    for (let i = 0; i <= 5; i++) {
      expect(ways[i]).toBeCloseTo(w, 12);
      w -= 0.3 * w;
    }
  });

  it('judge by what the steps leave', () => {
    expect([0.1, 0.8, 1.9, 2.5].map((alpha) => judgeStepSize(alpha, 5))).toEqual([
      'too small',
      'right',
      'too large',
      'too large',
    ]);
    // Fifty steps of 0.1 arrive where five do not.
    expect(judgeStepSize(0.1, 50)).toBe('right');
    expect([sayStepSize(0.1, 5), sayStepSize(0.8, 5), sayStepSize(2.1, 5), sayStepSize(0.1, 1)]).toEqual([
      '5 steps: 59 % left',
      '5 steps: < 1 % left',
      '5 steps: 1.61 × as far',
      '1 step: 90 % left',
    ]);
  });

  it('describe and tabulate', () => {
    expect(describeStepSize(steps)).toBe(
      'One task’s loss from a distance of 6.00: α 0.10 too small, 5 steps: 59 % left; α 0.80 right, 5 steps: < 1 % left; α 1.90 too large, 5 steps: 59 % left.',
    );
    expect(tableStepSize(steps).rows[0]).toEqual([0.1, 0, -6, 18]);
    expect(tableStepSize(steps).rows.length).toBe(18);
  });
});

const mismatch: MismatchData = {
  experiment: EXPERIMENT,
  agents: [
    { strategy: 'uniform', x: 0.2, y: 1.5 },
    { strategy: 'medium', x: 0, y: 0.3 },
  ],
};

describe('the mismatch picture', () => {
  it('is sound at every size and theme, without noise or agents, with agents at one place', () => {
    const clean = { ...EXPERIMENT, firstNoiseCount: 0, secondNoiseCount: 0 };
    for (const view of instrumentViews()) {
      assertSound(layoutMismatch(mismatch, view));
      assertSound(layoutMismatch({ experiment: clean, agents: [] }, view));
      const agents = mismatch.agents.map((agent) => ({ ...agent, x: 0, y: 0 }));
      assertSound(layoutMismatch({ experiment: EXPERIMENT, agents }, view));
    }
  });

  it('runs from the main centre to the noise clouds’ mean centre', () => {
    const line = mismatchLine(EXPERIMENT);
    const length = Math.hypot(0.5, 4.5);
    expect(line.along.x).toBeCloseTo(0.5 / length, 12);
    expect(line.along.y).toBeCloseTo(4.5 / length, 12);
    expect(line.centres[0]).toBe(0);
    expect((line.centres[1]! + line.centres[2]!) / 2).toBeCloseTo(length, 12);
  });

  it('has densities that integrate to 1, and to the main cloud’s share', () => {
    const line = mismatchLine(EXPERIMENT);
    let [all, main] = [0, 0];
    for (let at = -8; at <= 12; at += 0.01) {
      const density = sampledDensity(EXPERIMENT, line, at);
      all += 0.01 * density.all;
      main += 0.01 * density.main;
    }
    expect(all).toBeCloseTo(1, 6);
    expect(main).toBeCloseTo(200 / 300, 6);
  });

  it('puts each agent where it projects to', () => {
    const scene = layoutMismatch(mismatch, PLAIN_VIEW);
    const { along } = mismatchLine(EXPERIMENT);
    const marker = scene.marks.find((mark) => mark.role === 'agent:uniform');
    if (marker?.kind !== 'marker') throw new Error('no agent');
    expect(marker.x).toBeCloseTo(toPixel(scene.x, 0.2 * along.x + 1.5 * along.y), 9);
    expect(textsOf(scene).map((mark) => mark.text)).toEqual(
      expect.arrayContaining(['UNIFORM', 'MEDIUM', 'goal: 0']),
    );
  });

  it('describes and tabulates', () => {
    expect(describeMismatch(mismatch)).toBe(
      'Along the line from the main centre to the noise: UNIFORM at 1.51, MEDIUM at 0.30; the goal is 0.',
    );
    expect(tableMismatch(mismatch).rows.length).toBe(241);
  });
});
