// What takes the top bar's place in a frame: what is shown, and one link to the whole page. It also is what speaks to the
// page around.
import { useEffect, useRef } from 'react';
import { encodePlainLink } from '../../experiment/codec.ts';
import { findPreset, inLab } from '../../experiment/labs.ts';
import { browserFrame } from '../../state/embed-browser.ts';
import { connectFrame } from '../../state/embed-frame.ts';
import { linkedOptions } from '../../state/page-store.ts';
import { embedWords as words } from '../../words/embed.ts';
import { useCurrent, usePage, useStores } from '../stores-context.ts';
import { pageAddress } from './page-address.ts';
import './embed.css';

export function EmbedChrome() {
  const stores = useStores();
  const bar = useRef<HTMLElement>(null);
  const experiment = useCurrent((state) => state.experiment);
  const options = linkedOptions(usePage((page) => page));
  useEffect(() => {
    const page = bar.current?.closest('.app') ?? null;
    return page === null ? undefined : connectFrame(stores, browserFrame(page));
  }, [stores]);
  const lab = inLab(experiment.lab, ({ title }) => title);
  return (
    <header className="embed-bar" ref={bar}>
      <h1>{words.bar(lab, findPreset(experiment.preset)?.title ?? experiment.preset)}</h1>
      <a
        href={`${pageAddress()}${encodePlainLink(experiment, options)}`}
        target="_blank"
        rel="noopener"
        title={words.openTitle}
      >
        {words.open}
      </a>
    </header>
  );
}
