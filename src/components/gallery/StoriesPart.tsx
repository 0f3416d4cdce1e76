// The stories that come with the page, each a real link to its first step; writing one, and opening one from a file.
import { useRef } from 'react';
import { LINK_VERSION } from '../../experiment/upgrade.ts';
import { TOLD_STORIES } from '../../stories/told-stories.ts';
import { GALLERY_WORDS } from '../../words/gallery.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { usePage, useStores } from '../stores-context.ts';

function OwnStories() {
  const stores = useStores();
  const show = usePage((page) => page.show);
  const picker = useRef<HTMLInputElement>(null);
  return (
    <p className="gallery-links">
      <button type="button" onClick={() => show('story-editor')}>
        {STORY_WORDS.write}
      </button>
      <button type="button" onClick={() => picker.current?.click()}>
        {STORY_WORDS.openStory}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label={STORY_WORDS.openStory}
        onChange={({ target }) => {
          const [file] = target.files ?? [];
          target.value = '';
          if (file === undefined) return;
          void import('../../state/share-open.ts').then(({ openFile }) => openFile(stores, file));
        }}
      />
    </p>
  );
}

export function StoriesPart() {
  return (
    <section className="gallery-part" aria-labelledby="stories-title">
      <h2 id="stories-title" tabIndex={-1}>
        {GALLERY_WORDS.stories}
      </h2>
      <p className="quiet">{GALLERY_WORDS.storiesAbout}</p>
      <ul className="gallery-list">
        {TOLD_STORIES.map(({ id, title, summary, minutes }) => (
          <li key={id}>
            <a href={`#v=${LINK_VERSION}&story=${id}.0`}>{title}</a>{' '}
            <span className="quiet number">{GALLERY_WORDS.minutes(minutes)}</span>
            <p>{summary}</p>
          </li>
        ))}
      </ul>
      <OwnStories />
    </section>
  );
}
