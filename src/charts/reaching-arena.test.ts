import { describe, expect, it } from 'vitest';
import { assertDrawable, assertSound, textsOf } from './chart-expectations.testing.ts';
import { drawScene, type LayerKeeper, type Pen2D } from './draw-scene.ts';
import { themeOf } from './palette.ts';
import {
  ALL_PARTS,
  describeReachingArena,
  layoutReachingArena,
  type ReachingArenaData,
  tableReachingArena,
} from './reaching-arena.ts';
import { fitArena } from './reaching-plane.ts';
import { meanPull, sayMeanPull } from './reaching-pulls.ts';
import { EXPERIMENT, handMadeRuns, handMadeTasks } from './reaching-runs.testing.ts';
import { createRecordingPen } from './recording-pen.testing.ts';
import { type ChartView, flatMarks, type Mark, overlaps } from './scene.ts';
import { sceneToSvg } from './scene-svg.ts';

const tasks = handMadeTasks();
const runs = handMadeRuns(tasks);
const PLAIN: ChartView = { width: 700, height: 560, theme: themeOf('light'), density: 'normal' };

function data(more: Partial<ReachingArenaData> = {}, view = PLAIN): ReachingArenaData {
  return {
    experiment: EXPERIMENT,
    tasks,
    runs,
    iteration: 60,
    fraction: 0,
    focus: 'medium',
    parts: ALL_PARTS,
    window: fitArena(EXPERIMENT, view),
    hovered: null,
    focused: null,
    ...more,
  };
}

const ofRole = (marks: readonly Mark[], role: string): readonly Mark[] =>
  flatMarks(marks).filter((mark) => mark.role === role);

function markerOf(marks: readonly Mark[], role: string): { x: number; y: number } {
  const found = ofRole(marks, role)[0];
  if (found?.kind !== 'marker') throw new Error(`no marker ${role}`);
  return found;
}

