// All ways to hand on what is on the screen: link, link with θ, frame, pictures and numbers, run file, citations. Fetched
// when it is first opened.
import { PROGRAM_VERSION } from '../../records/program-version.ts';
import { isCovered } from '../../state/page-store.ts';
import { bibtexOf } from '../../state/share-papers.ts';
import { shareWords as words } from '../../words/share.ts';
import { PageDialog } from '../present/PageDialog.tsx';
import { useCurrent, usePage, useStores } from '../stores-context.ts';
import { CopyField } from './CopyField.tsx';
import { EmbedSection } from './EmbedSection.tsx';
import { LinkSection } from './LinkSection.tsx';
import { PicturesSection } from './PicturesSection.tsx';
import { pageAddress } from './page-address.ts';
import { RunSection } from './RunSection.tsx';
import { TrainedSection } from './TrainedSection.tsx';
import '../present/dialogs.css';
import './share.css';

function CiteSection() {
  const experiment = useCurrent((state) => state.experiment);
  const text = bibtexOf(experiment, { version: PROGRAM_VERSION, address: pageAddress() });
  return (
    <section aria-labelledby="share-cite">
      <h3 id="share-cite">{words.citeHead}</h3>
      <p>{words.citeAbout}</p>
      <CopyField name={words.citeField} text={text} label={words.copyCite} rows={6} />
    </section>
  );
}

export function ShareDialog() {
  const { page } = useStores();
  const inLab = usePage((state) => state.options.page === 'lab');
  // What is to be guessed first is not handed out.
  const covered = usePage(isCovered);
  return (
    <PageDialog title={words.title}>
      <div className="share-body">
        <LinkSection />
        {inLab ? (
          <>
            {covered ? null : <TrainedSection />}
            <EmbedSection />
            {covered ? null : <PicturesSection />}
          </>
        ) : null}
        <RunSection onOpened={() => page.getState().show(null)} />
        {inLab ? <CiteSection /> : null}
      </div>
    </PageDialog>
  );
}
