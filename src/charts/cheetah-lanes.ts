// The Cheetah lab's stage: one lane per run with the cheetah before adaptation as a ghost and after it solid, the goal as
// a moving marker, ground ticks every half metre. One clock for all lanes and, where all run the same way, one camera, so
// that they are a race.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { lanesWords } from '../words/charts/cheetah-lanes.ts';
import { crisp, emptyMessage } from './axes.ts';
import { type CheetahMotion, type LaneGround, layoutBody, positionsAt, speedAt } from './cheetah-body.ts';
import { type CheetahSwarm, layoutSwarms, swarmExtent } from './cheetah-swarm.ts';
import { filledMarker } from './markers.ts';
import { formatTick, formatValue } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

export interface CheetahLane {
  readonly algorithm: AlgorithmId;
  /** Beside the name: "forwards", say; empty where the lanes differ by algorithm alone. */
  readonly note: string;
  /** What went wrong in its trajectories, under the speeds; absent: nothing. */
  readonly warning?: string;
  /** Before adaptation; null where it is the same policy, or not known yet. */
  readonly before: CheetahMotion | null;
  readonly after: CheetahMotion | null;
  /** Other trajectories after adaptation, of this task or of several, thin behind the first; absent: not shown. */
  readonly swarm?: readonly CheetahSwarm[];
  /** VEL: m/s. DIR: +1 or −1. */
  readonly goal: number;
}

export interface CheetahLanesData {
  readonly lanes: readonly CheetahLane[];
  /** Whether goals are velocities or directions. */
  readonly task: 'velocity' | 'direction';
  /** Seconds since the start of the recordings. */
  readonly time: number;
  /** Seconds from frame to frame. */
  readonly dt: number;
}

export interface CheetahLanesScene extends Scene {
  /** Metres at the left edge of each lane; the camera follows. */
  readonly lefts: readonly number[];
  /** Pixels per metre. */
  readonly unit: number;
}

/** Head room of a lane, in metres. */
const LANE_METRES = 1.35;
/** At least this much ground is in view. */
const LEAST_SPAN = 6.5;
/** Where in the view the runners are kept. */
const CENTRE = 0.5;

function frameOf(data: CheetahLanesData): number {
  return data.time / data.dt;
}

/** Root x of a motion now; NaN without one. */
function rootOf(motion: CheetahMotion | null, data: CheetahLanesData): number {
  return motion === null || motion.frames === 0 ? Number.NaN : positionsAt(motion, frameOf(data))[0]!;
}

/** The cameras: one for all lanes, or one each where the goals lie on both sides. */
function cameras(data: CheetahLanesData, span: number): readonly number[] {
  const { lanes } = data;
  const isRace = lanes.every(({ goal }) => goal >= 0) || lanes.every(({ goal }) => goal < 0);
  return lanes.map((lane) => cameraLeft(isRace ? lanes : [lane], data, span));
}

/** Room on both sides of a swarm of several tasks, in metres. */
const SWARM_MARGIN = 1.6;

/** Where the swarms of several tasks are, which spread out: from the last to the first cheetah. */
function tasksExtent(
  lanes: readonly CheetahLane[],
  data: CheetahLanesData,
): readonly [number, number] | null {
  const swarms = lanes.flatMap(({ swarm = [] }) => (swarm.length > 1 ? swarm : []));
  return swarmExtent(swarms, frameOf(data));
}

/** Metres of ground that must be in view. */
function leastSpan(data: CheetahLanesData): number {
  const extent = tasksExtent(data.lanes, data);
  return extent === null ? LEAST_SPAN : Math.max(LEAST_SPAN, extent[1] - extent[0] + 2 * SWARM_MARGIN);
}

/** A swarm of several tasks as a whole in view, else the mean of the adapted cheetahs in the middle, of those before adaptation where none has adapted. */
function cameraLeft(lanes: readonly CheetahLane[], data: CheetahLanesData, span: number): number {
  const extent = tasksExtent(lanes, data);
  if (extent !== null) return (extent[0] + extent[1]) / 2 - CENTRE * span;
  const roots = (pick: (lane: CheetahLane) => CheetahMotion | null) =>
    lanes.map((lane) => rootOf(pick(lane), data)).filter(Number.isFinite);
  const solid = roots((lane) => lane.after);
  const all = solid.length > 0 ? solid : roots((lane) => lane.before);
  const centre = all.length === 0 ? 0 : all.reduce((sum, x) => sum + x, 0) / all.length;
  return centre - CENTRE * span;
}

