// Writes cheetah-inertias.ts anew from the model that MuJoCo compiles:
//   node --import tsx src/tasks/locomotion/write-inertias.testing.ts
// A test holds that the committed numbers are these (cheetah-physics.test.ts).
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { LinkInertia } from './cheetah-inertias.ts';
import { BODY_NAMES, type Oracle, openOracle } from './half-cheetah.testing.ts';

/** What MuJoCo's compiler makes of the figures, body by body. */
export function compiledInertias({ model }: Oracle): LinkInertia[] {
  const mass: Float64Array = model.body_mass;
  const place: Float64Array = model.body_ipos;
  const bodyWeights: Float64Array = model.body_invweight0;
  const jointWeights: Float64Array = model.dof_invweight0;
  return BODY_NAMES.map((name, index) => {
    const body = index + 1;
    return {
      name,
      mass: mass[body]!,
      x: place[3 * body]!,
      z: place[3 * body + 2]!,
      inertia: inertiaAboutY(model.body_iquat, model.body_inertia, body),
      inverseWeight: bodyWeights[2 * body]!,
      // Joints of the legs follow the root's three.
      jointInverseWeight: index === 0 ? null : jointWeights[2 + index]!,
    };
  });
}

/** MuJoCo keeps principal moments and a turn (w, x, y, z) of their axes. */
function inertiaAboutY(turns: Float64Array, moments: Float64Array, body: number): number {
  const [w, x, y, z] = turns.subarray(4 * body, 4 * body + 4);
  const [ix, iy, iz] = moments.subarray(3 * body, 3 * body + 3);
  const row = [2 * (x! * y! + w! * z!), w! * w! - x! * x! + y! * y! - z! * z!, 2 * (y! * z! - w! * x!)];
  return row[0]! ** 2 * ix! + row[1]! ** 2 * iy! + row[2]! ** 2 * iz!;
}

function fileText(inertias: readonly LinkInertia[]): string {
  const rows = inertias.map(({ name, mass, x, z, inertia, inverseWeight, jointInverseWeight }) => {
    return `  {
    name: '${name}',
    mass: ${mass},
    x: ${x},
    z: ${z},
    inertia: ${inertia},
    inverseWeight: ${inverseWeight},
    jointInverseWeight: ${jointInverseWeight},
  },`;
  });
  return `// The half-cheetah's masses, moments of inertia and inverse weights: numbers that MuJoCo 3.14.0 (Apache-2.0) computed when
// it compiled the model of cheetah-figures.ts. Written by write-inertias.testing.ts; do not edit.

export interface LinkInertia {
  readonly name: string;
  /** kg */
  readonly mass: number;
  /** Centre of mass in the link's frame, m. */
  readonly x: number;
  readonly z: number;
  /** About the centre of mass, kg m². */
  readonly inertia: number;
  /** MuJoCo's body_invweight0 for translation, 1/kg: sets the stiffness of contacts. */
  readonly inverseWeight: number;
  /** MuJoCo's dof_invweight0 of the link's joint, 1/(kg m²): sets the stiffness of its limits. */
  readonly jointInverseWeight: number | null;
}

/** Torso; thigh, shin, foot of the back leg; of the front leg. */
export const LINK_INERTIAS: readonly LinkInertia[] = [
${rows.join('\n')}
];
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const path = fileURLToPath(new URL('./cheetah-inertias.ts', import.meta.url));
  writeFileSync(path, fileText(compiledInertias(await openOracle())));
}
