// How fast training goes at most: the lab's own choice of paces, or as fast as it can.
import { transportWords as words } from '../../words/transport.ts';
import { useLab, useLabRun } from '../lab-context.ts';

export function SpeedSelect() {
  const { run, speeds } = useLab();
  const speed = useLabRun((state) => state.speed);
  return (
    <select
      className="speed"
      aria-label={words.speed}
      title={speeds.title}
      value={String(speed)}
      onChange={(event) => {
        const chosen = speeds.options.find(({ rate }) => String(rate) === event.target.value);
        if (chosen !== undefined) run.getState().setSpeed(chosen.rate);
      }}
    >
      {speeds.options.map(({ label, rate }) => (
        <option key={label} value={String(rate)}>
          {label}
        </option>
      ))}
    </select>
  );
}
