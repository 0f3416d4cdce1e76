// The constraints present, one after the other: what they feel at an acceleration and which of them push. In the plane a
// contact's friction pyramid has the edges n + μt, n − μt and, twice, n; a limit has but one row.
import { FIRST_CONTACT, putAnchors } from './constraints';
import {
  ANCHOR_X,
  ANCHOR_Z,
  FRICTION,
  HERE,
  LEVER_X,
  LEVER_Z,
  NEXT_T,
  NOW_N,
  NOW_T,
  OFFSET_N,
  OFFSET_T,
  PRESENT,
  ROW_LINK,
  SIGN,
  USED_MINUS,
  USED_N,
  USED_PLUS,
} from './fields';
import { add, both, get, isNegative, less, only, plus, put, sub } from './lanes';
import { workOf } from './links';

/** Two sets of what the rows feel: at ACCELERATION and at CANDIDATE. */
export const NOW: usize = 0;
export const NEXT: usize = NEXT_T - NOW_T;

/** Writes J·a − reference of every row at the acceleration `vector` to its set. */
export function feel(vector: usize, end: usize, set: usize): void {
  putAnchors(vector);
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const level = <usize>load<u32>(row, ROW_LINK);
    const angle = get(vector + (level << 4));
    if (row < FIRST_CONTACT) {
      const joint = sub(angle, get(vector + ((level - 1) << 4)));
      put(row + NOW_N + set, plus(get(row + OFFSET_N), get(row + SIGN), joint));
      continue;
    }
    const work = workOf(level);
    const t = plus(get(work + ANCHOR_X), angle, get(row + LEVER_Z));
    const n = less(get(work + ANCHOR_Z), angle, get(row + LEVER_X));
    put(row + NOW_T + set, add(t, get(row + OFFSET_T)));
    put(row + NOW_N + set, add(n, get(row + OFFSET_N)));
  }
}

function pushesN(row: usize, set: usize): v128 {
  return only(get(row + HERE), isNegative(get(row + NOW_N + set)));
}

function pushesPlus(row: usize, set: usize): v128 {
  const edge = plus(get(row + NOW_N + set), get(FRICTION), get(row + NOW_T + set));
  return only(get(row + HERE), isNegative(edge));
}

function pushesMinus(row: usize, set: usize): v128 {
  const edge = less(get(row + NOW_N + set), get(FRICTION), get(row + NOW_T + set));
  return only(get(row + HERE), isNegative(edge));
}

/** USED ← the rows that push NOW. */
export function choose(end: usize): void {
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    put(row + USED_N, pushesN(row, NOW));
    if (row < FIRST_CONTACT) continue;
    put(row + USED_PLUS, pushesPlus(row, NOW));
    put(row + USED_MINUS, pushesMinus(row, NOW));
  }
}

/** Whether the rows that push at CANDIDATE are those in use. */
export function isSettled(end: usize): bool {
  let changed = both(0);
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    changed = v128.or(changed, v128.xor(get(row + USED_N), pushesN(row, NEXT)));
    if (row < FIRST_CONTACT) continue;
    changed = v128.or(changed, v128.xor(get(row + USED_PLUS), pushesPlus(row, NEXT)));
    changed = v128.or(changed, v128.xor(get(row + USED_MINUS), pushesMinus(row, NEXT)));
  }
  return !v128.any_true(changed);
}
