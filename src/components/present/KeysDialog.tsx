// The list of all keys, from the table that the handlers use, and the switch that turns single keys off.
import { useState } from 'react';
import { KEY_WORDS } from '../../words/keys.ts';
import { usePage } from '../stores-context.ts';
import { KEYS, type KeyId, type KeyScope, worksHere } from './keys.ts';
import { PageDialog } from './PageDialog.tsx';
import { setSingleKeys, singleKeysWork } from './single-keys.ts';
import './dialogs.css';

interface KeyRow {
  readonly id: KeyId;
  readonly shows: readonly string[];
}

/** The rows of a scope, several keys for one thing in one row. */
function rowsOf(scope: KeyScope, embed: boolean): readonly KeyRow[] {
  const rows = KEYS.filter((row) => row.scope === scope && worksHere(row.id, embed));
  const ids = [...new Set<KeyId>(rows.map(({ id }) => id))];
  return ids.map((id) => ({ id, shows: rows.filter((row) => row.id === id).map(({ shows }) => shows) }));
}

const SCOPES = [...new Set<KeyScope>(KEYS.map(({ scope }) => scope))];

function SingleKeys() {
  const [works, setWorks] = useState(singleKeysWork);
  return (
    <>
      <label className="check">
        <input
          type="checkbox"
          checked={works}
          onChange={(event) => {
            setSingleKeys(event.target.checked);
            setWorks(event.target.checked);
          }}
        />
        {KEY_WORDS.single}
      </label>
      <p className="quiet">{KEY_WORDS.singleHelp}</p>
    </>
  );
}

export function KeysDialog() {
  const embed = usePage((page) => page.options.embed);
  return (
    <PageDialog title={KEY_WORDS.title}>
      {SCOPES.map((scope) => (
        <section key={scope} className="key-scope">
          <h3>{KEY_WORDS.scopes[scope]}</h3>
          <dl>
            {rowsOf(scope, embed).map(({ id, shows }) => (
              <div key={id}>
                <dt>
                  {shows.map((text) => (
                    <kbd key={text}>{text}</kbd>
                  ))}
                </dt>
                <dd>{KEY_WORDS.does[id]}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <SingleKeys />
    </PageDialog>
  );
}
