// The stories that come with the page, each a real link to its first step; writing one, and opening one from a file.
import { LINK_VERSION } from '../../experiment/upgrade.ts';
import { TOLD_STORIES } from '../../stories/told-stories.ts';
import { GALLERY_WORDS } from '../../words/gallery.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { FilePicker } from '../FilePicker.tsx';
import { usePage, useStores } from '../stores-context.ts';

function OwnStories() {
  const stores = useStores();
  const show = usePage((page) => page.show);
  return (
    <p className="gallery-links">
      <button type="button" onClick={() => show('story-editor')}>
        {STORY_WORDS.write}
      </button>
      <FilePicker
        label={STORY_WORDS.openStory}
        onPick={(file) =>
          void import('../../state/share-open.ts').then(({ openFile }) => openFile(stores, file))
        }
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
