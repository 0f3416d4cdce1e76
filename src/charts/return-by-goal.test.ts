import { describe, expect, it } from 'vitest';
import { assertDrawable, assertSound, instrumentViews, PLAIN_VIEW } from './chart-expectations.testing.ts';
import {
  describeReturnByGoal,
  layoutReturnByGoal,
  type ReturnByGoalData,
  tableReturnByGoal,
} from './return-by-goal.ts';
import { toPixel } from './scales.ts';
import { flatMarks, type LineMark } from './scene.ts';

const DATA: ReturnByGoalData = {
  algorithm: 'maml',
  iterations: [0, 10, 100],
  groups: [
    { label: 'forwards', before: [-20, -100, -120], after: [-20, 20, 60] },
    { label: 'backwards', before: [-20, 60, 90], after: [-18, 150, 220] },
  ],
  step: 1,
  xLimit: 200,
  scrubX: null,
  hoverX: null,
};
const lineOf = (role: string, data = DATA): LineMark =>
  flatMarks(layoutReturnByGoal(data, PLAIN_VIEW).marks).find(
    (mark): mark is LineMark => mark.kind === 'line' && mark.role === role,
  )!;

describe('returns by goal', () => {
  it('show the only evaluation there is as points, which no line could', () => {
    const only = {
      ...DATA,
      iterations: [100],
      groups: DATA.groups.map(({ label, before, after }) => ({
        label,
        before: before.slice(2),
        after: after.slice(2),
      })),
    };
    const scene = layoutReturnByGoal(only, PLAIN_VIEW);
    const points = flatMarks(scene.marks).filter(({ role }) => role.startsWith('only:'));
    expect(points.map((mark) => 'y' in mark && mark.y)).toEqual([
      toPixel(scene.y, 60),
      toPixel(scene.y, 220),
    ]);
    assertSound(scene);
    assertDrawable(scene);
    const several = flatMarks(layoutReturnByGoal(DATA, PLAIN_VIEW).marks);
    expect(several.filter(({ role }) => role.startsWith('only:'))).toEqual([]);
  });

  it('draw each kind of goal by itself, told apart by dashes and by name', () => {
    const scene = layoutReturnByGoal(DATA, PLAIN_VIEW);
    const [forwards, backwards] = [lineOf('after:0'), lineOf('after:1')];
    expect(forwards.dash).not.toEqual(backwards.dash);
    expect(backwards.points[5]).toBeCloseTo(toPixel(scene.y, 220), 6);
    const words = flatMarks(scene.marks).flatMap((mark) => (mark.kind === 'text' ? [mark.text] : []));
    expect(words).toContain('forwards');
    expect(words).toContain('backwards');
  });

  it('are sound at any size, measured or not', () => {
    for (const view of instrumentViews()) {
      const empty = { ...DATA, iterations: [], groups: [] };
      for (const data of [DATA, empty, { ...DATA, scrubX: 10, hoverX: 80 }]) {
        const scene = layoutReturnByGoal(data, view);
        assertSound(scene);
        assertDrawable(scene);
      }
    }
  });

  it('are said and listed', () => {
    expect(describeReturnByGoal(DATA, (id) => id.toUpperCase())).toBe(
      'MAML at iteration 100: forwards −120 before, 60.0 after 1 step; backwards 90.0 before, 220 after 1 step.',
    );
    expect(tableReturnByGoal(DATA).rows).toHaveLength(6);
  });
});
