// The half-cheetah's masses, moments of inertia and inverse weights: numbers that MuJoCo 3.14.0 (Apache-2.0) computed when
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
  {
    name: 'torso',
    mass: 6.25020920502092,
    x: 0.15238987816307403,
    z: 0.025398313027179008,
    inertia: 0.897117688111749,
    inverseWeight: 0.06415751945610272,
    jointInverseWeight: null,
  },
  {
    name: 'bthigh',
    mass: 1.5435146443514645,
    x: 0.1,
    z: -0.13,
    inertia: 0.01684433958158996,
    inverseWeight: 0.09691101560963138,
    jointInverseWeight: 2.729788644884893,
  },
  {
    name: 'bshin',
    mass: 1.5874476987447697,
    x: -0.14,
    z: -0.07,
    inertia: 0.018267419079497912,
    inverseWeight: 0.12720922534654552,
    jointInverseWeight: 5.893248984162904,
  },
  {
    name: 'bfoot',
    mass: 1.0953974895397491,
    x: 0.03,
    z: -0.097,
    inertia: 0.0063524232635983275,
    inverseWeight: 0.24374928349017175,
    jointInverseWeight: 8.894877004054676,
  },
  {
    name: 'fthigh',
    mass: 1.4380753138075317,
    x: -0.07,
    z: -0.12,
    inertia: 0.013739643347280341,
    inverseWeight: 0.0814837948136707,
    jointInverseWeight: 3.0813926054768768,
  },
  {
    name: 'fshin',
    mass: 1.200836820083682,
    x: 0.065,
    z: -0.09,
    inertia: 0.008222108619246861,
    inverseWeight: 0.1319968179007737,
    jointInverseWeight: 6.882795962275771,
  },
  {
    name: 'ffoot',
    mass: 0.8845188284518829,
    x: 0.045,
    z: -0.07,
    inertia: 0.003529109456066946,
    inverseWeight: 0.2661441029233887,
    jointInverseWeight: 9.468134962769764,
  },
];
