// The point agent's ways as lines: every trajectory fading with time, their mean path, and where they end. From
// trajectories to marks; whose they are and what else is in the arena is navigation-arena.ts's.
import { MAX_VELOCITY } from '../tasks/navigation.ts';
import type { Trajectories } from '../tasks/trajectories.ts';
import { type ScreenPlane, toPixels } from './plane.ts';
import { type ChartView, densityStyle, type Mark } from './scene.ts';

/** The places of one task's episodes: where the agent stood before each step, and after its last one. */
export interface EpisodePaths {
  /** Per episode flat places [x₀, y₀, …], length + 1 of them. */
  readonly episodes: readonly Float32Array[];
  /** The mean over episodes at each time, those that have ended waiting where they are: flat places. */
  readonly mean: Float32Array;
}

function clipped(velocity: number): number {
  return Math.min(MAX_VELOCITY, Math.max(-MAX_VELOCITY, velocity));
}

function episodePath(trajectories: Trajectories, episode: number): Float32Array {
  const { horizon, observationSize, actionSize, lengths, observations, actions } = trajectories;
  const length = lengths[episode]!;
  const path = new Float32Array(2 * (length + 1));
  for (let step = 0; step < length; step++) {
    const row = episode * horizon + step;
    const x = observations[row * observationSize]!;
    const y = observations[row * observationSize + 1]!;
    path.set([x, y], 2 * step);
    // Overwritten by what was observed, but for the last step, after which nothing was.
    path.set(
      [x + clipped(actions[row * actionSize]!), y + clipped(actions[row * actionSize + 1]!)],
      2 * step + 2,
    );
  }
  return path;
}

function meanPath(episodes: readonly Float32Array[]): Float32Array {
  const longest = Math.max(0, ...episodes.map((path) => path.length));
  const mean = new Float32Array(longest);
  for (const path of episodes) {
    for (let i = 0; i < longest; i += 2) {
      const at = Math.min(i, path.length - 2);
      mean[i]! += path[at]! / episodes.length;
      mean[i + 1]! += path[at + 1]! / episodes.length;
    }
  }
  return mean;
}

const KNOWN = new WeakMap<Trajectories, EpisodePaths>();

/** The paths of trajectories of one task; kept as long as the trajectories are. Episodes without a step have none. */
export function pathsOf(trajectories: Trajectories): EpisodePaths {
  const known = KNOWN.get(trajectories);
  if (known !== undefined) return known;
  const episodes = Array.from({ length: trajectories.episodes }, (_, e) =>
    episodePath(trajectories, e),
  ).filter((path) => path.length > 2);
  const paths = { episodes, mean: meanPath(episodes) };
  KNOWN.set(trajectories, paths);
  return paths;
}

/**
 * Parts of a trajectory: the share of its steps at which each ends, and its opacity. The way there is short and strong;
 * what follows is mostly hovering about one place.
 */
const FADE = [
  { until: 0.1, opacity: 0.55 },
  { until: 0.25, opacity: 0.34 },
  { until: 0.5, opacity: 0.2 },
  { until: 1, opacity: 0.12 },
] as const;

/** All episodes' `part`-th part as one polyline that lifts the pen between episodes. */
function partPixels(paths: EpisodePaths, plane: ScreenPlane, part: number): Float64Array {
  const pixels: number[] = [];
  for (const path of paths.episodes) {
    const steps = path.length / 2 - 1;
    const from = Math.round(steps * (FADE[part - 1]?.until ?? 0));
    const to = Math.round(steps * FADE[part]!.until);
    if (to <= from) continue;
    pixels.push(...toPixels(plane, path.subarray(2 * from, 2 * to + 2)), Number.NaN, Number.NaN);
  }
  return Float64Array.from(pixels);
}

export interface PathLook {
  /** Of the marks' roles. */
  readonly role: string;
  readonly stroke: string;
  /** The final policy's: strong. Else a ghost, dotted, its trajectories pale. */
  readonly strong: boolean;
}

/** Every trajectory, fading with time. */
export function layoutEpisodes(
  paths: EpisodePaths,
  plane: ScreenPlane,
  view: ChartView,
  look: PathLook,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  return FADE.map(({ opacity }, part) => ({
    kind: 'line',
    role: `episodes:${look.role}:${part}`,
    points: partPixels(paths, plane, part),
    stroke: look.stroke,
    lineWidth: scale,
    opacity: look.strong ? opacity : opacity * 0.5,
    clip: plane.plot,
  }));
}

/** The mean path: over a halo where it is strong, else dotted. */
export function layoutMeanPath(
  paths: EpisodePaths,
  plane: ScreenPlane,
  view: ChartView,
  look: PathLook,
): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const line = { kind: 'line' as const, points: toPixels(plane, paths.mean), clip: plane.plot };
  const mean: Mark = {
    ...line,
    role: `mean:${look.role}`,
    stroke: look.stroke,
    lineWidth: (look.strong ? 2.5 : 1.25) * scale,
    ...(!look.strong && { dash: [1.5 * scale, 3 * scale] }),
  };
  if (!look.strong) return [mean];
  return [{ ...line, role: `halo:${look.role}`, stroke: view.theme.surface, lineWidth: 5 * scale }, mean];
}
