// Scales as plain data (kind, domain, range), the stepping of domains, ticks and number formats.
// "Axes keep their domain until the data leave it and then step to the next nice one."
import { decimal, groupThousands } from '../words/numbers.ts';

export { groupThousands };

/** Finite, first < last; both positive where the scale is logarithmic. */
export type Domain = readonly [number, number];

export interface Scale {
  readonly kind: 'linear' | 'log';
  readonly domain: Domain;
  /** Pixels of the domain's ends; descending for an upward y-axis. */
  readonly range: readonly [number, number];
}

/** Value to pixel. Non-finite values, and values ≤ 0 on a log scale, give NaN, which lifts the pen. */
export function toPixel(scale: Scale, value: number): number {
  const [a, b] = scale.domain;
  const [p, q] = scale.range;
  const share = scale.kind === 'log' ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a);
  return Number.isFinite(share) ? p + share * (q - p) : Number.NaN;
}

/** Pixel to value, the inverse of toPixel. */
export function toValue(scale: Scale, pixel: number): number {
  const [a, b] = scale.domain;
  const [p, q] = scale.range;
  const share = (pixel - p) / (q - p);
  return scale.kind === 'log' ? a * (b / a) ** share : a + share * (b - a);
}

/** Smallest and largest finite value (positive ones only if `positive`); null when there is none. */
export function finiteExtent(values: Iterable<number>, positive = false): Domain | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (!Number.isFinite(value) || (positive && value <= 0)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : null;
}

/** Upper ends that divide evenly into 2 or 3 tick intervals: mantissa and tick step. */
const LADDER: readonly (readonly [number, number])[] = [
  [1, 0.5],
  [2, 1],
  [3, 1],
  [4, 2],
  [6, 2],
  [8, 4],
  [10, 5],
];

/** The least nice number ≥ `value` (> 0), with the tick step that goes with it. */
export function niceCeiling(value: number): { readonly value: number; readonly step: number } {
  if (!(value > 0) || !Number.isFinite(value)) return { value: 1, step: 0.5 };
  const power = 10 ** Math.floor(Math.log10(value));
  for (const [mantissa, step] of LADDER) {
    // The slack keeps 0.3 = 3 × 0.1 (inexact in binary) on its own rung.
    if (mantissa * power >= value * (1 - 1e-9))
      return { value: round(mantissa * power), step: round(step * power) };
  }
  return { value: round(10 * power), step: round(5 * power) };
}

/** Removes binary dust: 0.30000000000000004 → 0.3. */
function round(value: number): number {
  return Number(value.toPrecision(12));
}

/** A domain shrinks only when the data fill less than this share of it. */
const SHRINK_BELOW = 0.3;

/**
 * [0, top] for non-negative data. Keeps `previous` while `max` lies inside it and fills a fair share of it;
 * otherwise steps to the next nice top, never above `limit` (say, the last iteration of the run).
 */
export function steppingDomain(
  previous: Domain | null,
  max: number | null,
  limit = Number.POSITIVE_INFINITY,
): Domain {
  if (max === null || !Number.isFinite(max)) return previous ?? [0, Math.min(limit, 1)];
  const capped = Math.min(max, limit);
  if (previous !== null && previous[0] === 0) {
    const top = previous[1];
    if (capped <= top && capped >= SHRINK_BELOW * top && top <= limit) return previous;
  }
  return [0, Math.min(niceCeiling(capped).value, limit)];
}

/**
 * [low, high] on multiples of one nice step around data of any sign (returns). Keeps `previous` while the data lie in
 * it and fill a fair share of it.
 */
export function steppingRangeDomain(previous: Domain | null, extent: Domain | null): Domain {
  if (extent === null) return previous ?? [-1, 0];
  const [least, most] = extent;
  const span = most - least;
  if (previous !== null && least >= previous[0] && most <= previous[1]) {
    if (span >= SHRINK_BELOW * (previous[1] - previous[0])) return previous;
  }
  const { step } = niceCeiling(Math.max(span, 1e-6 * Math.max(Math.abs(least), Math.abs(most)), 1e-9));
  const low = round(Math.floor(least / step + 1e-9) * step);
  const high = round(Math.ceil(most / step - 1e-9) * step);
  return high > low ? [low, high] : [round(low - step), round(high + step)];
}

/** Nice ticks of a steppingRangeDomain, 2 to 5 of them, its ends included where they are on the step. */
export function rangeTicks([low, high]: Domain): readonly number[] {
  const { step } = niceCeiling(high - low);
  const ticks: number[] = [];
  // Multiplying keeps binary dust out of the numbers; -0 would print a minus sign.
  for (let i = Math.ceil(low / step - 1e-9); i * step <= high + 1e-9 * step; i++)
    ticks.push(round(i * step) || 0);
  return ticks;
}

/** [−top, top] around zero, for curves; `top` is a nice tick value times `headroom`. */
export function steppingSymmetricDomain(
  previous: Domain | null,
  reach: number | null,
  headroom = 1.3,
): Domain {
  if (reach === null || !Number.isFinite(reach)) return previous ?? [-4 * headroom, 4 * headroom];
  if (previous !== null && reach <= previous[1] && reach >= SHRINK_BELOW * previous[1]) return previous;
  const tick = Math.max(niceEven(reach / headroom), 1);
  return [-tick * headroom, tick * headroom];
}

