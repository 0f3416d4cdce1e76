// What the evaluation of a cheetah prints: figures computed by hand from points made up here.
import { describe, expect, it } from 'vitest';
import { CHEETAH_PRESETS } from '../experiment/cheetah-presets.ts';
import type { PolicyAdaptationPoint } from '../training/policy-session-events.ts';
import { cheetahEntries, cheetahLines } from './cheetah-evaluation.ts';
import { formatPolicyEvaluation, policyEvaluationOf } from './evaluate-policy-runs.ts';

const DIR = CHEETAH_PRESETS[0].experiment;
const VEL = { ...DIR, family: 'vel' } as const;
const STEPS = [0, 1, 2, 3];

const POINT: PolicyAdaptationPoint = {
  algorithm: 'maml',
  iteration: 9,
  environmentSteps: 100,
  seconds: 1,
  tasks: 2,
  steps: STEPS,
  meanReturn: [-60, -40, -35, -33],
  standardError: [5, 4, 3, 3],
  q25: [-70, -50, -40, -40],
  q75: [-50, -30, -30, -30],
  returnsByTask: STEPS.map(() => [-50, -40]),
  gainsByTask: [
    [-0.6, -0.4],
    [-0.3, -0.5],
    [-0.25, -0.35],
    [-0.2, -0.3],
  ],
  velocityErrorsByTask: [
    [0.55, 0.35],
    [0.2, 0.36],
    [0.1, 0.26],
    [0.125, 0.175],
  ],
};

describe('the evaluation of VEL', () => {
  it('tells the error of each timestep and that of each trajectory’s mean, after 0 to 3 steps', () => {
    const entries = cheetahEntries(VEL, POINT);
    const of = (key: string) => entries.map((entry) => (key in entry ? Object(entry)[key] : null));
    for (const [key, wanted] of [
      ['speedError', [0.5, 0.4, 0.3, 0.25]],
      ['meanVelocityError', [0.45, 0.28, 0.18, 0.15]],
    ] as const) {
      of(key).forEach((value, step) => {
        expect(value).toBeCloseTo(wanted[step]!, 12);
      });
    }
    expect(cheetahLines(entries)).toEqual([
      { name: '  |mean v−g|', cells: ['0.450', '0.280', '0.180', '0.150'] },
      { name: '  |v−g|', cells: ['0.500', '0.400', '0.300', '0.250'] },
    ]);
  });

  it('prints both under the returns, and says once what they are', () => {
    const text = formatPolicyEvaluation(policyEvaluationOf({ ...VEL }, [POINT]));
    expect(text).toMatch(/\|mean v−g\|\s+0\.450\s+0\.280\s+0\.180\s+0\.150/);
    expect(text).toMatch(/\|v−g\|\s+0\.500\s+0\.400\s+0\.300\s+0\.250/);
    expect(text.split('how far each trajectory’s mean velocity is from its goal')).toHaveLength(2);
    const directions = formatPolicyEvaluation(policyEvaluationOf(DIR, [POINT]));
    expect(directions).not.toContain('v−g');
  });

  it('counts unstable episodes, and prints them where there were any', () => {
    const unstable = { ...POINT, unstableEpisodes: [0, 3, 0, 1] };
    expect(cheetahEntries(VEL, unstable).map((entry) => entry.unstableEpisodes)).toEqual([0, 3, 0, 1]);
    expect(cheetahEntries(DIR, unstable)[1]).toMatchObject({ unstableEpisodes: 3 });
    const text = formatPolicyEvaluation(policyEvaluationOf(DIR, [unstable]));
    expect(text).toMatch(/\n {2}unstable\s+0\s+3\s+0\s+1\n/);
    expect(text).toContain('unstable: episodes that ended early');
    expect(formatPolicyEvaluation(policyEvaluationOf(VEL, [POINT]))).not.toContain('unstable');
  });

  it('refuses a point that lacks them', () => {
    const { velocityErrorsByTask: _, ...older } = POINT;
    expect(() => cheetahEntries(VEL, older)).toThrow('without gains or errors');
    expect(cheetahEntries(DIR, older)).toHaveLength(4);
  });
});
