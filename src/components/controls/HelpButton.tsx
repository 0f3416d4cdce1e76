// "?" beside a setting: what it is, its equation, its range, and whether changing it restarts training.

import type { Field } from '../../experiment/field-types.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';

function rangeText(field: Field): string | null {
  if (field.kind === 'widths') {
    return `${field.minLayers} to ${field.maxLayers} layers of ${field.minWidth} to ${field.maxWidth} units`;
  }
  if (field.kind === 'points') return `at most ${field.maxPoints} points`;
  if (field.kind === 'choice' || field.kind === 'multi-choice') return null;
  return `${formatSetting(field.min)} to ${formatSetting(field.max)} ${field.unit}`.trim();
}

export function HelpButton({ field }: { readonly field: Field }) {
  const range = rangeText(field);
  return (
    <Popover className="plain icon help" name={`Help: ${field.label}`} label="?">
      <h2 className="popover-title">
        {field.symbol === '' ? null : <span className="symbol">{field.symbol} </span>}
        {field.label}
      </h2>
      <p>{field.help}</p>
      {range === null ? null : <p className="quiet number">Accepts {range}.</p>}
      <p>
        <span className="badge">
          {field.effect === 'restart' ? '↻ restarts training' : 'applies at once'}
        </span>
      </p>
    </Popover>
  );
}
