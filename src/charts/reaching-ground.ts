// What lies still in the Reaching arena while it plays: the tasks as dots, the clouds' rings and names, the goal, the
// frame. Laid out once and handed on as one layer until the clouds, the window or the view change.
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import type { ReachingTasks } from '../tasks/reaching-field.ts';
import { arenaWords } from '../words/charts/reaching-arena.ts';
import { crisp } from './axes.ts';
import { layoutPlaneFrame, type ScreenPlane, toScreen } from './plane.ts';
import { isInside, type Point } from './pointer.ts';
import { type ArenaCloud, cloudsOf } from './reaching-plane.ts';
import { groupThousands } from './scales.ts';
import { type ChartView, densityStyle, type Mark, overlaps, type Rect, type TextMark } from './scene.ts';
import { shiftInside, textBox, textMark } from './text.ts';

export interface GroundInput {
  readonly experiment: ReachingExperiment;
  readonly tasks: ReachingTasks;
}

/** The still part of a scene and what it was laid out from. */
export interface Ground {
  readonly input: GroundInput;
  readonly plane: ScreenPlane;
  readonly view: ChartView;
  readonly marks: readonly Mark[];
  /** The clouds' names: painted over the pulls, and other words keep away from them. */
  readonly names: readonly TextMark[];
}

/** Index of painted tasks in REACHING_CLOUDS. */
const EXTRA = 3;

/** Dots shrink and pale as they become many. */
function dotLook(count: number): { radius: number; opacity: number } {
  if (count <= 1000) return { radius: 1.9, opacity: 0.6 };
  return count <= 5000 ? { radius: 1.4, opacity: 0.5 } : { radius: 1, opacity: 0.42 };
}

/** Pixels of the tasks inside the plot whose kind passes `test`. */
function dotPixels(tasks: ReachingTasks, plane: ScreenPlane, test: (cloud: number) => boolean): Float64Array {
  const { plot, window, unit } = plane;
  const x0 = plot.x + plot.width / 2 - window.x * unit;
  const y0 = plot.y + plot.height / 2 + window.y * unit;
  const pixels = new Float64Array(2 * tasks.count);
  let filled = 0;
  for (let i = 0; i < tasks.count; i++) {
    if (!test(tasks.clouds[i]!)) continue;
    const x = x0 + tasks.points[2 * i]! * unit;
    const y = y0 - tasks.points[2 * i + 1]! * unit;
    if (x < plot.x || x > plot.x + plot.width || y < plot.y || y > plot.y + plot.height) continue;
    pixels[filled++] = x;
    pixels[filled++] = y;
  }
  return pixels.subarray(0, filled);
}

function layoutDots(tasks: ReachingTasks, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { radius, opacity } = dotLook(tasks.count);
  const common = { kind: 'points' as const, clip: plane.plot };
  return [
    {
      ...common,
      role: 'tasks',
      points: dotPixels(tasks, plane, (cloud) => cloud !== EXTRA),
      radius: radius * scale,
      fill: view.theme.ink2,
      opacity,
    },
    {
      ...common,
      role: 'extra-tasks',
      points: dotPixels(tasks, plane, (cloud) => cloud === EXTRA),
      radius: 3 * scale,
      fill: view.theme.ink2,
    },
  ];
}

const RING_VERTICES = 72;

function ringPoints(centre: Point, radius: number): Float64Array {
  const points = new Float64Array(2 * RING_VERTICES + 2);
  for (let i = 0; i <= RING_VERTICES; i++) {
    const angle = (2 * Math.PI * i) / RING_VERTICES;
    points[2 * i] = centre.x + radius * Math.cos(angle);
    points[2 * i + 1] = centre.y + radius * Math.sin(angle);
  }
  return points;
}

/** Rings at one and two standard deviations; the main cloud's in ink, its first dashed: it is the goal. */
function layoutRings(cloud: ArenaCloud, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const centre = toScreen(plane, cloud.x, cloud.y);
  const main = cloud.index === 0;
  const ring = (sigmas: number): Mark => ({
    kind: 'line',
    role: `ring:${cloud.index}:${sigmas}`,
    points: ringPoints(centre, sigmas * cloud.spread * plane.unit),
    stroke: main ? theme.ink : theme.axis,
    lineWidth: (sigmas === 1 ? 1.25 : 1) * scale,
    dash: main && sigmas === 1 ? [6 * scale, 4 * scale] : [],
    opacity: sigmas === 1 ? 0.85 : main ? 0.22 : 0.45,
    clip: plane.plot,
  });
  const marks = [ring(2), ring(1)];
  if (!isInside(plane.plot, centre)) return marks;
  const look = main
    ? { stroke: theme.ink, lineWidth: 2 * scale, radius: 6 * scale }
    : { stroke: theme.ink2, lineWidth: 1.25 * scale, radius: 3.6 * scale };
  return [
    ...marks,
    { kind: 'marker', role: `centre:${cloud.index}`, shape: 'cross', fill: null, ...centre, ...look },
  ];
}

