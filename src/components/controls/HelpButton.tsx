// "?" beside a setting: what it is, its equation, its range, and whether changing it restarts training.

import type { Field } from '../../experiment/field-types.ts';
import { controlWords as words } from '../../words/controls.ts';
import { formatSetting } from '../format.ts';
import { Popover } from '../Popover.tsx';

function rangeText(field: Field): string | null {
  if (field.kind === 'widths') {
    return words.layers([field.minLayers, field.maxLayers], [field.minWidth, field.maxWidth]);
  }
  if (field.kind === 'points') return words.atMostPoints(field.maxPoints);
  if (field.kind === 'choice' || field.kind === 'multi-choice') return null;
  return words.range(formatSetting(field.min), formatSetting(field.max), field.unit);
}

export function HelpButton({ field }: { readonly field: Field }) {
  const range = rangeText(field);
  return (
    <Popover className="plain icon help" name={words.help(field.label)} label="?">
      <h2 className="popover-title">
        {field.symbol === '' ? null : <span className="symbol">{field.symbol} </span>}
        {field.label}
      </h2>
      <p>{field.help}</p>
      {range === null ? null : <p className="quiet number">{words.accepts(range)}</p>}
      <p>
        <span className="badge">{field.effect === 'restart' ? words.restarts : words.appliesAtOnce}</span>
      </p>
    </Popover>
  );
}
