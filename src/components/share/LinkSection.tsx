// The link to the experiment on the screen, and in words what it contains.
import { useEffect, useState } from 'react';
import { encodeLink, encodePlainLink } from '../../experiment/codec.ts';
import { linkedOptions } from '../../state/page-store.ts';
import { linkContents } from '../../state/share-contents.ts';
import { shareWords as words } from '../../words/share.ts';
import { useCurrent, usePage } from '../stores-context.ts';
import { CopyField } from './CopyField.tsx';
import { pageAddress } from './page-address.ts';

/** The compressed form where it is shorter, else null. */
function useCompressed(plain: string, encode: () => Promise<string>): string | null {
  const [found, setFound] = useState<{ readonly plain: string; readonly shortest: string } | null>(null);
  useEffect(() => {
    let isCurrent = true;
    void encode().then((shortest) => {
      if (isCurrent) setFound({ plain, shortest });
    });
    return () => {
      isCurrent = false;
    };
    // `encode` follows from `plain`, and is a new function at every rendering.
  }, [plain]);
  return found?.plain === plain && found.shortest.length < plain.length ? found.shortest : null;
}

export function LinkSection() {
  const experiment = useCurrent((state) => state.experiment);
  const options = linkedOptions(usePage((page) => page));
  const plain = encodePlainLink(experiment, options);
  const compressed = useCompressed(plain, () => encodeLink(experiment, options));
  const [wantsShort, setWantsShort] = useState(false);
  const link = `${pageAddress()}${wantsShort && compressed !== null ? compressed : plain}`;
  const contents = linkContents(experiment, options);
  return (
    <section aria-labelledby="share-link">
      <h3 id="share-link">{words.linkHead}</h3>
      <CopyField
        name={words.linkField}
        text={link}
        label={words.copyLink}
        rows={2}
        quiet={words.characters(link.length)}
        first
      />
      {compressed === null ? null : (
        <label className="check">
          <input
            type="checkbox"
            checked={wantsShort}
            onChange={(event) => setWantsShort(event.target.checked)}
          />
          {words.compress(plain.length - compressed.length)}
        </label>
      )}
      <p>{words.contains}</p>
      {options.page === 'gallery' ? (
        <ul>
          <li>{words.gallery}</li>
        </ul>
      ) : (
        <ul>
          <li>{contents.preset}</li>
          <li>{contents.seed}</li>
          <li>
            {contents.changes.length === 0 ? words.noChanges : words.changes(contents.changes.length)}
            {contents.changes.length === 0 ? null : (
              <ul>
                {contents.changes.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </li>
          {contents.page.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
      )}
      <p className="quiet">{words.notContained}</p>
    </section>
  );
}
