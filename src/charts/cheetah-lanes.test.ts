import { describe, expect, it } from 'vitest';
import { RADIUS } from '../tasks/locomotion/cheetah-figures.ts';
import { positionsAt, speedAt } from './cheetah-body.ts';
import { glide, LANES } from './cheetah-lanes.testing.ts';
import { describeCheetahLanes, layoutCheetahLanes, tableCheetahLanes } from './cheetah-lanes.ts';
import { themeOf } from './palette.ts';
import { type ChartView, flatMarks, type LineMark, overlaps } from './scene.ts';

const VIEW: ChartView = { width: 700, height: 320, theme: themeOf('light'), density: 'normal' };
const nameOf = (id: string) => id.toUpperCase();

const lineOf = (data = LANES, role: string, view = VIEW): LineMark => {
  const marks = flatMarks(layoutCheetahLanes(data, view).marks);
  const mark = marks.find((one): one is LineMark => one.kind === 'line' && one.role === role);
  if (mark === undefined) throw new Error(`no line ${role}`);
  return mark;
};

describe('recorded motion', () => {
  it('goes in straight lines between frames and stays at its ends', () => {
    const motion = glide(2, 11, 0.1);
    expect(positionsAt(motion, 2.5)[0]).toBeCloseTo(0.5, 5);
    expect(positionsAt(motion, 99)[0]).toBeCloseTo(2, 5);
    expect(positionsAt(motion, -1)[0]).toBe(0);
    expect(speedAt(motion, 7, 0.1)).toBeCloseTo(2, 4);
    expect(speedAt(motion, 0, 0.1)).toBe(0);
  });
});

