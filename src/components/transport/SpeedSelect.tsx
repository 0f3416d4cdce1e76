// How fast training goes at most: multiples of ten meta-iterations per second, or as fast as it can.
import { useRun, useStores } from '../stores-context.ts';

/** Meta-iterations per second at 1×. */
const BASE_RATE = 10;
const SPEEDS: readonly { readonly label: string; readonly rate: number | null }[] = [
  { label: '¼×', rate: BASE_RATE / 4 },
  { label: '½×', rate: BASE_RATE / 2 },
  { label: '1×', rate: BASE_RATE },
  { label: '2×', rate: BASE_RATE * 2 },
  { label: '4×', rate: BASE_RATE * 4 },
  { label: 'max', rate: null },
];

export function SpeedSelect() {
  const { run } = useStores();
  const speed = useRun((state) => state.speed);
  return (
    <select
      className="speed"
      aria-label="Speed"
      title="1× is 10 meta-iterations per second"
      value={String(speed)}
      onChange={(event) => {
        const chosen = SPEEDS.find(({ rate }) => String(rate) === event.target.value);
        if (chosen !== undefined) run.getState().setSpeed(chosen.rate);
      }}
    >
      {SPEEDS.map(({ label, rate }) => (
        <option key={label} value={String(rate)}>
          {label}
        </option>
      ))}
    </select>
  );
}