/** Two hairlines through the goal. */
function layoutGoalLines(goal: Point, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { plot } = plane;
  const look = {
    kind: 'line' as const,
    role: 'goal-line',
    stroke: view.theme.rule,
    lineWidth: 1,
    clip: plot,
  };
  return [
    { ...look, points: [plot.x, crisp(goal.y), plot.x + plot.width, crisp(goal.y)] },
    { ...look, points: [crisp(goal.x), plot.y, crisp(goal.x), plot.y + plot.height] },
  ];
}

/** From this plot width on, names carry the number of tasks. */
const ROOMY = 480;

/** "main cloud, 200 tasks" beside its outer ring: below, above, right or left, where it meets no other cloud. */
function layoutNames(
  clouds: readonly ArenaCloud[],
  plane: ScreenPlane,
  view: ChartView,
): readonly TextMark[] {
  const { fontSize } = densityStyle(view.density);
  const { plot } = plane;
  const disc = (cloud: ArenaCloud): Rect => {
    const { x, y } = toScreen(plane, cloud.x, cloud.y);
    const radius = 1.5 * cloud.spread * plane.unit + 4;
    return { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius };
  };
  const placed: TextMark[] = [];
  // Noise clouds are small: their names must be near; the main cloud's finds room around its large ring.
  for (const cloud of [...clouds].sort((a, b) => a.spread - b.spread)) {
    const centre = toScreen(plane, cloud.x, cloud.y);
    if (cloud.count === 0 || !isInside(plot, centre)) continue;
    const text = plot.width < ROOMY ? cloud.name : arenaWords.cloud(cloud.name, groupThousands(cloud.count));
    const look = { fontSize, align: 'center' as const };
    const { width, height } = textBox(text, { x: 0, y: 0, ...look });
    const up = 2 * cloud.spread * plane.unit + height * 0.8;
    const across = 2 * cloud.spread * plane.unit + width / 2 + 6;
    const others = clouds.filter((other) => other !== cloud && other.count > 0).map(disc);
    const spots = [
      [0, up],
      [0, -up],
      [across, 0],
      [-across, 0],
      [across * 0.75, up * 0.8],
      [-across * 0.75, up * 0.8],
    ].map(([dx, dy]) => {
      const at = { x: centre.x + dx!, y: centre.y + dy! };
      const shift = shiftInside(textBox(text, { ...at, ...look }), plot);
      const spot = { x: at.x + shift.dx, y: at.y + shift.dy };
      const box = textBox(text, { ...spot, ...look });
      const hits = [...others, ...placed.map((mark) => mark.box)].filter((rect) =>
        overlaps(rect, box),
      ).length;
      return { spot, box, cost: hits * 1000 + Math.abs(shift.dx) + Math.abs(shift.dy) };
    });
    const best = spots.reduce((a, b) => (b.cost < a.cost ? b : a));
    if (placed.some((mark) => overlaps(mark.box, best.box)) || width > plot.width) continue;
    placed.push(
      textMark(text, {
        role: `cloud:${cloud.index}`,
        ...best.spot,
        ...look,
        fill: view.theme.ink2,
        halo: view.theme.surface,
      }),
    );
  }
  return placed;
}

function isSameView(a: ChartView, b: ChartView): boolean {
  return a.width === b.width && a.height === b.height && a.theme === b.theme && a.density === b.density;
}

/** Lays the ground out, or hands on the previous one while nothing in it has changed. */
export function layoutGround(
  input: GroundInput,
  plane: ScreenPlane,
  view: ChartView,
  previous: Ground | null,
): Ground {
  if (
    previous !== null &&
    previous.input.experiment === input.experiment &&
    previous.input.tasks === input.tasks &&
    previous.plane.window.x === plane.window.x &&
    previous.plane.window.y === plane.window.y &&
    previous.plane.window.reach === plane.window.reach &&
    isSameView(previous.view, view)
  ) {
    return previous;
  }
  const clouds = cloudsOf(input.experiment);
  const names = layoutNames(clouds, plane, view);
  const goal = toScreen(plane, input.experiment.mainX, input.experiment.mainY);
  return {
    input,
    plane,
    view,
    names,
    marks: [
      ...layoutGoalLines(goal, plane, view),
      ...layoutPlaneFrame(plane, view),
      ...layoutDots(input.tasks, plane, view),
      ...clouds
        .filter((cloud) => cloud.count > 0 || cloud.index === 0)
        .flatMap((c) => layoutRings(c, plane, view)),
    ],
  };
}
