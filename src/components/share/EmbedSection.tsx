// The HTML of a frame for a course page.
import { encodePlainLink } from '../../experiment/codec.ts';
import type { LabId } from '../../experiment/experiment.ts';
import { findPreset, inLab } from '../../experiment/labs.ts';
import { linkedOptions } from '../../state/page-store.ts';
import { shareWords as words } from '../../words/share.ts';
import { useCurrent, usePage } from '../stores-context.ts';
import { CopyField } from './CopyField.tsx';
import { embedSnippet } from './embed-snippet.ts';
import { pageAddress } from './page-address.ts';

/** What the embedded page is high with the lab's default preset: measured in frames 600 and 720 px wide, the higher of the two. */
const HEIGHTS: Readonly<Record<LabId, number>> = {
  sinusoid: 870,
  reaching: 860,
  navigation: 800,
  cheetah: 720,
};

export function EmbedSection() {
  const experiment = useCurrent((state) => state.experiment);
  const options = linkedOptions(usePage((page) => page));
  const { lab } = experiment;
  const title = words.embedTitle(
    inLab(lab, (definition) => definition.title),
    findPreset(experiment.preset)?.title ?? experiment.preset,
  );
  const snippet = embedSnippet({
    address: pageAddress(),
    // A frame is no projector.
    fragment: encodePlainLink(experiment, { ...options, page: 'lab', present: false }),
    title,
    height: HEIGHTS[lab],
  });
  return (
    <section aria-labelledby="share-embed">
      <h3 id="share-embed">{words.embedHead}</h3>
      <p>{words.embedAbout}</p>
      <CopyField name={words.embedField} text={snippet} label={words.copyEmbed} rows={3} />
    </section>
  );
}
