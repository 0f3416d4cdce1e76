// The list of labs, and the gallery: real links, so that one can be opened in a new tab; pressed, they switch in place, which can be
// undone and gone back from. A lab gets its tab with its first working version, never before.
import type { MouseEvent } from 'react';
import { encodePlainLink } from '../../experiment/codec.ts';
import type { LabId } from '../../experiment/experiment.ts';
import { defaultExperiment, inLab, LAB_IDS } from '../../experiment/labs.ts';
import { NO_OPTIONS } from '../../experiment/page-options.ts';
import { READING_WORDS } from '../../words/reading.ts';
import { shellWords as words } from '../../words/shell.ts';
import { useCurrent, usePage } from '../stores-context.ts';

const TABS = LAB_IDS.map((id) => ({
  id,
  title: inLab(id, ({ title }) => title),
  link: encodePlainLink(defaultExperiment(id)),
}));

const GALLERY_LINK = encodePlainLink(defaultExperiment(LAB_IDS[0]), { ...NO_OPTIONS, page: 'gallery' });

/** A press that the browser itself has no use for: no new tab, no download. */
function isPlain(event: MouseEvent): boolean {
  return event.button === 0 && !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
}

export function LabTabs() {
  const shown = useCurrent((state) => state.experiment.lab);
  const switchLab = useCurrent((state) => state.switchLab);
  const inGallery = usePage((page) => page.options.page === 'gallery');
  const turnTo = usePage((page) => page.set);
  const open = (id: LabId, event: MouseEvent) => {
    if (!isPlain(event)) return;
    event.preventDefault();
    switchLab(id);
    turnTo({ page: 'lab' });
  };
  return (
    <nav className="labs" aria-label={words.labs}>
      {TABS.map(({ id, title, link }) => (
        <a
          key={id}
          href={link}
          aria-current={id === shown && !inGallery ? 'page' : undefined}
          onClick={(event) => open(id, event)}
        >
          {title}
        </a>
      ))}
      <a
        href={GALLERY_LINK}
        aria-current={inGallery ? 'page' : undefined}
        onClick={(event) => {
          if (!isPlain(event)) return;
          event.preventDefault();
          turnTo({ page: 'gallery' });
        }}
      >
        {READING_WORDS.gallery}
      </a>
      {/* Pages of their own, without the lab's scripts. */}
      <a href="./guide/index.html" title={READING_WORDS.guideTitle}>
        {READING_WORDS.guide}
      </a>
    </nav>
  );
}
