// Numbers that the page shows and charts/scales.ts does not format: losses of fixed width, settings, time left.
import { decimal } from '../words/numbers.ts';

/** A loss: two decimals while small, fewer as it grows, scientific when huge, "∞" when infinite. */
export function formatLoss(value: number): string {
  if (Number.isNaN(value)) return '–';
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞';
  const size = Math.abs(value);
  if (size >= 1e5) return decimal(value.toExponential(1).replace('e+', 'e').replace('-', '−'));
  const digits = size >= 1000 ? 0 : size >= 100 ? 1 : 2;
  return decimal(value.toFixed(digits).replace('-', '−'));
}

/** A setting as typed, with a point in every language: the shortest decimal form, true minus sign. */
export function formatSetting(value: number): string {
  return String(Number(value.toPrecision(6))).replace('-', '−');
}

/** Seconds as 0:13, 12:05 or 1:02:03. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  const whole = Math.ceil(seconds);
  const s = String(whole % 60).padStart(2, '0');
  const m = Math.floor(whole / 60) % 60;
  const h = Math.floor(whole / 3600);
  return h > 0 ? `${h}:${String(m).padStart(2, '0')}:${s}` : `${m}:${s}`;
}
