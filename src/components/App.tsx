// The page: top bar, settings, the lab on the screen and its transport. Takes the stores from the composition root and hands them to everything
// below through one context; holds no state of its own.
import { type ComponentType, type LazyExoticComponent, lazy, Suspense, useEffect } from 'react';
import { inLab } from '../experiment/labs.ts';
import { PAGE_PARTS, type PagePart } from '../experiment/page-options.ts';
import { hiddenParts, isCovered, type PageDialog } from '../state/page-store.ts';
import type { AppStores } from '../state/store-types.ts';
import { FrameContext, useFrameLoop } from './chart/frame-loop.ts';
import { LazyControls } from './controls/LazyControls.tsx';
import { LAB_PAGES } from './lab-pages.ts';
import { usePageKeys } from './present/use-page-keys.ts';
import { useProjector } from './present/use-projector.ts';
import { FileDrop } from './share/FileDrop.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { LabFrame, TransportFrame } from './shell/LabFrame.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { StoresContext, useCurrent, usePage } from './stores-context.ts';
import { useMediaQuery, WIDE_QUERY } from './use-media-query.ts';
import { useThemeAttribute } from './use-theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/transport.css';
import './styles/charts.css';
import { language } from '../words/language.ts';
import { shellWords as words } from '../words/shell.ts';

const SymbolHelp = lazy(async () => ({
  default: (await import('./reading/SymbolHelp.tsx')).SymbolHelp,
}));

const GalleryPage = lazy(async () => ({
  default: (await import('./gallery/GalleryPage.tsx')).GalleryPage,
}));
const EmbedChrome = lazy(async () => ({
  default: (await import('./share/EmbedChrome.tsx')).EmbedChrome,
}));
const PresentMode = lazy(async () => ({
  default: (await import('./present/PresentMode.tsx')).PresentMode,
}));
const StoryPanel = lazy(async () => ({
  default: (await import('./stories/StoryPanel.tsx')).StoryPanel,
}));
const PageRemark = lazy(async () => ({
  default: (await import('./present/PageRemark.tsx')).PageRemark,
}));
const PredictMode = lazy(async () => ({
  default: (await import('./present/PredictMode.tsx')).PredictMode,
}));
const DIALOGS: Readonly<Record<PageDialog, LazyExoticComponent<ComponentType>>> = {
  compare: lazy(async () => ({ default: (await import('./compare/ComparePanel.tsx')).ComparePanel })),
  keys: lazy(async () => ({ default: (await import('./present/KeysDialog.tsx')).KeysDialog })),
  exercise: lazy(async () => ({ default: (await import('./present/ExerciseDialog.tsx')).ExerciseDialog })),
  'story-editor': lazy(async () => ({
    default: (await import('./stories/StoryEditor.tsx')).StoryEditor,
  })),
  share: lazy(async () => ({ default: (await import('./share/ShareDialog.tsx')).ShareDialog })),
};

/** What comes only when it is asked for: presenting, and the page's dialogs. */
function OnDemand() {
  const present = usePage((page) => page.options.present);
  const dialog = usePage((page) => page.dialog);
  const Dialog = dialog === null ? null : DIALOGS[dialog];
  return (
    <Suspense fallback={null}>
      {present ? <PresentMode /> : null}
      {Dialog === null ? null : <Dialog />}
    </Suspense>
  );
}

function Shell() {
  useThemeAttribute();
  usePageKeys();
  const projector = useProjector();
  const predict = usePage((page) => page.options.predict);
  const covered = usePage(isCovered);
  const wide = useMediaQuery(WIDE_QUERY);
  const lab = useCurrent((state) => state.experiment.lab);
  const inGallery = usePage((page) => page.options.page === 'gallery');
  const { Body, Transport } = LAB_PAGES[lab];
  const embed = usePage((page) => page.options.embed);
  const tells = usePage((page) => page.options.story !== null);
  const hidden = usePage((page) => hiddenParts(page.options, PAGE_PARTS));
  const shows = (part: PagePart) => !hidden.split(' ').includes(part);
  useEffect(() => {
    document.title = inGallery ? 'metascope' : `metascope · ${inLab(lab, ({ title }) => title)}`;
  }, [lab, inGallery]);
  useEffect(() => {
    document.documentElement.toggleAttribute('data-projector', projector);
  }, [projector]);
  useEffect(() => {
    // Until now the document had the language of its own few words.
    document.documentElement.lang = language;
  }, []);
  const frames = useFrameLoop();
  return (
    <FrameContext value={frames}>
      <div
        className={embed ? 'app embed' : 'app'}
        data-page={inGallery ? 'gallery' : undefined}
        data-hide={hidden}
        data-covered={covered ? '' : undefined}
      >
        {/* Not a link: its fragment would replace the experiment, which lives there. */}
        <button type="button" className="skip-link" onClick={() => document.getElementById('stage')?.focus()}>
          {words.skip}
        </button>
        {embed ? (
          <Suspense fallback={null}>
            <EmbedChrome />
          </Suspense>
        ) : (
          <TopBar />
        )}
        {inGallery ? (
          <Suspense fallback={<main className="gallery" />}>
            <GalleryPage />
          </Suspense>
        ) : (
          <>
            <main className="lab" data-lab={lab} data-telling={tells ? '' : undefined}>
              {tells ? (
                <Suspense fallback={<aside className="tale" />}>
                  <StoryPanel />
                </Suspense>
              ) : null}
              {wide && !projector && !embed && !tells && shows('settings') ? (
                <aside className="controls" aria-label={words.settings}>
                  <LazyControls />
                </aside>
              ) : null}
              <Suspense key={lab} fallback={<LabFrame />}>
                <Body />
              </Suspense>
              {predict ? (
                <Suspense fallback={null}>
                  <PredictMode />
                </Suspense>
              ) : null}
            </main>
            {shows('transport') ? (
              // Training would give the outcome away before the guess.
              <div className="transport-place" inert={covered}>
                <Suspense key={lab} fallback={<TransportFrame />}>
                  <Transport />
                </Suspense>
              </div>
            ) : null}
          </>
        )}
        <Suspense fallback={null}>
          <SymbolHelp />
        </Suspense>
        <FileDrop />
        <Suspense fallback={null}>
          <PageRemark />
        </Suspense>
        <OnDemand />
      </div>
    </FrameContext>
  );
}

/** The whole user interface, for the composition root to render. */
export function App({ stores }: { readonly stores: AppStores }) {
  return (
    <ErrorBoundary>
      <StoresContext value={stores}>
        <Shell />
      </StoresContext>
    </ErrorBoundary>
  );
}