interface Frame {
  readonly data: CheetahLanesData;
  readonly view: ChartView;
  readonly plot: Rect;
  readonly unit: number;
  readonly left: number;
  /** No room under the name: its note stands beside it, and the goal with the first lane alone. */
  readonly isLow: boolean;
}

/** Ground line with a stub every half metre and a longer one every two; numbers under the last lane. */
function layoutGround({ view, plot, unit, left }: Frame, floor: number, numbered: boolean): readonly Mark[] {
  const { theme } = view;
  const { fontSize } = densityStyle(view.density);
  const right = left + plot.width / unit;
  const look = { kind: 'line' as const, stroke: theme.axis, lineWidth: 1 };
  const y = crisp(floor);
  const stubs: number[] = [];
  const words: Mark[] = [];
  const apart = unit * 2 < textWidth(lanesWords.metres('−100'), fontSize) ? 10 : 2;
  for (let half = Math.ceil(left * 2); half <= right * 2; half++) {
    const x = crisp(plot.x + (half / 2 - left) * unit);
    const isNumbered = half % (2 * apart) === 0;
    stubs.push(x, y, x, y + (isNumbered ? 6 : 3), Number.NaN, Number.NaN);
    if (!numbered || !isNumbered) continue;
    const text = lanesWords.metres(formatTick(half / 2));
    const mark = textMark(text, {
      role: 'metres',
      x,
      y: y + 6 + fontSize * 0.8,
      align: 'center',
      fill: theme.ink2,
      fontSize,
    });
    if (mark.box.x >= plot.x && mark.box.x + mark.box.width <= plot.x + plot.width) words.push(mark);
  }
  return [
    { ...look, role: 'ground', points: [plot.x, y, plot.x + plot.width, y] },
    { ...look, role: 'ground-stubs', points: stubs },
    ...words,
  ];
}

/** Where the goal would be by now: a dashed rule, or an arrow at the edge where it is out of view. */
function layoutGoal(frame: Frame, lane: CheetahLane, top: number, floor: number): readonly Mark[] {
  const { data, view, plot, unit, left } = frame;
  const { theme } = view;
  const { fontSize, scale } = densityStyle(view.density);
  if (data.task === 'direction') {
    const text = lane.goal > 0 ? lanesWords.goalForwards : lanesWords.goalBackwards;
    const side =
      lane.goal > 0
        ? { x: plot.x + plot.width, align: 'right' as const }
        : { x: plot.x, align: 'left' as const };
    const at = { ...side, y: top + fontSize * 0.8 };
    return [textMark(text, { role: 'goal', ...at, fill: theme.ink, fontSize, halo: theme.surface })];
  }
  const x = plot.x + (lane.goal * data.time - left) * unit;
  const words = lanesWords.goal(formatValue(lane.goal));
  const text = { role: 'goal', y: top + fontSize * 0.8, fill: theme.ink, fontSize, halo: theme.surface };
  if (x > plot.x + plot.width) {
    return [textMark(`${words} →`, { ...text, x: plot.x + plot.width, align: 'right' })];
  }
  if (x < plot.x) return [textMark(`← ${words}`, { ...text, x: plot.x })];
  const roomRight = x + 6 + textWidth(words, fontSize) <= plot.x + plot.width;
  return [
    {
      kind: 'line',
      role: 'goal-rule',
      points: [crisp(x), top, crisp(x), floor],
      stroke: theme.ink,
      lineWidth: 1.25 * scale,
      dash: [6 * scale, 4 * scale],
    },
    textMark(words, { ...text, x: roomRight ? x + 6 : x - 6, align: roomRight ? 'left' : 'right' }),
  ];
}

/** How far a cheetah out of view is, at the edge where it left. */
function layoutOutside(
  frame: Frame,
  x: number,
  at: { y: number; color: string; role: string },
): readonly Mark[] {
  const { plot, unit, left, view } = frame;
  const pixel = plot.x + (x - left) * unit;
  const { fontSize } = densityStyle(view.density);
  const words = { role: at.role, y: at.y, fill: at.color, fontSize, halo: view.theme.surface };
  // Half a cheetah's length: as long as a part of it shows, nothing needs saying.
  const reach = 0.7 * unit;
  if (pixel < plot.x - reach) {
    return [
      textMark(`← ${lanesWords.metres(formatValue((plot.x - pixel) / unit))}`, { ...words, x: plot.x + 2 }),
    ];
  }
  const right = plot.x + plot.width;
  if (pixel <= right + reach) return [];
  return [
    textMark(`${lanesWords.metres(formatValue((pixel - right) / unit))} →`, {
      ...words,
      x: right - 2,
      align: 'right',
    }),
  ];
}

