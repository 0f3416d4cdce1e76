// The half-cheetah as a MuJoCo model, written from the same figures as our own engine, and MuJoCo itself: the oracle of
// the tests (Apache-2.0, @mujoco/mujoco). Never part of the page.
import loadMujoco, { type MainModule, type MjData, type MjModel } from '@mujoco/mujoco';
import {
  ARMATURE,
  BACK_LEG,
  type CapsuleFigures,
  CONTACTS,
  FRICTION,
  FRONT_LEG,
  GRAVITY,
  LIMITS,
  type LinkFigures,
  RADIUS,
  type SoftConstraint,
  TIMESTEP,
  TORSO_CAPSULES,
  TORSO_HEIGHT,
  TOTAL_MASS,
} from './cheetah-figures.ts';

/** The names of body i − 1 of the compiled model, which numbers the world 0. */
export const BODY_NAMES = ['torso', ...[...BACK_LEG, ...FRONT_LEG].map(({ name }) => name)];

/** The model file. */
export function halfCheetahXml(): string {
  return `<mujoco model="half-cheetah">
  <compiler angle="radian" inertiafromgeom="true" settotalmass="${TOTAL_MASS}"/>
  <size memory="256K"/>
  <option gravity="0 0 ${-GRAVITY}" timestep="${TIMESTEP}" integrator="Euler" solver="Newton" cone="pyramidal"/>
  <default>
    <joint armature="${ARMATURE}" limited="true" ${soft(LIMITS, 'limit')}/>
    <geom contype="1" conaffinity="0" condim="3" friction="${FRICTION} .1 .1" ${soft(CONTACTS, '')}/>
    <motor ctrllimited="true" ctrlrange="-1 1"/>
  </default>
  <worldbody>
    <geom name="floor" type="plane" size="40 40 40" conaffinity="1"/>
    <body name="torso" pos="0 0 ${TORSO_HEIGHT}">
      ${['1 0 0', '0 0 1'].map((axis) => rootJoint('slide', axis)).join('\n      ')}
      ${rootJoint('hinge', '0 1 0')}
      ${TORSO_CAPSULES.map(capsule).join('\n      ')}
      ${leg(BACK_LEG)}
      ${leg(FRONT_LEG)}
    </body>
  </worldbody>
  <actuator>
    ${[...BACK_LEG, ...FRONT_LEG].map(({ name, joint }) => `<motor joint="${name}" gear="${joint.gear}"/>`).join('\n    ')}
  </actuator>
</mujoco>`;
}

function soft(constraint: SoftConstraint, kind: string): string {
  const { timeConstant, dampingRatio, impedanceLeast, impedanceMost, width } = constraint;
  return `solref${kind}="${timeConstant} ${dampingRatio}" solimp${kind}="${impedanceLeast} ${impedanceMost} ${width}"`;
}

function rootJoint(type: string, axis: string): string {
  return `<joint type="${type}" axis="${axis}" limited="false" armature="0"/>`;
}

function capsule({ x, z, angle, halfLength }: CapsuleFigures): string {
  return `<geom type="capsule" pos="${x} 0 ${z}" axisangle="0 1 0 ${angle}" size="${RADIUS} ${halfLength}"/>`;
}

/** Each link inside the one above. */
function leg(links: readonly LinkFigures[]): string {
  const [link, ...below] = links;
  if (link === undefined) return '';
  const { name, x, z, joint } = link;
  const { lower, upper, stiffness, damping } = joint;
  return `<body name="${name}" pos="${x} 0 ${z}">
        <joint name="${name}" type="hinge" axis="0 1 0" range="${lower} ${upper}" stiffness="${stiffness}" damping="${damping}"/>
        ${capsule(link.capsule)}
        ${leg(below)}
      </body>`;
}

export interface Oracle {
  readonly mujoco: MainModule;
  readonly model: MjModel;
  readonly data: MjData;
}

/** MuJoCo with the model compiled and one set of data, which its views (qpos, …) write through to. */
export async function openOracle(): Promise<Oracle> {
  const mujoco = await loadMujoco();
  const model = mujoco.MjModel.from_xml_string(halfCheetahXml());
  if (model === null) throw new Error('half-cheetah: MuJoCo refused the model. See halfCheetahXml.');
  return { mujoco, model, data: new mujoco.MjData(model) };
}
