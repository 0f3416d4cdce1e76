import { describe, expect, it } from 'vitest';
import { glide, LANES } from './cheetah-lanes.testing.ts';
import { layoutCheetahLanes } from './cheetah-lanes.ts';
import { layoutSwarms, swarmExtent } from './cheetah-swarm.ts';
import { themeOf } from './palette.ts';
import { type ChartView, flatMarks } from './scene.ts';

const VIEW: ChartView = { width: 700, height: 320, theme: themeOf('light'), density: 'normal' };
const GROUND = { unit: 50, left: -1, plot: { x: 0, y: 0, width: 400, height: 100 }, floor: 90 };
const look = { view: VIEW, color: '#123456', role: 'swarm' };

describe('a swarm', () => {
  it('is one line for each task, whatever the number of its cheetahs', () => {
    const swarms = [0, 0.5, 1].map((share) => ({
      share,
      motions: Array.from({ length: 40 }, () => glide(2 * share, 101, 0.05)),
    }));
    const marks = layoutSwarms(swarms, 20, GROUND, look);
    expect(marks).toHaveLength(3);
    const lines = marks.flatMap((mark) => (mark.kind === 'line' ? [mark] : []));
    expect(new Set(lines.map(({ stroke }) => stroke)).size).toBe(3);
    // Eight capsules of two ends and a lifted pen.
    expect(lines[0]!.points).toHaveLength(40 * 8 * 6);
  });

  it('leaves out who is out of view', () => {
    const swarms = [{ share: null, motions: [glide(0.5, 101, 0.05), glide(9, 101, 0.05)] }];
    const [mark] = layoutSwarms(swarms, 100, GROUND, look);
    expect(mark).toMatchObject({ stroke: '#123456' });
    expect(mark!.kind === 'line' && mark!.points).toHaveLength(8 * 6);
    expect(swarmExtent(swarms, 100)).toEqual([2.5, 45]);
    expect(swarmExtent([], 3)).toBeNull();
  });

  it('of all tasks is in view as a whole', () => {
    const swarm = [0, 1].map((share) => ({ share, motions: [glide(4 * share, 101, 0.05)] }));
    const lanes = [{ ...LANES.lanes[0]!, swarm }];
    const scene = layoutCheetahLanes({ ...LANES, time: 5, lanes }, VIEW);
    for (const mark of flatMarks(scene.marks)) {
      if (mark.kind !== 'line' || !mark.role.startsWith('swarm:')) continue;
      const xs = Array.from(mark.points)
        .filter((_, i) => i % 2 === 0)
        .filter(Number.isFinite);
      expect(xs.length).toBe(16);
      expect(Math.min(...xs)).toBeGreaterThan(scene.plot.x);
      expect(Math.max(...xs)).toBeLessThan(scene.plot.x + scene.plot.width);
    }
  });

  it('of two hundred is laid out in a few milliseconds', () => {
    const motions = Array.from({ length: 200 }, (_, i) => glide(i / 200, 101, 0.05));
    const wide = { ...GROUND, plot: { ...GROUND.plot, width: 1000 } };
    const times = Array.from({ length: 30 }, (_, frame) => {
      const from = performance.now();
      layoutSwarms([{ share: null, motions }], frame + 0.5, wide, look);
      return performance.now() - from;
    });
    // A frame at 30 per second has 33 ms; drawing takes its part of them.
    expect(Math.min(...times)).toBeLessThan(8);
  });
});
