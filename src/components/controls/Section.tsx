// One section of the settings: its plain fields, and the advanced ones behind "More".

import type { SectionId } from '../../experiment/field-types.ts';
import { settingField, visibleSettings } from '../../experiment/settings.ts';
import { isHidden } from '../../state/page-store.ts';
import { controlWords as words } from '../../words/controls.ts';
import { useCurrent, usePage } from '../stores-context.ts';
import { FieldRow } from './FieldRow.tsx';

export function Section({ id, title }: { readonly id: SectionId; readonly title: string }) {
  const lab = useCurrent((state) => state.experiment.lab);
  // A joined string, so that the section renders again only when another set of fields has an effect.
  const visible = useCurrent((state) => visibleSettings(state.experiment, id).join(' '));
  const options = usePage((page) => page.options);
  const keys = visible.split(' ').filter((key) => key !== '' && !isHidden(options, key));
  const plain = keys.filter((key) => settingField(lab, key)?.advanced !== true);
  const advanced = keys.filter((key) => settingField(lab, key)?.advanced === true);
  const restarts = keys.some((key) => settingField(lab, key)?.effect === 'restart');
  if (keys.length === 0) return null;
  return (
    <section className="section" aria-labelledby={`section-${id}`}>
      <header>
        <h2 id={`section-${id}`}>{title}</h2>
        {/* In the Reaching lab everything applies at once, which need not be said at every section. */}
        {lab === 'sinusoid' ? (
          <span className="effect">{restarts ? words.restarts : words.appliesAtOnce}</span>
        ) : null}
      </header>
      {plain.map((key) => (
        <FieldRow key={key} name={key} />
      ))}
      {advanced.length === 0 ? null : (
        <details>
          <summary>
            {words.more} <span className="visually-hidden">{words.moreOf(title)}</span>
          </summary>
          {advanced.map((key) => (
            <FieldRow key={key} name={key} />
          ))}
        </details>
      )}
    </section>
  );
}
