// The bar at the top: wordmark, labs, and what concerns the whole page (settings drawer, undo, share, theme).

import { isHidden } from '../../state/page-store.ts';
import { CompareButtons } from '../compare/CompareButtons.tsx';
import { ControlsDrawer } from '../controls/ControlsDrawer.tsx';
import { PresentMenu } from '../present/PresentMenu.tsx';
import { useProjector } from '../present/use-projector.ts';
import { usePage } from '../stores-context.ts';
import { useMediaQuery, WIDE_QUERY } from '../use-media-query.ts';
import { LabTabs } from './LabTabs.tsx';
import { ShareButton } from './ShareButton.tsx';
import { ThemeButton } from './ThemeButton.tsx';
import { UndoButtons } from './UndoButtons.tsx';
import { Wordmark } from './Wordmark.tsx';

export function TopBar() {
  const wide = useMediaQuery(WIDE_QUERY);
  const hidesSettings = usePage((page) => isHidden(page.options, 'settings'));
  const projector = useProjector();
  // What they would change is not on the screen there.
  const inGallery = usePage((page) => page.options.page === 'gallery');
  return (
    <header className="top-bar">
      <Wordmark />
      <LabTabs />
      <div className="top-actions">
        {wide || projector || inGallery || hidesSettings ? null : <ControlsDrawer />}
        {projector || inGallery ? null : <UndoButtons />}
        <span className="compare-actions">
          <CompareButtons />
        </span>
        <ShareButton />
        {projector ? null : <ThemeButton />}
        <PresentMenu />
      </div>
    </header>
  );
}
