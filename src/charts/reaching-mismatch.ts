// The mismatch story ([RMAML] Fig. 2): how densely tasks are sampled along the line from the main centre towards the
// noise, the test distribution within it, and where UNIFORM (as MAML) and MEDIUM (as RMAML) end on that line.
import type { Strategy } from '../experiment/experiment.ts';
import type { ReachingExperiment } from '../experiment/reaching-experiment.ts';
import { mismatchWords } from '../words/charts/reaching-mismatch.ts';
import { crisp } from './axes.ts';
import { filledMarker } from './markers.ts';
import { layoutNames, type NamedPlace } from './reaching-agents.ts';
import { type ArenaCloud, cloudsOf } from './reaching-plane.ts';
import { type Domain, formatTick, formatValue, type Scale, toPixel } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene, type TextMark } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark } from './text.ts';

export interface MismatchData {
  readonly experiment: ReachingExperiment;
  /** Agents to show, with their place in the plane. */
  readonly agents: readonly { readonly strategy: Strategy; readonly x: number; readonly y: number }[];
}

export interface MismatchScene extends Scene {
  readonly x: Scale;
}

/** The line: through the main centre, in the direction of the noise clouds' mean centre. */
export interface MismatchLine {
  /** Unit vector; along x where the noise lies around the main centre evenly. */
  readonly along: { readonly x: number; readonly y: number };
  /** Position of each cloud's centre on the line; 0 is the main centre. */
  readonly centres: readonly number[];
}

export function mismatchLine(experiment: ReachingExperiment): MismatchLine {
  const clouds = cloudsOf(experiment);
  const main = clouds[0]!;
  const noise = clouds.slice(1);
  const count = noise.reduce((sum, cloud) => sum + cloud.count, 0);
  const weight = (cloud: ArenaCloud): number => (count > 0 ? cloud.count / count : 1 / noise.length);
  const dx = noise.reduce((sum, cloud) => sum + weight(cloud) * (cloud.x - main.x), 0);
  const dy = noise.reduce((sum, cloud) => sum + weight(cloud) * (cloud.y - main.y), 0);
  const length = Math.hypot(dx, dy);
  const along = length > 1e-9 ? { x: dx / length, y: dy / length } : { x: 1, y: 0 };
  return {
    along,
    centres: clouds.map((cloud) => (cloud.x - main.x) * along.x + (cloud.y - main.y) * along.y),
  };
}

/** Density of sampled tasks at position `at` of the line: each cloud's normal, weighted by its count. */
export function sampledDensity(
  experiment: ReachingExperiment,
  { centres }: MismatchLine,
  at: number,
): { readonly all: number; readonly main: number } {
  const clouds = cloudsOf(experiment);
  const total = clouds.reduce((sum, cloud) => sum + cloud.count, 0) || 1;
  const parts = clouds.map(({ spread, count }, i) => {
    const sigma = Math.max(spread, 1e-3);
    const z = (at - centres[i]!) / sigma;
    return ((count / total) * Math.exp(-0.5 * z * z)) / (sigma * Math.sqrt(2 * Math.PI));
  });
  return { all: parts.reduce((sum, part) => sum + part, 0), main: parts[0]! };
}

/** A place of the plane on the line. */
function positionOn(
  line: MismatchLine,
  experiment: ReachingExperiment,
  at: { x: number; y: number },
): number {
  return (at.x - experiment.mainX) * line.along.x + (at.y - experiment.mainY) * line.along.y;
}

/** Three standard deviations around every cloud, and the agents. */
function domainOf(data: MismatchData, line: MismatchLine): Domain {
  const ends = cloudsOf(data.experiment).flatMap(({ spread, count }, i) =>
    count > 0 || i === 0 ? [line.centres[i]! - 3 * spread, line.centres[i]! + 3 * spread] : [],
  );
  const agents = data.agents.map((agent) => positionOn(line, data.experiment, agent)).filter(Number.isFinite);
  const [low, high] = [Math.min(...ends, ...agents), Math.max(...ends, ...agents)];
  return high - low > 1e-6 ? [low, high] : [low - 1, high + 1];
}

const VERTICES = 240;

interface Frame {
  readonly data: MismatchData;
  readonly line: MismatchLine;
  readonly plot: Rect;
  readonly x: Scale;
  readonly view: ChartView;
}

/** All sampled tasks as a line, the main cloud's share of them as a pale area. */
function layoutDensities({ data, line, plot, x, view }: Frame): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const [low, high] = x.domain;
  const at = Array.from({ length: VERTICES + 1 }, (_, i) => low + ((high - low) * i) / VERTICES);
  const densities = at.map((value) => sampledDensity(data.experiment, line, value));
  const most = Math.max(...densities.map((one) => one.all), 1e-12);
  const bottom = plot.y + plot.height;
  const pixels = (kind: 'all' | 'main'): Float64Array =>
    Float64Array.from(
      densities.flatMap((one, i) => [toPixel(x, at[i]!), bottom - (one[kind] / most) * (plot.height - 2)]),
    );
  const [all, main] = [pixels('all'), pixels('main')];
  const closed = [...main, plot.x + plot.width, bottom, plot.x, bottom];
  return [
    { kind: 'area', role: 'main', points: closed, fill: theme.ink, opacity: 0.1 },
    { kind: 'line', role: 'sampled', points: all, stroke: theme.ink2, lineWidth: 1.5 * scale },
  ];
}

