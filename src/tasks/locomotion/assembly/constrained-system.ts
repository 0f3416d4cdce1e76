// The stiffness and force that the rows in use add to the equations of motion. All contacts of a link are summed up before
// they travel up the leg, so that the matrix keeps its sparsity and its cost does not grow with the contacts.
import { FIRST_CONTACT } from './constraints';
import {
  BELOW_BYTES,
  BELOW_N,
  BELOW_NN,
  BELOW_T,
  BELOW_TN,
  BELOW_TT,
  D_X,
  D_Z,
  FORCE,
  FRICTION,
  LEVER_X,
  LEVER_Z,
  LOAD,
  LWL,
  M00,
  M01,
  M02,
  M03,
  M11,
  M12,
  M13,
  M22,
  M23,
  M33,
  MASS_MATRIX,
  MATRIX_BYTES,
  MX0,
  MX1,
  MX2,
  MX3,
  MXX,
  MXZ,
  MZ0,
  MZ1,
  MZ2,
  MZ3,
  MZZ,
  OFFSET_N,
  OFFSET_T,
  PRESENT,
  PUSH_M,
  PUSH_N,
  PUSH_T,
  ROW_LINK,
  SIGN,
  STIFF,
  SYSTEM,
  TO_X,
  TO_Z,
  USED_MINUS,
  USED_N,
  USED_PLUS,
  V0,
  V1,
  V2,
  V3,
  VECTOR_BYTES,
  VX,
  VZ,
  W_NN,
  W_TN,
  W_TT,
  WL_N,
  WL_T,
  WORK,
  WORK_BYTES,
} from './fields';
import { add, clear, copy, cross, get, mul, neg, only, plus, put, sub } from './lanes';
import { workOf } from './links';

const TORSO: usize = WORK;
const THIGH: usize = WORK + WORK_BYTES;
const SHIN: usize = WORK + 2 * WORK_BYTES;
const FOOT: usize = WORK + 3 * WORK_BYTES;

/** SYSTEM ← mass matrix + stiffness of the rows that push; LOAD ← forces + what those rows push at zero acceleration. */
export function putConstrainedSystem(end: usize): void {
  copy(SYSTEM, MASS_MATRIX, MATRIX_BYTES);
  copy(LOAD, FORCE, VECTOR_BYTES);
  let touching = false;
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    if (row < FIRST_CONTACT) {
      addLimit(row);
      continue;
    }
    if (!touching) clearContacts();
    touching = true;
    addContact(row);
  }
  if (touching) addLegs();
}

function addLimit(row: usize): void {
  const level = <usize>load<u32>(row, ROW_LINK);
  const stiff = only(get(row + USED_N), get(row + STIFF));
  const push = mul(mul(get(row + SIGN), stiff), get(row + OFFSET_N));
  const angle: usize = LOAD + (level << 4);
  put(angle, sub(get(angle), push));
  put(angle - 16, add(get(angle - 16), push));
  // Down the diagonal from the foot's: M33, M22, M11, M00; to the left of each its coupling with the link above.
  const own: usize = SYSTEM + (level === 3 ? M33 : level === 2 ? M22 : M11);
  const above: usize = SYSTEM + (level === 3 ? M22 : level === 2 ? M11 : M00);
  const mixed: usize = SYSTEM + (level === 3 ? M23 : level === 2 ? M12 : M01);
  put(own, add(get(own), stiff));
  put(above, add(get(above), stiff));
  put(mixed, sub(get(mixed), stiff));
}

function clearContacts(): void {
  for (let level: usize = 0; level < 4; level++) {
    clear(workOf(level) + W_TT, PUSH_M + 16 - W_TT);
  }
}

