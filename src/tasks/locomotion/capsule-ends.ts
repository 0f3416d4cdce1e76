// The two ends of a capsule's axis in its link's frame: what touches the floor, and what is drawn.
import { sin } from '../../math/elementary.ts';
import type { CapsuleFigures } from './cheetah-figures.ts';

export interface Point {
  readonly x: number;
  readonly z: number;
}

/** Against the axis, and along it. With sin of math/: the same bits on every machine. */
export function capsuleEnds({ x, z, angle, halfLength }: CapsuleFigures): readonly [Point, Point] {
  const dx = halfLength * sin(angle);
  const dz = halfLength * sin(angle + Math.PI / 2);
  return [
    { x: x - dx, z: z - dz },
    { x: x + dx, z: z + dz },
  ];
}
