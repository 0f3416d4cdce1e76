// One section of the settings: its plain fields, and the advanced ones behind "More".

import type { FieldKey, SectionId } from '../../experiment/field-types.ts';
import { FIELD_KEYS, fieldOf, isVisible } from '../../experiment/fields.ts';
import { useExperiment } from '../stores-context.ts';
import { FieldRow } from './FieldRow.tsx';

export function Section({ id, title }: { readonly id: SectionId; readonly title: string }) {
  // A joined string, so that the section renders again only when another set of fields has an effect.
  const visible = useExperiment((state) =>
    FIELD_KEYS.filter((key) => fieldOf(key).section === id && isVisible(key, state.experiment)).join(' '),
  );
  const keys = FIELD_KEYS.filter((key): key is FieldKey => visible.split(' ').includes(key));
  const plain = keys.filter((key) => fieldOf(key).advanced !== true);
  const advanced = keys.filter((key) => fieldOf(key).advanced === true);
  const restarts = keys.some((key) => fieldOf(key).effect === 'restart');
  if (keys.length === 0) return null;
  return (
    <section className="section" aria-labelledby={`section-${id}`}>
      <header>
        <h2 id={`section-${id}`}>{title}</h2>
        <span className="effect">{restarts ? '↻ restarts training' : 'applies at once'}</span>
      </header>
      {plain.map((key) => (
        <FieldRow key={key} field={key} />
      ))}
      {advanced.length === 0 ? null : (
        <details>
          <summary>
            More <span className="visually-hidden">of {title}</span>
          </summary>
          {advanced.map((key) => (
            <FieldRow key={key} field={key} />
          ))}
        </details>
      )}
    </section>
  );
}