describe('layoutReachingArena', () => {
  it('is sound at every size, theme and moment', () => {
    const sizes = [
      [316, 170],
      [480, 240],
      [700, 560],
      [1000, 860],
    ] as const;
    for (const [width, height] of sizes) {
      for (const theme of ['light', 'dark', 'forced'] as const) {
        for (const density of ['normal', 'projector'] as const) {
          const view: ChartView = { width, height, theme: themeOf(theme), density };
          for (const iteration of [0, 3, 60, 200]) {
            assertSound(layoutReachingArena(data({ iteration, fraction: 0.5 }, view), view));
          }
          assertSound(layoutReachingArena(data({ runs: [], focus: null }, view), view));
        }
      }
    }
  });

  it('names no agent over a marker, wherever the four stand', () => {
    let previous = null;
    for (let iteration = 0; iteration <= 200; iteration++) {
      const scene: ReturnType<typeof layoutReachingArena> = layoutReachingArena(
        data({ iteration }),
        PLAIN,
        previous,
      );
      previous = scene;
      const names = textsOf(scene).filter((mark) => mark.role.startsWith('label:'));
      expect(names.length).toBe(5);
      for (const mark of scene.marks) {
        if (mark.kind !== 'marker' || !mark.role.startsWith('agent:')) continue;
        const box = { x: mark.x - 6, y: mark.y - 6, width: 12, height: 12 };
        for (const name of names) expect(overlaps(name.box, box)).toBe(false);
      }
    }
  });

  it('lets names stand while the agents tremble', () => {
    const first = layoutReachingArena(data({ iteration: 150 }), PLAIN);
    let previous = first;
    let moved = 0;
    for (let iteration = 151; iteration <= 190; iteration++) {
      const next = layoutReachingArena(data({ iteration }), PLAIN, previous);
      for (const [id, offset] of next.nameOffsets) if (previous.nameOffsets.get(id) !== offset) moved++;
      previous = next;
    }
    // 40 frames of 5 names: without memory most would move.
    expect(moved).toBeLessThan(30);
  });

  it('moves the agent along the way between two iterations', () => {
    const at = (iteration: number, fraction: number) =>
      markerOf(layoutReachingArena(data({ iteration, fraction }), PLAIN).marks, 'agent:hard');
    const [from, middle, to] = [at(10, 0), at(10, 0.25), at(11, 0)];
    expect(middle.x).toBeCloseTo(from.x + 0.25 * (to.x - from.x), 9);
    expect(middle.y).toBeCloseTo(from.y + 0.25 * (to.y - from.y), 9);
    expect(at(200, 0.7)).toEqual(at(200, 0));
  });

  it('rings the sampled tasks, fresh and replayed apart, as many as the batch has', () => {
    for (const iteration of [0, 60, 199]) {
      const { marks } = layoutReachingArena(data({ iteration }), PLAIN);
      const replayed = runs[2]!.replayed[iteration]!;
      expect(ofRole(marks, 'sampled:replayed').length).toBe(replayed);
      expect(ofRole(marks, 'sampled:fresh').length).toBe(20 - replayed);
    }
    const bare = layoutReachingArena(data({ parts: { ...ALL_PARTS, sampled: false } }), PLAIN).marks;
    expect(ofRole(bare, 'sampled:fresh')).toEqual([]);
  });

  it('draws the mean pull so that β of it is the agent’s next move', () => {
    const run = runs[2]!;
    for (const t of [0, 60, 150]) {
      const { fresh, replayed } = meanPull(run, t, EXPERIMENT.stepSize);
      const { stepSize } = EXPERIMENT;
      expect(run.path[2 * t]! + stepSize * (fresh.x + replayed.x)).toBeCloseTo(run.path[2 * t + 2]!, 9);
      expect(run.path[2 * t + 1]! + stepSize * (fresh.y + replayed.y)).toBeCloseTo(run.path[2 * t + 3]!, 9);
    }
    const { marks } = layoutReachingArena(data(), PLAIN);
    const [fresh] = ofRole(marks, 'mean:fresh:head');
    const [replayed] = ofRole(marks, 'mean:replayed');
    if (fresh?.kind !== 'area' || replayed?.kind !== 'line') throw new Error('no arrow');
    // The replayed part starts at the tip of the fresh part.
    expect([replayed.points[0], replayed.points[1]]).toEqual([fresh.points[0], fresh.points[1]]);
  });

  it('says the mean pull in words', () => {
    const run = {
      ...runs[0]!,
      strategy: 'medium' as const,
      batchSize: 5,
      replayed: Int32Array.of(2),
      pulls: Float64Array.of(0.3, 0.4, 0, -0.1),
    };
    expect(sayMeanPull(run, 0, 0.1).join(' ')).toBe(
      'Mean pull on MEDIUM: 3 fresh tasks 5.00, 2 replayed 1.00, together 4.24. It moves β = 0.10 of that.',
    );
    const allFresh = { ...run, replayed: Int32Array.of(0), pulls: Float64Array.of(0.3, 0.4, 0, 0) };
    expect(sayMeanPull(allFresh, 0, 0.1).join(' ')).toBe(
      'Mean pull on MEDIUM: 5 fresh tasks 5.00. It moves β = 0.10 of that.',
    );
  });

  it('draws adaptation only where α is not 0, α of the way to each task', () => {
    expect(ofRole(layoutReachingArena(data(), PLAIN).marks, 'adaptation')).toEqual([]);
    const experiment = { ...EXPERIMENT, innerLearningRate: 0.5 };
    const { marks } = layoutReachingArena(data({ experiment }), PLAIN);
    const [adapted] = ofRole(marks, 'adaptation');
    const [pull] = ofRole(marks, 'pull:fresh');
    if (adapted?.kind !== 'line' || pull?.kind !== 'line') throw new Error('no spokes');
    expect(adapted.points[2]).toBeCloseTo((pull.points[0]! + pull.points[2]!) / 2, 9);
  });

  it('paints the focused strategy over the others', () => {
    const last = (focus: 'uniform' | 'hard') =>
      layoutReachingArena(data({ focus }), PLAIN)
        .marks.filter((mark) => mark.role.startsWith('agent:'))
        .at(-1)?.role;
    expect([last('uniform'), last('hard')]).toEqual(['agent:uniform', 'agent:hard']);
  });

  it('rings the keyboard’s handle with the focus colour', () => {
    const scene = layoutReachingArena(data({ focused: { kind: 'centre', cloud: 1 } }), PLAIN);
    const placed = scene.handles.find((one) => one.handle.kind === 'centre' && one.handle.cloud === 1)!;
    expect(markerOf(scene.marks, 'focus')).toMatchObject({ x: placed.x, y: placed.y, stroke: '#15181B' });
    assertSound(scene);
  });

  it('survives a far window, no tasks, a view without room', () => {
    assertSound(layoutReachingArena(data({ window: { x: 500, y: 500, reach: 1 } }), PLAIN));
    const none = { count: 0, points: new Float64Array(0), clouds: new Uint8Array(0) };
    assertSound(layoutReachingArena(data({ tasks: none, runs: [] }), PLAIN));
    assertDrawable(layoutReachingArena(data(), { ...PLAIN, width: 2, height: 2 }));
  });
});