/** Axis with the goal, the clouds' names over their peaks. */
function layoutAxis({ data, line, plot, x, view }: Frame): readonly Mark[] {
  const { fontSize, scale } = densityStyle(view.density);
  const { theme } = view;
  const bottom = crisp(plot.y + plot.height);
  const goal = crisp(toPixel(x, 0));
  const rule: Mark = {
    kind: 'line',
    role: 'goal',
    points: [goal, plot.y, goal, bottom],
    stroke: theme.ink,
    lineWidth: 1.25 * scale,
    dash: [6 * scale, 4 * scale],
  };
  const look = {
    y: bottom + laneHeight(view) + fontSize * 0.75,
    fill: theme.ink2,
    fontSize,
    align: 'center' as const,
  };
  const noise = cloudsOf(data.experiment)
    .map((cloud, i) => ({ ...cloud, position: line.centres[i]! }))
    .filter((cloud) => cloud.index > 0 && cloud.count > 0);
  const words: TextMark[] = [textMark(mismatchWords.goal, { role: 'tick', x: goal, ...look })];
  if (noise.length > 0) {
    const mean = noise.reduce((sum, cloud) => sum + cloud.position, 0) / noise.length;
    const at = Math.min(toPixel(x, mean), plot.x + plot.width - fontSize * 3);
    const label = textMark(mismatchWords.noise(formatTick(Number(mean.toPrecision(2)))), {
      role: 'tick',
      x: at,
      ...look,
    });
    if (label.box.x > words[0]!.box.x + words[0]!.box.width + 6) words.push(label);
  }
  return [
    rule,
    {
      kind: 'line',
      role: 'x-axis',
      points: [plot.x, bottom, plot.x + plot.width, bottom],
      stroke: theme.axis,
      lineWidth: 1,
    },
    ...words,
  ];
}

/** Markers in a lane of their own under the axis, a stem up to it, and names beside them. */
function layoutAgents({ data, line, plot, x, view }: Frame): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const { theme } = view;
  const lane = { x: 0, y: plot.y + plot.height + 1, width: view.width, height: laneHeight(view) };
  const middle = lane.y + lane.height / 2;
  const placed = data.agents.flatMap((agent) => {
    const at = toPixel(x, positionOn(line, data.experiment, agent));
    return Number.isFinite(at) ? [{ ...agent, at: { x: at, y: middle } }] : [];
  });
  const markers = placed.map((agent) => {
    const style = theme.agents[agent.strategy];
    const where = { role: `agent:${agent.strategy}`, ...agent.at, radius: 5 * scale };
    return filledMarker(style.marker, where, { mark: style.mark, surface: theme.surface });
  });
  const stems = placed.map(({ strategy, at }): Mark => {
    const points = [crisp(at.x), plot.y + plot.height * 0.45, crisp(at.x), middle];
    return {
      kind: 'line',
      role: 'stem',
      points,
      stroke: theme.agents[strategy].mark,
      lineWidth: 1.5 * scale,
    };
  });
  const names: NamedPlace[] = placed.map(({ strategy, at }) => {
    const style = theme.agents[strategy];
    return { id: strategy, text: style.label, at, color: style.text, mark: style.mark, bold: true };
  });
  const taken = placed.map(({ at }) => {
    const reach = 7 * scale;
    return { x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach };
  });
  const words = layoutNames(names, { plot: lane, taken, avoid: [] }, view, null);
  return [...stems, ...words.marks, ...markers];
}

/** Room for one line of names under the axis. */
function laneHeight(view: ChartView): number {
  return Math.ceil(densityStyle(view.density).fontSize * 1.6);
}

/** Lays the chart out. */
export function layoutMismatch(data: MismatchData, view: ChartView): MismatchScene {
  const { fontSize } = densityStyle(view.density);
  const line = mismatchLine(data.experiment);
  const head = Math.ceil(fontSize * 1.6);
  const foot = Math.ceil(fontSize * 1.6) + laneHeight(view);
  const plot: Rect = {
    x: 4,
    y: head,
    width: Math.max(view.width - 8, 1),
    height: Math.max(view.height - head - foot, 1),
  };
  const x: Scale = { kind: 'linear', domain: domainOf(data, line), range: [plot.x, plot.x + plot.width] };
  const frame: Frame = { data, line, plot, x, view };
  const { theme, width, height } = view;
  const key = textMark(mismatchWords.key, {
    role: 'key',
    x: plot.x,
    y: fontSize * 0.75,
    fill: theme.ink2,
    fontSize,
  });
  return {
    width,
    height,
    background: theme.surface,
    plot,
    x,
    marks: [...layoutDensities(frame), ...layoutAxis(frame), ...layoutAgents(frame), key],
  };
}

/** "Along the line from the main centre to the noise: UNIFORM ends at 1.50, MEDIUM at 0.31; the goal is 0." */
export function describeMismatch({ experiment, agents }: MismatchData): string {
  const line = mismatchLine(experiment);
  if (agents.length === 0) return mismatchWords.nothing;
  const ends = agents.map((agent) =>
    mismatchWords.end(agent.strategy.toUpperCase(), formatValue(positionOn(line, experiment, agent))),
  );
  return mismatchWords.summary(ends.join(', '));
}

/** The densities along the line. */
export function tableMismatch(data: MismatchData): ChartTable {
  const line = mismatchLine(data.experiment);
  const [low, high] = domainOf(data, line);
  const rows = Array.from({ length: VERTICES + 1 }, (_, i) => {
    const at = low + ((high - low) * i) / VERTICES;
    const { all, main } = sampledDensity(data.experiment, line, at);
    return [at, all, main];
  });
  return { columns: ['position', 'sampled density', 'of the main cloud'], rows };
}
