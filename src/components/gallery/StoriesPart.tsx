// The stories that come with the page: each a real link to its first step.
import { LINK_VERSION } from '../../experiment/upgrade.ts';
import { TOLD_STORIES } from '../../stories/told-stories.ts';
import { GALLERY_WORDS } from '../../words/gallery.ts';

export function StoriesPart() {
  return (
    <section className="gallery-part" aria-labelledby="stories-title">
      <h2 id="stories-title">{GALLERY_WORDS.stories}</h2>
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
    </section>
  );
}