describe('the ground', () => {
  it('is handed on while it plays and laid out anew when clouds, window or view change', () => {
    const first = layoutReachingArena(data(), PLAIN);
    const played = layoutReachingArena(
      { ...data(), window: { ...first.plane.window }, iteration: 61 },
      PLAIN,
      first,
    );
    expect(played.layer).toBe(first.layer);
    const moved = layoutReachingArena(data({ window: { x: 0, y: 0, reach: 5 } }), PLAIN, first);
    expect(moved.layer).not.toBe(first.layer);
    const experiment = { ...EXPERIMENT, mainX: 1 };
    expect(layoutReachingArena(data({ experiment }), PLAIN, first).layer).not.toBe(first.layer);
    const dark = { ...PLAIN, theme: themeOf('dark') };
    expect(layoutReachingArena(data(), dark, first).layer).not.toBe(first.layer);
  });

  it('is drawn by the keeper of layers where there is one, else in place; the SVG holds it too', () => {
    const scene = layoutReachingArena(data(), PLAIN);
    const painted: string[] = [];
    const keeper: LayerKeeper<Pen2D> = { paint: (_, layer) => painted.push(layer.role) };
    const kept = createRecordingPen();
    drawScene(kept.pen, scene, keeper);
    expect(painted).toEqual(['ground']);
    const whole = createRecordingPen();
    drawScene(whole.pen, scene);
    const arcs = (calls: typeof whole.calls) => calls.filter((call) => call.name === 'arc').length;
    expect(arcs(whole.calls) - arcs(kept.calls)).toBe(300);
    const dots = /<path d="((?:M[\d.]+ [\d.]+h0)+)"/.exec(sceneToSvg(scene, 'arena'))?.[1];
    expect(dots?.split('h0').length).toBe(301);
  });

  it('costs a playing frame next to nothing with 20,000 tasks', () => {
    const experiment = { ...EXPERIMENT, mainCount: 14_000, firstNoiseCount: 3000, secondNoiseCount: 3000 };
    const many = handMadeTasks(experiment);
    const input = data({ experiment, tasks: many });
    let scene = layoutReachingArena(input, PLAIN);
    const times = Array.from({ length: 30 }, (_, i) => {
      const from = performance.now();
      scene = layoutReachingArena({ ...input, iteration: 60 + i }, PLAIN, scene);
      return performance.now() - from;
    });
    expect(Math.min(...times)).toBeLessThan(5);
  });
});

it('describes and tabulates', () => {
  expect(describeReachingArena(data({ runs: [] }))).toBe('300 tasks; nothing run yet.');
  const text = describeReachingArena(data());
  expect(text).toMatch(/^Iteration 60 of 200, 300 tasks\. Distance to the main centre: UNIFORM \d/);
  expect(text).toContain('Mean pull on MEDIUM:');
  const table = tableReachingArena(data());
  expect(table.rows.length).toBe(4 * 201);
  expect(table.rows[0]).toEqual(['UNIFORM', 0, -6, -4, Math.hypot(6, 4), 0]);
  expect(table.rows[200]?.[5]).toBeNull();
});
