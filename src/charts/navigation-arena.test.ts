import { describe, expect, it } from 'vitest';
import { MAX_VELOCITY } from '../tasks/navigation.ts';
import {
  describeNavigationArena,
  layoutNavigationArena,
  type NavigationArenaData,
  tableNavigationArena,
} from './navigation-arena.ts';
import { policyField } from './navigation-field.ts';
import { pathsOf } from './navigation-paths.ts';
import { LINEAR_SHAPE, probeAt, walkTo } from './navigation-probe.testing.ts';
import { themeOf } from './palette.ts';
import { toScreen } from './plane.ts';
import { type ChartView, flatMarks, type Mark, overlaps } from './scene.ts';

const VIEW: ChartView = { width: 420, height: 400, theme: themeOf('light'), density: 'normal' };
const GOAL = { x: 0.3, y: -0.25 };
const DATA: NavigationArenaData = {
  algorithm: 'maml',
  experiment: { noiseTaskShare: 0, noiseInnerRadius: 0.75, noiseOuterRadius: 1, start: 'origin' },
  shape: LINEAR_SHAPE,
  probe: probeAt(GOAL),
  goal: GOAL,
  step: 2,
  batch: {
    tasks: [
      { x: 0.1, y: 0.2 },
      { x: -0.4, y: 0.4 },
      { x: 0.8, y: 0, isNoise: true },
    ],
    returnsBefore: new Float32Array(3),
    returnsAfter: new Float32Array(3),
    replayed: Uint8Array.of(0, 1, 0),
    chosen: new Uint8Array(3),
  },
  showField: true,
  showEpisodes: true,
};

const roles = (marks: readonly Mark[]) => flatMarks(marks).map((mark) => mark.role);
const withRole = (marks: readonly Mark[], role: string) =>
  flatMarks(marks).filter((mark) => mark.role === role);

describe('paths of the point agent', () => {
  it('start where the episode did, follow what was observed, and end after the last step', () => {
    const { trajectories } = DATA.probe!.steps[2]!;
    const paths = pathsOf(trajectories);
    expect(paths.episodes).toHaveLength(5);
    for (const [episode, path] of paths.episodes.entries()) {
      const length = trajectories.lengths[episode]!;
      expect(path).toHaveLength(2 * (length + 1));
      expect([path[0], path[1]]).toEqual([0, 0]);
      for (let i = 2; i < path.length; i++) {
        expect(Math.abs(path[i]! - path[i - 2]!)).toBeLessThanOrEqual(MAX_VELOCITY + 1e-6);
      }
      const row = episode * trajectories.horizon + 3;
      expect(path[6]).toBe(trajectories.observations[2 * row]);
    }
    expect(pathsOf(trajectories)).toBe(paths);
  });

  it('have a mean that waits where an episode has ended', () => {
    const { mean, episodes } = pathsOf(DATA.probe!.steps[2]!.trajectories);
    const last = (path: ArrayLike<number>, axis: number) => path[path.length - 2 + axis]!;
    const expected = episodes.reduce((sum, path) => sum + last(path, 0), 0) / episodes.length;
    expect(last(mean, 0)).toBeCloseTo(expected, 5);
  });
});

describe('a policy as a field', () => {
  it('points to where it walks, at most as fast as the environment lets it', () => {
    const target = { x: 0.2, y: 0.1 };
    const { places, means, std } = policyField(LINEAR_SHAPE, walkTo(target, 5), GOAL);
    for (let i = 0; i < places.length; i += 2) {
      expect(Math.sign(means[i]!)).toBe(Math.sign(target.x - places[i]!));
      expect(Math.abs(means[i]!)).toBeLessThanOrEqual(MAX_VELOCITY);
    }
    expect(std[0]).toBeCloseTo(Math.exp(-3), 6);
  });
});

describe('the arena', () => {
  it('shows field, ghost, trajectories, mean path, goals, start, goal and agent', () => {
    const scene = layoutNavigationArena(DATA, VIEW);
    const seen = new Set(roles(scene.marks));
    for (const role of ['field', 'goal-square', 'mean:before', 'mean:after', 'start', 'goal', 'agent']) {
      expect(seen).toContain(role);
    }
    expect(withRole(scene.marks, 'batch-goal:replayed')).toHaveLength(1);
    // The third goal lies outside what is shown.
    expect(withRole(scene.marks, 'batch-goal:fresh')).toHaveLength(1);
  });

  it('has no ghost at step 0 and no ring without noise; with noise the ring is inside the plot', () => {
    const before = new Set(roles(layoutNavigationArena({ ...DATA, step: 0 }, VIEW).marks));
    expect(before).not.toContain('mean:before');
    expect(before).not.toContain('noise-ring');
    const noisy = { ...DATA.experiment, noiseTaskShare: 0.2 };
    const scene = layoutNavigationArena({ ...DATA, experiment: noisy }, VIEW);
    expect(withRole(scene.marks, 'noise-ring')).toHaveLength(2);
    expect(withRole(scene.marks, 'batch-goal:fresh')).toHaveLength(2);
    const edge = toScreen(scene.plane, 1, 0);
    expect(edge.x).toBeLessThan(scene.plot.x + scene.plot.width);
  });

  it('keeps its layer while probe, step and size are the same, and only then', () => {
    const first = layoutNavigationArena(DATA, VIEW);
    const moved = layoutNavigationArena({ ...DATA, goal: { x: 0, y: 0.4 } }, VIEW, first);
    expect(moved.layer).toBe(first.layer);
    expect(layoutNavigationArena({ ...DATA, step: 1 }, VIEW, moved).layer).not.toBe(first.layer);
    expect(layoutNavigationArena(DATA, { ...VIEW, width: 300 }, first).layer).not.toBe(first.layer);
  });

  it('keeps names inside the plot and off each other, at any size and with goal and agent in one place', () => {
    for (const width of [150, 240, 420, 900]) {
      for (const step of [0, 1, 2]) {
        const scene = layoutNavigationArena({ ...DATA, step }, { ...VIEW, width });
        const names = scene.marks.flatMap((mark) =>
          mark.kind === 'text' && mark.role.startsWith('name:') ? [mark.box] : [],
        );
        expect(names.length).toBeGreaterThan(0);
        for (const [i, box] of names.entries()) {
          expect(box.x).toBeGreaterThanOrEqual(scene.plot.x);
          expect(box.x + box.width).toBeLessThanOrEqual(scene.plot.x + scene.plot.width + 0.01);
          for (const other of names.slice(i + 1)) expect(overlaps(box, other)).toBe(false);
        }
      }
    }
  });

  it('says what it shows, and lists every place', () => {
    expect(describeNavigationArena(DATA)).toMatch(/^Goal at 0\.3.*before.*after 1 step.*after 2 steps/);
    expect(describeNavigationArena({ ...DATA, probe: null })).toContain('Nothing measured yet');
    const { columns, rows } = tableNavigationArena(DATA);
    expect(columns).toHaveLength(5);
    const places = DATA.probe!.steps.flatMap(({ trajectories }) => [...trajectories.lengths]);
    expect(rows).toHaveLength(places.reduce((sum, length) => sum + length + 1, 0));
  });
});