/** Where notes begin that stand beside names: after the longest there is. */
function noteStart(view: ChartView): number {
  const { fontSize, scale } = densityStyle(view.density);
  const labels = Object.values(view.theme.algorithms).map(({ label }) => textWidth(label, fontSize, true));
  return Math.ceil(16 * scale + Math.max(...labels) + 8);
}

function layoutName(frame: Frame, lane: CheetahLane, top: number, floor: number): readonly Mark[] {
  const { data, view } = frame;
  const { theme } = view;
  const { fontSize, scale } = densityStyle(view.density);
  const style = theme.algorithms[lane.algorithm];
  const y = top + fontSize * 0.8;
  const speed = lane.after === null ? null : speedAt(lane.after, frameOf(data), data.dt);
  const x = style.marker === null ? 0 : 16 * scale;
  const marks: Mark[] = [
    textMark(style.label, { role: `name:${lane.algorithm}`, x, y, fill: style.text, fontSize, bold: true }),
  ];
  if (style.marker !== null) {
    const at = { role: `marker:${lane.algorithm}`, x: 6 * scale, y, radius: 4.5 * scale };
    marks.push(filledMarker(style.marker, at, { mark: style.mark, surface: theme.surface }));
  }
  if (frame.isLow) {
    const words = lane.warning ?? lane.note;
    const beside = { role: `note:${lane.algorithm}`, x: noteStart(view), y, fill: theme.ink2, fontSize };
    return words === '' ? marks : [...marks, textMark(words, beside)];
  }
  const now = speed === null ? '' : lanesWords.now(formatValue(speed));
  const lineHeight = fontSize * 1.35;
  // Low lanes have no room for what is least missed, the last.
  const room = Math.max(1, Math.round((floor - y) / lineHeight));
  const lines = [lane.note, lane.warning ?? '', now].filter((line) => line !== '').slice(0, room);
  return [
    ...marks,
    ...lines.map((line, i) =>
      textMark(line, {
        role: `note:${lane.algorithm}`,
        x: 0,
        y: y + lineHeight * (i + 1),
        fill: line === lane.warning ? theme.ink : theme.ink2,
        fontSize,
      }),
    ),
  ];
}

function layoutLane(frame: Frame, lane: CheetahLane, top: number, floor: number): readonly Mark[] {
  const { data, view } = frame;
  const style = view.theme.algorithms[lane.algorithm];
  const ground: LaneGround = { unit: frame.unit, left: frame.left, plot: { ...frame.plot, y: top }, floor };
  const { fontSize } = densityStyle(view.density);
  const at = frameOf(data);
  const body = (motion: CheetahMotion | null, ghost: boolean): readonly Mark[] => {
    if (motion === null || motion.frames === 0) return [];
    const role = `${ghost ? 'before' : 'after'}:${lane.algorithm}`;
    const positions = positionsAt(motion, at);
    const color = ghost ? view.theme.ink2 : style.mark;
    const outside = {
      y: floor - fontSize * (ghost || frame.isLow ? 0.9 : 2.2),
      color: ghost ? view.theme.ink2 : style.text,
    };
    return [
      ...layoutBody(positions, { ...ground, plot: laneRect(frame.plot, top, floor) }, view, {
        role,
        color,
        ghost,
      }),
      ...(frame.isLow && ghost
        ? []
        : layoutOutside(frame, positions[0]!, { ...outside, role: `outside:${role}` })),
    ];
  };
  const hasGoal = !frame.isLow || lane === data.lanes[0];
  return [
    ...layoutGoal(frame, lane, top, floor).filter(({ kind }) => hasGoal || kind === 'line'),
    ...body(lane.before, true),
    ...layoutSwarm(lane, ground, frame, laneRect(frame.plot, top, floor)),
    ...body(lane.after, false),
    ...layoutName(frame, lane, top, floor),
  ];
}

/** The lane's other trajectories, all at this moment. */
function layoutSwarm(lane: CheetahLane, ground: LaneGround, frame: Frame, plot: Rect): readonly Mark[] {
  const { mark: color } = frame.view.theme.algorithms[lane.algorithm];
  const look = { view: frame.view, color, role: `swarm:${lane.algorithm}` };
  return layoutSwarms(lane.swarm ?? [], frameOf(frame.data), { ...ground, plot }, look);
}

/** What may be painted on: the lane with a little of the ground, for feet have a thickness. */
function laneRect(plot: Rect, top: number, floor: number): Rect {
  return { x: plot.x, y: top, width: plot.width, height: floor - top + 2 };
}

