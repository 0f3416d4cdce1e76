// How a pinned run's lines look: its dashes, in ink, for an algorithm's hue comes from the algorithm.
import { PIN_LOOKS } from '../../charts/pinned-lines.ts';
import type { Pin } from '../../state/pins-types.ts';

export function LineSwatch({ pin }: { readonly pin: Pick<Pin, 'look' | 'isBaseline'> }) {
  const dash = pin.isBaseline ? [6, 4] : (PIN_LOOKS[pin.look]?.dash ?? []);
  return (
    <svg className="line-swatch" width="44" height="10" viewBox="0 0 44 10" aria-hidden="true">
      <line
        x1="0"
        y1="5"
        x2="44"
        y2="5"
        stroke="currentColor"
        strokeWidth={pin.isBaseline ? 2 : 1.4}
        strokeDasharray={dash.join(' ')}
      />
    </svg>
  );
}
