// 2D navigation: a point agent walks to a goal that it is not told ([MAML] §5.3, REFERENCE 5.1). The task is the goal;
// the observation is the position. Here are the environment and the distributions of goals; no policy, no learning.
import { sin } from '../math/elementary.ts';
import { foldIn, type Key, uniform } from '../math/rng.ts';
import type { Environment, Episode } from './trajectories.ts';

/** A goal in the plane. */
export interface NavigationTask {
  readonly x: number;
  readonly y: number;
  /** Drawn from the ring of noise. */
  readonly isNoise?: true;
}

export interface NavigationSettings {
  /** −‖p − g‖² ([MAML]'s text) or −‖p − g‖ (its authors' code), p after the step. */
  readonly reward: 'squared-distance' | 'distance';
  /** Start at the origin, or anywhere in the unit square around it ([FO]). */
  readonly start: 'origin' | 'square';
}

/** Steps per episode, at most. */
export const NAVIGATION_HORIZON = 100;
/** The largest velocity per axis and step. */
export const MAX_VELOCITY = 0.1;
/** The episode is done when both |x − gₓ| and |y − g_y| are below this. */
export const GOAL_DISTANCE = 0.01;
/** Half the side of the square of goals and starts. */
export const HALF_SIDE = 0.5;

/** The environment; actions are velocity commands, clipped to ±MAX_VELOCITY per axis. */
export function createNavigation(settings: NavigationSettings): Environment<NavigationTask> {
  return {
    observationSize: 2,
    actionSize: 2,
    start: (task, key) => startEpisode(settings, task, key),
  };
}

function startEpisode({ reward, start }: NavigationSettings, goal: NavigationTask, key: Key): Episode {
  // Kept in float32, so that what the policy saw is what the trajectory records.
  const position = start === 'origin' ? new Float32Array(2) : uniform(key, 2, -HALF_SIDE, HALF_SIDE);
  return {
    observation: position,
    step(actions, at) {
      position[0]! += clip(actions[at]!);
      position[1]! += clip(actions[at + 1]!);
      const dx = position[0]! - goal.x;
      const dy = position[1]! - goal.y;
      const squared = dx * dx + dy * dy;
      return {
        reward: reward === 'distance' ? -Math.sqrt(squared) : -squared,
        done: Math.abs(dx) < GOAL_DISTANCE && Math.abs(dy) < GOAL_DISTANCE,
      };
    },
  };
}

function clip(velocity: number): number {
  return Math.min(MAX_VELOCITY, Math.max(-MAX_VELOCITY, velocity));
}

/** A rectangle of goals. */
export interface GoalRegion {
  readonly xMin: number;
  readonly xMax: number;
  readonly yMin: number;
  readonly yMax: number;
}

/** All goals of REFERENCE 5.1: [−0.5, 0.5]². */
export const GOAL_SQUARE: GoalRegion = {
  xMin: -HALF_SIDE,
  xMax: HALF_SIDE,
  yMin: -HALF_SIDE,
  yMax: HALF_SIDE,
};

/** NoiseNav: in training a share of the goals lies in a ring outside the square, which is never tested on. */
export interface GoalNoise {
  /** 0 … 1: each goal is replaced with this probability. */
  readonly share: number;
  /** The ring's radii around the origin, uniform in area. */
  readonly innerRadius: number;
  readonly outerRadius: number;
}

export interface GoalDistribution {
  readonly region: GoalRegion;
  /** Absent in tests. */
  readonly noise?: GoalNoise;
}

/** `count` goals; goal i depends on (key, i) only, so more of them extend fewer. */
export function sampleGoals(key: Key, distribution: GoalDistribution, count: number): NavigationTask[] {
  return Array.from({ length: count }, (_, index) => sampleGoal(foldIn(key, index), distribution));
}

function sampleGoal(key: Key, { region, noise }: GoalDistribution): NavigationTask {
  const draws = uniform(key, 5);
  const [u, v, coin, radial, angle] = [draws[0]!, draws[1]!, draws[2]!, draws[3]!, draws[4]!];
  if (noise !== undefined && coin < noise.share) {
    const { innerRadius, outerRadius } = noise;
    const radius = Math.sqrt(innerRadius ** 2 + radial * (outerRadius ** 2 - innerRadius ** 2));
    // sin of math/, the same to the bit in every browser, and so the cosine by it.
    const turn = 2 * Math.PI * angle;
    return { x: radius * sin(turn + Math.PI / 2), y: radius * sin(turn), isNoise: true };
  }
  return {
    x: region.xMin + u * (region.xMax - region.xMin),
    y: region.yMin + v * (region.yMax - region.yMin),
  };
}

/** The least and largest side of a family's crop, as a share of the square's ([MALTML]). */
const CROP_SIDES = { least: 0.25, most: 0.75 };

/** A task family of [MALTML]: a random crop of the square, sides 25–75 % of its side, anywhere inside it. */
export function sampleFamily(key: Key): GoalRegion {
  const draws = uniform(key, 4);
  const side = 2 * HALF_SIDE;
  const width = side * (CROP_SIDES.least + draws[0]! * (CROP_SIDES.most - CROP_SIDES.least));
  const height = side * (CROP_SIDES.least + draws[1]! * (CROP_SIDES.most - CROP_SIDES.least));
  const xMin = -HALF_SIDE + draws[2]! * (side - width);
  const yMin = -HALF_SIDE + draws[3]! * (side - height);
  return { xMin, xMax: xMin + width, yMin, yMax: yMin + height };
}