/** Room left for names. */
function nameWidth(data: CheetahLanesData, view: ChartView, isLow: boolean): number {
  const { fontSize, scale } = densityStyle(view.density);
  if (isLow) {
    const notes = data.lanes.map(({ note, warning }) => textWidth(warning ?? note, fontSize));
    return Math.ceil(noteStart(view) + Math.max(...notes) + 12);
  }
  const names = data.lanes.map(({ algorithm, note, warning = '' }) =>
    Math.max(
      16 * scale + textWidth(view.theme.algorithms[algorithm].label, fontSize, true),
      textWidth(note, fontSize),
      textWidth(warning, fontSize),
    ),
  );
  return Math.ceil(Math.max(textWidth(lanesWords.now('−0.00'), fontSize), ...names) + 12);
}

/** Lays the lanes out at one moment. */
export function layoutCheetahLanes(data: CheetahLanesData, view: ChartView): CheetahLanesScene {
  const { fontSize } = densityStyle(view.density);
  const foot = Math.ceil(fontSize * 1.8);
  const laneHeight = Math.max(view.height - foot, 1) / Math.max(data.lanes.length, 1);
  // A name, one line and the ground's numbers need so much.
  const isLow = laneHeight < fontSize * 3.4;
  const x = nameWidth(data, view, isLow);
  const plot = {
    x,
    y: 0,
    width: Math.max(view.width - x - 2, 1),
    height: Math.max(view.height - foot, 1),
  };
  const unit = Math.min((laneHeight * 0.8) / LANE_METRES, plot.width / leastSpan(data));
  const lefts = cameras(data, plot.width / unit);
  const { width, height, theme } = view;
  const scene = { width, height, background: theme.surface, plot, lefts, unit };
  const isEmpty = data.lanes.every(({ before, after }) => before === null && after === null);
  const isShared = lefts.every((left) => left === lefts[0]);
  const marks = data.lanes.flatMap((lane, i) => {
    const frame: Frame = { data, view, plot, unit, left: lefts[i]!, isLow };
    const top = plot.y + i * laneHeight + 4;
    const floor = plot.y + (i + 1) * laneHeight - (isShared ? 8 : fontSize * 2);
    const isLast = i === data.lanes.length - 1;
    return [...layoutGround(frame, floor, isLast || !isShared), ...layoutLane(frame, lane, top, floor)];
  });
  return { ...scene, marks: isEmpty ? [...marks, emptyMessage(view, plot)] : marks };
}

function sayGoal(task: CheetahLanesData['task'], goal: number): string {
  if (task === 'velocity') return lanesWords.goal(formatValue(goal));
  return goal > 0 ? lanesWords.wantedForwards : lanesWords.wantedBackwards;
}

/** "At 3.15 s: MAML runs at 1.89 m/s after adaptation, 0.20 m/s before; goal 2 m/s." */
export function describeCheetahLanes(data: CheetahLanesData, nameOf: (id: AlgorithmId) => string): string {
  const at = frameOf(data);
  const lanes = data.lanes.map(({ algorithm, note, warning, before, after, goal }) => {
    const notes = [note, warning ?? ''].filter((text) => text !== '').join(', ');
    const name = notes === '' ? nameOf(algorithm) : lanesWords.noted(nameOf(algorithm), notes);
    const speed = (motion: CheetahMotion) => lanesWords.speed(formatValue(speedAt(motion, at, data.dt)));
    const ran = after === null ? lanesWords.unmeasured(name) : lanesWords.runs(name, speed(after));
    const earlier = before === null ? '' : lanesWords.before(speed(before));
    return lanesWords.lane(ran, earlier, sayGoal(data.task, goal));
  });
  return lanesWords.summary(formatValue(data.time), lanes.join(' '));
}

/** Root x over time, one row per lane and frame. */
export function tableCheetahLanes(data: CheetahLanesData, nameOf: (id: AlgorithmId) => string): ChartTable {
  const rows = data.lanes.flatMap(({ algorithm, note, before, after }) => {
    const frames = Math.max(before?.frames ?? 0, after?.frames ?? 0);
    const xAt = (motion: CheetahMotion | null, frame: number) =>
      motion === null || frame >= motion.frames ? null : positionsAt(motion, frame)[0]!;
    return Array.from({ length: frames }, (_, frame) => [
      nameOf(algorithm),
      note,
      frame * data.dt,
      xAt(before, frame),
      xAt(after, frame),
    ]);
  });
  return { columns: ['algorithm', 'lane', 'seconds', 'x before (m)', 'x after (m)'], rows };
}