/** The least of 1, 2, 4, 6, 8, 10, 20, … ≥ value. */
function niceEven(value: number): number {
  const { value: nice } = niceCeiling(value);
  return nice === 3 * 10 ** Math.floor(Math.log10(nice)) ? round((nice / 3) * 4) : nice;
}

const LOG_RUNGS = [1, 2, 5, 10];

/** [low, high] on rungs 1-2-5 of powers of ten around positive data; same stepping rule in log space. */
export function steppingLogDomain(previous: Domain | null, extent: Domain | null): Domain {
  if (extent === null || !(extent[0] > 0)) return previous ?? [0.1, 10];
  if (previous !== null && previous[0] > 0 && extent[0] >= previous[0] && extent[1] <= previous[1]) {
    const filled = Math.log(extent[1] / extent[0]) / Math.log(previous[1] / previous[0]);
    if (filled >= SHRINK_BELOW || previous[1] / previous[0] <= 10) return previous;
  }
  const low = logRung(extent[0], -1);
  const high = logRung(extent[1], 1);
  return high / low >= 4 ? [low, high] : [logRung(low / 1.5, -1), logRung(high * 1.5, 1)];
}

function logRung(value: number, direction: 1 | -1): number {
  const power = 10 ** Math.floor(Math.log10(value));
  if (direction > 0) return round((LOG_RUNGS.find((r) => r * power >= value * (1 - 1e-9)) ?? 10) * power);
  return round((LOG_RUNGS.findLast((r) => r * power <= value * (1 + 1e-9)) ?? 1) * power);
}

/** 2 to 4 ticks. Linear from zero: even steps up to the top; else the ends and zero or the middle. */
export function ticksOf(domain: Domain, kind: Scale['kind'] = 'linear'): readonly number[] {
  const [low, high] = domain;
  if (kind === 'log') return logTicks(domain);
  if (low === 0) {
    const nice = niceCeiling(high);
    const step = Math.abs(nice.value - high) < 1e-9 * high ? nice.step : high / 2;
    const count = Math.round(high / step);
    return Array.from({ length: count + 1 }, (_, i) => round(i * step));
  }
  if (low < 0 && high > 0) {
    const tick = symmetricTick(Math.min(-low, high));
    return [-tick, 0, tick];
  }
  return [low, (low + high) / 2, high];
}

/** Start, middle and end: for x-axes, whose last tick carries the unit and leaves little room. */
export function halfTicks([low, high]: Domain): readonly number[] {
  return [low, round((low + high) / 2), high];
}

/** The greatest ladder value ≤ reach, so that −t, 0, t lie inside the domain. */
function symmetricTick(reach: number): number {
  const power = 10 ** Math.floor(Math.log10(reach));
  const mantissa = [1, 2, 4, 6, 8].findLast((m) => m * power <= reach * (1 + 1e-9)) ?? 1;
  return round(mantissa * power);
}

function logTicks([low, high]: Domain): readonly number[] {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const powers = Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => round(10 ** (first + i)));
  if (powers.length > 4) {
    const stride = Math.ceil((powers.length - 1) / 3);
    return powers.filter((_, i) => i % stride === 0);
  }
  if (powers.length >= 2) return powers;
  const ends = [low, ...powers, high];
  return ends.filter((tick, i) => ends.indexOf(tick) === i);
}

const MINUS = '−';

/** Axis numbers: 0.01, 2.5, 1,000, 10k, 70k, 2M, with a true minus sign. */
export function formatTick(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? MINUS : '';
  if (size >= 1e9) return `${sign}${scientific(size)}`;
  if (size >= 1e6) return `${sign}${short(size / 1e6)}M`;
  if (size >= 1e4) return `${sign}${short(size / 1e3)}k`;
  if (size >= 1e3) return `${sign}${groupThousands(Math.round(size))}`;
  if (size !== 0 && size < 1e-4) return `${sign}${scientific(size)}`;
  return `${sign}${short(size)}`;
}

/** Three figures at most. */
function short(size: number): string {
  return decimal(String(Number(size.toPrecision(3))));
}

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** 1e-5 → "10⁻⁵", 2e-5 → "2·10⁻⁵". */
function scientific(size: number): string {
  const exponent = Math.floor(Math.log10(size) + 1e-9);
  const mantissa = Number((size / 10 ** exponent).toPrecision(2));
  const digits = [...String(Math.abs(exponent))].map((d) => SUPERSCRIPTS[Number(d)]).join('');
  const power = `10${exponent < 0 ? '⁻' : ''}${digits}`;
  return mantissa === 1 ? power : `${decimal(String(mantissa))}·${power}`;
}

/** Read-outs: a loss or an α to three figures ("0.42", "12.3", "0.0048"); ∞ and – for what is not a number. */
export function formatValue(value: number): string {
  if (Number.isNaN(value)) return '–';
  const sign = value < 0 ? MINUS : '';
  if (!Number.isFinite(value)) return `${sign}∞`;
  const size = Math.abs(value);
  if (size >= 1e6) return `${sign}${scientific(size)}`;
  if (size >= 100) return `${sign}${groupThousands(Math.round(size))}`;
  if (size >= 10) return `${sign}${decimal(size.toFixed(1))}`;
  if (size >= 0.1 || size === 0) return `${sign}${decimal(size.toFixed(2))}`;
  return size < 1e-4
    ? `${sign}${scientific(size)}`
    : `${sign}${decimal(String(Number(size.toPrecision(2))))}`;
}