/** Adds the contact's stiffness and push to the sums of its link. */
function addContact(row: usize): void {
  const work = workOf(<usize>load<u32>(row, ROW_LINK));
  const stiff = get(row + STIFF);
  const sharp = mul(get(FRICTION), stiff);
  const plusEdge = get(row + USED_PLUS);
  const minusEdge = get(row + USED_MINUS);
  const normal = only(get(row + USED_N), stiff);
  const tt = mul(get(FRICTION), add(only(plusEdge, sharp), only(minusEdge, sharp)));
  const tn = sub(only(plusEdge, sharp), only(minusEdge, sharp));
  const nn = add(add(only(plusEdge, stiff), only(minusEdge, stiff)), add(normal, normal));
  // The lever turned by 90°: how the contact moves with the link's angle.
  const leverT = get(row + LEVER_Z);
  const leverN = neg(get(row + LEVER_X));
  const t = plus(mul(tt, leverT), tn, leverN);
  const n = plus(mul(tn, leverT), nn, leverN);
  const pushT = neg(plus(mul(tt, get(row + OFFSET_T)), tn, get(row + OFFSET_N)));
  const pushN = neg(plus(mul(tn, get(row + OFFSET_T)), nn, get(row + OFFSET_N)));
  addTo(work + W_TT, tt);
  addTo(work + W_TN, tn);
  addTo(work + W_NN, nn);
  addTo(work + WL_T, t);
  addTo(work + WL_N, n);
  addTo(work + LWL, plus(mul(leverT, t), leverN, n));
  addTo(work + PUSH_T, pushT);
  addTo(work + PUSH_N, pushN);
  addTo(work + PUSH_M, plus(mul(leverT, pushT), leverN, pushN));
}

function addTo(field: usize, pair: v128): void {
  put(field, add(get(field), pair));
}

/** Adds the links' sums to SYSTEM and LOAD, from the feet to the torso. */
function addLegs(): void {
  clear(BELOW_TT, BELOW_BYTES);
  addLink(FOOT, M33, MX3, MZ3, V3);
  addCoupling(SHIN, M23);
  addCoupling(THIGH, M13);
  addCoupling(TORSO, M03);
  addLink(SHIN, M22, MX2, MZ2, V2);
  addCoupling(THIGH, M12);
  addCoupling(TORSO, M02);
  addLink(THIGH, M11, MX1, MZ1, V1);
  addCoupling(TORSO, M01);
  addLink(TORSO, M00, MX0, MZ0, V0);
  addTo(SYSTEM + MXX, get(BELOW_TT));
  addTo(SYSTEM + MXZ, get(BELOW_TN));
  addTo(SYSTEM + MZZ, get(BELOW_NN));
  addTo(LOAD + VX, get(BELOW_T));
  addTo(LOAD + VZ, get(BELOW_N));
}

/** The link's own entries; then what hangs on it hangs on the link above. */
function addLink(work: usize, own: usize, ownX: usize, ownZ: usize, angle: usize): void {
  const t = get(work + D_Z);
  const n = neg(get(work + D_X));
  const tt = get(BELOW_TT);
  const tn = get(BELOW_TN);
  const nn = get(BELOW_NN);
  const belowX = plus(mul(tt, t), tn, n);
  const belowZ = plus(mul(tn, t), nn, n);
  const x = add(get(work + WL_T), belowX);
  const z = add(get(work + WL_N), belowZ);
  put(TO_X, x);
  put(TO_Z, z);
  addTo(SYSTEM + ownX, x);
  addTo(SYSTEM + ownZ, z);
  addTo(SYSTEM + own, plus(plus(get(work + LWL), t, belowX), n, belowZ));
  const pushT = get(BELOW_T);
  const pushN = get(BELOW_N);
  addTo(LOAD + angle, plus(plus(get(work + PUSH_M), t, pushT), n, pushN));
  put(BELOW_TT, add(tt, get(work + W_TT)));
  put(BELOW_TN, add(tn, get(work + W_TN)));
  put(BELOW_NN, add(nn, get(work + W_NN)));
  put(BELOW_T, add(pushT, get(work + PUSH_T)));
  put(BELOW_N, add(pushN, get(work + PUSH_N)));
}

/** The entry between the link that addLink was last called for and the one further up with work space `work`. */
function addCoupling(work: usize, entry: usize): void {
  addTo(SYSTEM + entry, cross(get(work + D_X), get(work + D_Z), get(TO_X), get(TO_Z)));
}
