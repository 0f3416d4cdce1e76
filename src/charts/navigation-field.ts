// A policy of the point agent as a field: at each place of a grid the mean velocity it commands, as an arrow, with a disc
// at its tip for the spread of the actions. Evaluates the policy; draws nothing by itself.
import { actingLogStd, createActor, type GaussianPolicyShape } from '../models/gaussian-policy.ts';
import { HALF_SIDE, MAX_VELOCITY } from '../tasks/navigation.ts';
import { type ScreenPlane, toScreen } from './plane.ts';
import { type ChartView, densityStyle, type Mark } from './scene.ts';

/** Arrows per side of the square. */
const SIDE = 9;

export interface PolicyField {
  /** Flat places [x, y, …]. */
  readonly places: Float32Array;
  /** Flat mean commands at them, in length per step, clipped as the environment does. */
  readonly means: Float64Array;
  /** σ of each axis, in length per step. */
  readonly std: readonly [number, number];
}

/**
 * The field of policy `params` [P] over the square of goals. `goal` is what a policy that sees the task is told; others
 * take positions alone.
 */
export function policyField(
  shape: GaussianPolicyShape,
  params: Float32Array,
  goal: { readonly x: number; readonly y: number },
): PolicyField {
  const inputs = shape.sizes[0]!;
  const count = SIDE * SIDE;
  const places = new Float32Array(2 * count);
  const observations = new Float32Array(inputs * count);
  for (let i = 0; i < count; i++) {
    const x = HALF_SIDE * ((2 * (i % SIDE)) / (SIDE - 1) - 1);
    const y = HALF_SIDE * ((2 * Math.floor(i / SIDE)) / (SIDE - 1) - 1);
    places.set([x, y], 2 * i);
    observations.set(inputs === 4 ? [x, y, goal.x, goal.y] : [x, y], inputs * i);
  }
  const means = createActor(shape, params, count).means(observations);
  const [sx, sy] = actingLogStd(shape, params);
  return {
    places,
    means: means.map((value) => Math.min(MAX_VELOCITY, Math.max(-MAX_VELOCITY, value))),
    std: [Math.exp(sx!), Math.exp(sy!)],
  };
}

/** Discs are at most this share of the distance between two places, however wide the policy. */
const WIDEST_DISC = 0.42;

/** Arrows and discs; an arrow of the largest velocity reaches nearly to the next place. */
export function layoutField(field: PolicyField, plane: ScreenPlane, view: ChartView): readonly Mark[] {
  const { scale } = densityStyle(view.density);
  const spacing = ((2 * HALF_SIDE) / (SIDE - 1)) * plane.unit;
  const perVelocity = (0.8 * spacing) / MAX_VELOCITY;
  const shafts: number[] = [];
  const tips: number[] = [];
  for (let i = 0; i < field.places.length; i += 2) {
    const at = toScreen(plane, field.places[i]!, field.places[i + 1]!);
    const dx = field.means[i]! * perVelocity;
    const dy = -field.means[i + 1]! * perVelocity;
    const length = Math.hypot(dx, dy);
    const tip = { x: at.x + dx, y: at.y + dy };
    tips.push(tip.x, tip.y);
    if (length < 1) continue;
    const head = Math.min(4 * scale, length * 0.5);
    const [ux, uy] = [dx / length, dy / length];
    const wing = (side: number): readonly [number, number] => [
      tip.x - head * (ux + side * 0.5 * uy),
      tip.y - head * (uy - side * 0.5 * ux),
    ];
    shafts.push(at.x, at.y, tip.x, tip.y, Number.NaN, Number.NaN);
    shafts.push(...wing(1), tip.x, tip.y, ...wing(-1), Number.NaN, Number.NaN);
  }
  const sigma = Math.sqrt(field.std[0] * field.std[1]);
  return [
    {
      kind: 'points',
      role: 'field-spread',
      points: tips,
      radius: Math.min(sigma * perVelocity, WIDEST_DISC * spacing),
      fill: view.theme.axis,
      opacity: 0.1,
      clip: plane.plot,
    },
    {
      kind: 'line',
      role: 'field',
      points: shafts,
      stroke: view.theme.axis,
      lineWidth: scale,
      opacity: 0.75,
      clip: plane.plot,
    },
  ];
}