describe('the lanes', () => {
  it('draw capsules at their true width, round, all in one piece per leg', () => {
    const scene = layoutCheetahLanes(LANES, VIEW);
    const near = lineOf(LANES, 'after:maml:near');
    expect(near.lineWidth).toBeCloseTo(2 * RADIUS * scene.unit, 6);
    expect(near.cap).toBe('round');
    // Torso, head and three links: two ends and a lifted pen each.
    expect(near.points).toHaveLength(5 * 6);
    expect(lineOf(LANES, 'before:maml:body').opacity).toBeLessThan(0.5);
  });

  it('keep the runners in the middle and all lanes on one scale', () => {
    const scene = layoutCheetahLanes(LANES, VIEW);
    const x = (role: string) => lineOf(LANES, role).points[0]!;
    const middle = scene.plot.x + scene.plot.width / 2;
    expect(Math.abs((x('after:maml:near') + x('after:rmaml:near')) / 2 - middle)).toBeLessThan(scene.unit);
    const apart = (2.1 - 1.9) * 3 * scene.unit;
    expect(x('after:rmaml:near') - x('after:maml:near')).toBeCloseTo(apart, 0);
    const later = layoutCheetahLanes({ ...LANES, time: 4 }, VIEW);
    expect(later.lefts[0]! - scene.lefts[0]!).toBeCloseTo(2, 4);
  });

  it('tell what went wrong beside its lane, before the speed of the moment where room is short', () => {
    const lanes = LANES.lanes.map((lane, i) =>
      i === 0 ? { ...lane, note: 'mean 1.90 m/s', warning: '2/10 unstable' } : lane,
    );
    const notes = (view: ChartView) =>
      flatMarks(layoutCheetahLanes({ ...LANES, lanes }, view).marks).flatMap((mark) =>
        mark.kind === 'text' && mark.role === 'note:maml' ? [mark.text] : [],
      );
    const spacious = notes(VIEW);
    expect(spacious).toContain('2/10 unstable');
    expect(spacious.at(-1)).toMatch(/^now /);
    const tight = notes({ ...VIEW, height: 120 });
    expect(tight).toContain('2/10 unstable');
    expect(tight.join()).not.toContain('now');
    expect(describeCheetahLanes({ ...LANES, lanes }, nameOf)).toContain('2/10 unstable');
    expect(describeCheetahLanes(LANES, nameOf)).not.toContain('unstable');
  });

  it('keep names, notes and goals apart where many lanes are low', () => {
    const [first] = LANES.lanes;
    const runs = ['maml', 'fomaml', 'reptile', 'rmaml', 'pretrained'] as const;
    const lanes = runs.map((algorithm) => ({ ...first!, algorithm, note: 'mean −2.80 m/s' }));
    for (const [task, height] of [
      ['velocity', 150],
      ['direction', 130],
      ['direction', 230],
    ] as const) {
      const scene = layoutCheetahLanes({ ...LANES, task, lanes }, { ...VIEW, height });
      const texts = flatMarks(scene.marks).flatMap((mark) => (mark.kind === 'text' ? [mark] : []));
      expect(texts.filter(({ role }) => role.startsWith('name:'))).toHaveLength(5);
      expect(texts.filter(({ role }) => role.startsWith('note:')).length).toBeGreaterThanOrEqual(5);
      const left = texts.filter(({ role }) => /^(name|note|goal)/.test(role));
      for (const [i, a] of left.entries()) {
        for (const b of left.slice(i + 1))
          expect(overlaps(a.box, b.box), `${a.text} × ${b.text}`).toBe(false);
      }
      const rules = flatMarks(scene.marks).filter(({ role }) => role === 'goal-rule');
      expect(rules).toHaveLength(task === 'velocity' ? 5 : 0);
    }
  });

  it('give each lane a camera of its own where they run both ways', () => {
    const [first, second] = LANES.lanes;
    const lanes = [
      { ...first!, goal: 1 },
      { ...second!, after: glide(-3, 101, 0.05), goal: -1 },
    ];
    const scene = layoutCheetahLanes({ ...LANES, task: 'direction', lanes }, VIEW);
    expect(scene.lefts[0]! - scene.lefts[1]!).toBeCloseTo((1.9 + 3) * 3, 1);
    const metres = scene.marks.filter((mark) => mark.role === 'metres');
    expect(metres.length).toBeGreaterThan(3);
  });

  it('move the goal at its speed, and point to it where it is out of view', () => {
    const scene = layoutCheetahLanes(LANES, VIEW);
    expect(lineOf(LANES, 'goal-rule').points[0]).toBeCloseTo(
      scene.plot.x + (6 - scene.lefts[0]!) * scene.unit,
      -0.5,
    );
    const far = { ...LANES, lanes: LANES.lanes.map((lane) => ({ ...lane, goal: 9 })) };
    const texts = flatMarks(layoutCheetahLanes(far, VIEW).marks).flatMap((mark) =>
      mark.kind === 'text' ? [mark.text] : [],
    );
    expect(texts).toContain('goal 9.00 m/s →');
    const backwards = { ...LANES, task: 'direction' as const, lanes: [{ ...LANES.lanes[0]!, goal: -1 }] };
    const words = flatMarks(layoutCheetahLanes(backwards, VIEW).marks).find((mark) => mark.role === 'goal');
    expect(words).toMatchObject({ text: '← goal: backwards' });
  });

  it('say how far away a cheetah is that left the view', () => {
    const slow = { ...LANES, lanes: [{ ...LANES.lanes[0]!, before: glide(-3, 101, 0.05) }] };
    const words = flatMarks(layoutCheetahLanes(slow, VIEW).marks).find(
      (mark) => mark.role === 'outside:before:maml',
    );
    expect(words?.kind === 'text' && words.text).toMatch(/^← \d/);
  });

  it('draw the other trajectories thin, behind the first', () => {
    const [maml, rmaml] = LANES.lanes;
    const swarm = [{ share: null, motions: [glide(1.5, 101, 0.05), glide(2.2, 41, 0.05)] }];
    const marks = flatMarks(
      layoutCheetahLanes({ ...LANES, lanes: [{ ...maml!, swarm }, rmaml!] }, VIEW).marks,
    );
    const thin = marks.filter((mark) => mark.role.startsWith('swarm:maml'));
    const solid = marks.findIndex((mark) => mark.role === 'after:maml:near');
    expect(thin).toHaveLength(1);
    expect(marks.indexOf(thin[0]!)).toBeLessThan(solid);
    const widths = [...thin, marks[solid]!].map((mark) => (mark.kind === 'line' ? mark.lineWidth : 0));
    expect(widths[0]).toBeLessThan(widths[1]!);
    expect(marks.some((mark) => mark.role.startsWith('swarm:rmaml'))).toBe(false);
  });

  it('keep words off each other at any size', () => {
    for (const [width, height] of [
      [360, 150],
      [700, 320],
      [1100, 700],
    ] as const) {
      const scene = layoutCheetahLanes(LANES, { ...VIEW, width, height });
      const boxes = scene.marks.flatMap((mark) => (mark.kind === 'text' ? [mark.box] : []));
      for (const [i, box] of boxes.entries()) {
        for (const other of boxes.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
      }
    }
  });

  it('say in words and as a table what they show, and when there is nothing yet', () => {
    expect(describeCheetahLanes(LANES, nameOf)).toContain(
      'MAML runs at 1.90 m/s after adaptation, 0.60 m/s before; goal 2.00 m/s.',
    );
    expect(tableCheetahLanes(LANES, nameOf).rows).toHaveLength(202);
    const empty = { ...LANES, lanes: [{ ...LANES.lanes[0]!, before: null, after: null }] };
    expect(flatMarks(layoutCheetahLanes(empty, VIEW).marks).some((mark) => mark.role === 'message')).toBe(
      true,
    );
  });
});
