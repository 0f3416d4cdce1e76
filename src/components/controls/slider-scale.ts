// Between a field's value and its slider's position, linear or logarithmic. The slider runs from 0 to SLIDER_STEPS
// so that one arrow key is one visible step on either scale.

export const SLIDER_STEPS = 200;

export interface SliderRange {
  readonly min: number;
  readonly max: number;
  /** Values are multiples of it (from min) on a linear scale; ignored on a log scale. */
  readonly step: number;
  readonly scale: 'linear' | 'log';
}

/** How many positions the slider has: one per step where those are few, SLIDER_STEPS otherwise. */
export function sliderSteps(range: SliderRange): number {
  if (range.scale === 'log') return SLIDER_STEPS;
  const count = Math.round((range.max - range.min) / range.step);
  return Math.max(1, Math.min(count, SLIDER_STEPS));
}

/** Position 0…1 of `value`; clamped. A log scale whose minimum is 0 starts at a millionth of its maximum. */
export function sliderShare(value: number, range: SliderRange): number {
  const clamp = (share: number) => Math.min(1, Math.max(0, share));
  if (range.scale === 'linear') return clamp((value - range.min) / (range.max - range.min));
  const low = range.min > 0 ? range.min : range.max * 1e-6;
  return clamp(Math.log(Math.max(value, low) / low) / Math.log(range.max / low));
}

/** The value at position 0…1: a multiple of the step, or two significant digits on a log scale. */
export function sliderValue(share: number, range: SliderRange): number {
  if (share >= 1) return range.max;
  if (share <= 0) return range.min;
  if (range.scale === 'linear') {
    const raw = range.min + share * (range.max - range.min);
    const stepped = range.min + Math.round((raw - range.min) / range.step) * range.step;
    return Number(Math.min(range.max, stepped).toPrecision(10));
  }
  const low = range.min > 0 ? range.min : range.max * 1e-6;
  const raw = Number((low * (range.max / low) ** share).toPrecision(2));
  const whole = Number.isInteger(range.step) ? Math.max(range.min, Math.round(raw)) : raw;
  return Math.min(range.max, Math.max(range.min, whole));
}

/** The value after one press of an arrow key in the number field. */
export function nudged(value: number, direction: 1 | -1, range: SliderRange): number {
  if (range.scale === 'log' && !Number.isInteger(range.step)) {
    // One unit of the leading digit: 0.01 → 0.02 up, 0.01 → 0.009 down.
    const exponent = Math.floor(Math.log10(Math.max(value, range.min, 1e-12)) + 1e-9);
    const atPower = Math.abs(value - 10 ** exponent) < 1e-9 * value;
    const unit = 10 ** (direction === -1 && atPower ? exponent - 1 : exponent);
    const next = Number((value + direction * unit).toPrecision(6));
    return Math.min(range.max, Math.max(range.min, next));
  }
  const next = Number((value + direction * range.step).toPrecision(10));
  return Math.min(range.max, Math.max(range.min, next));
}
