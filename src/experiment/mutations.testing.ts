// Damage for property tests of everything that is read from outside: seeded, so that a failure can be repeated. Knows
// nothing of any format but the tokens that are worth putting in.
import { bits, foldIn, key } from '../math/rng.ts';

/** Strings that have broken other programs: names of prototypes, extreme numbers, markup, odd characters. */
const HOSTILE = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '1e309',
  '-0',
  'NaN',
  'Infinity',
  '1e-400',
  '4294967296',
  '9'.repeat(400),
  '0x10',
  '١٢',
  '<img src=x onerror=alert(1)>',
  'javascript:alert(1)',
  '%',
  '%00',
  '%E0%A4%A',
  '%F0%9F%98%80',
  '\u0000',
  '\uD800',
  '\u202E',
  '\u2028',
  '🦁',
  '../../../etc/passwd',
  ',,,,',
  '&&&&',
  '====',
  '#',
  '"',
  '\\',
  'null',
  'undefined',
  'true',
  '[]',
  '{}',
  '[[[[[[[[',
  '{"__proto__":{"polluted":1}}',
  '&__proto__=1',
  '&seed=',
];

/** A source of numbers below `end`, the same for the same seed and case. */
export function dice(seed: number, ofCase: number): (end: number) => number {
  const source = foldIn(key(seed), ofCase);
  let pool = bits(source, 64);
  let at = 0;
  let refills = 0;
  return (end) => {
    if (at === pool.length) {
      refills += 1;
      pool = bits(foldIn(source, refills), 64);
      at = 0;
    }
    const value = pool[at]!;
    at += 1;
    return value % end;
  };
}

/** `text` with 1 to 8 damages: characters changed, parts cut, doubled, swapped or put in from `HOSTILE` and `others`. */
export function mutate(text: string, roll: (end: number) => number, others: readonly string[]): string {
  let damaged = text;
  const times = 1 + roll(8);
  for (let i = 0; i < times; i++) {
    const from = roll(damaged.length + 1);
    const length = roll(Math.min(40, damaged.length - from + 1));
    const part = damaged.slice(from, from + length);
    const [before, after] = [damaged.slice(0, from), damaged.slice(from + length)];
    switch (roll(8)) {
      case 0:
        damaged = before + String.fromCharCode(roll(roll(4) === 0 ? 0x10000 : 128)) + damaged.slice(from + 1);
        break;
      case 1:
        damaged = before + after;
        break;
      case 2:
        damaged = before + part.repeat(2 + roll(roll(40) === 0 ? 400 : 3)) + after;
        break;
      case 3:
        damaged = before + HOSTILE[roll(HOSTILE.length)]! + after;
        break;
      case 4:
        damaged = damaged.slice(0, from);
        break;
      case 5: {
        const other = others[roll(others.length)]!;
        damaged = before + other.slice(roll(other.length + 1));
        break;
      }
      case 6:
        damaged = after + before;
        break;
      default:
        damaged = before + [...part].reverse().join('') + after;
    }
  }
  return damaged;
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const isBranch = (value: Json | undefined): value is Json[] | { [key: string]: Json } =>
  typeof value === 'object' && value !== null;

/** A value that is seldom what was expected. */
function hostileValue(roll: (end: number) => number): Json {
  const values: readonly Json[] = [
    null,
    true,
    0,
    -1,
    1e308,
    -1e308,
    1.5,
    2 ** 53,
    '',
    [],
    {},
    [[]],
    [null],
    Array.from({ length: 2000 }, () => 1),
  ];
  return roll(2) === 0 ? values[roll(values.length)]! : HOSTILE[roll(HOSTILE.length)]!;
}

/** JSON text with 1 to 4 damages to its values and names, still JSON; "__proto__" becomes a name of its own. */
export function mutateJson(text: string, roll: (end: number) => number): string {
  const root: Json = JSON.parse(text);
  const times = 1 + roll(4);
  for (let i = 0; i < times; i++) {
    let branch = root;
    for (let depth = roll(8); depth > 0 && isBranch(branch); depth--) {
      const inner: readonly Json[] = Object.values(branch).filter(isBranch);
      if (inner.length === 0) break;
      branch = inner[roll(inner.length)]!;
    }
    if (!isBranch(branch)) continue;
    const keys = Object.keys(branch);
    const name = keys[roll(Math.max(keys.length, 1))] ?? 'x';
    const define = (key: string, value: Json) =>
      Object.defineProperty(branch, key, { value, enumerable: true, configurable: true, writable: true });
    const kind = roll(5);
    if (kind === 0 && !Array.isArray(branch)) Reflect.deleteProperty(branch, name);
    else if (kind === 1 && !Array.isArray(branch)) define(HOSTILE[roll(HOSTILE.length)]!, hostileValue(roll));
    else if (kind === 2 && Array.isArray(branch))
      branch.splice(roll(branch.length + 1), roll(3), hostileValue(roll));
    else if (kind === 3) define(name, Object.values(branch)[roll(Math.max(keys.length, 1))] ?? null);
    else define(name, hostileValue(roll));
  }
  return JSON.stringify(root);
}

/** Every property that objects inherit, to see whether reading has added one. */
export function inheritedProperties(): readonly PropertyKey[] {
  return [Object.prototype, Array.prototype, Function.prototype, Map.prototype].flatMap((prototype) =>
    Reflect.ownKeys(prototype),
  );
}

/**
 * Least milliseconds of the processor that `work` takes. Not of the clock, which on a busy machine says more about the
 * machine; and repeated when it seems long, since other threads of this process count too.
 */
export async function leastMilliseconds(limit: number, work: () => unknown): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 8 && least > limit; round++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}

/** How many cases a property test tries: few in every run, all with METASCOPE_MUTATIONS=<count>. */
export function mutationCount(few: number): number {
  const asked = Number(process.env.METASCOPE_MUTATIONS);
  return Number.isInteger(asked) && asked > 0 ? asked : few;
}
