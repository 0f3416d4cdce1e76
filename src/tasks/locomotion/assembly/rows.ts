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
import { add, both, get, isNegative, less, mul, only, plus, put, sub } from './lanes';
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

/** USED ← the rows that push NOW; returns whether that changes any. */
export function choose(end: usize): bool {
  let changed = both(0);
  for (let at: usize = PRESENT; at < end; at += 4) {
    const row = <usize>load<u32>(at);
    const n = get(row + NOW_N);
    changed = v128.or(changed, replace(row, USED_N, n));
    if (row < FIRST_CONTACT) continue;
    const slip = mul(get(FRICTION), get(row + NOW_T));
    changed = v128.or(changed, replace(row, USED_PLUS, add(n, slip)));
    changed = v128.or(changed, replace(row, USED_MINUS, sub(n, slip)));
  }
  return v128.any_true(changed);
}

/** The row's `field` ← the lanes that are there and below zero; returns the bits that differ from before. */
function replace(row: usize, field: usize, felt: v128): v128 {
  const before = get(row + field);
  const used = only(get(row + HERE), isNegative(felt));
  put(row + field, used);
  return v128.xor(before, used);
}
