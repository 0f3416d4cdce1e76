// The page: top bar, the lab, transport. Takes the stores from the composition root and hands them to everything
// below through one context; holds no state of its own.
import type { AppStores } from '../state/store-types.ts';
import { FrameContext, useFrameLoop } from './chart/frame-loop.ts';
import { SinusoidLab } from './SinusoidLab.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { StatusRegion } from './shell/StatusRegion.tsx';
import { TopBar } from './shell/TopBar.tsx';
import { StoresContext } from './stores-context.ts';
import { Transport } from './transport/Transport.tsx';
import { useThemeAttribute } from './use-theme.ts';
import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/controls.css';
import './styles/transport.css';
import './styles/charts.css';

function Shell() {
  useThemeAttribute();
  const frames = useFrameLoop();
  return (
    <FrameContext value={frames}>
      <div className="app">
        {/* Not a link: its fragment would replace the experiment, which lives there. */}
        <button type="button" className="skip-link" onClick={() => document.getElementById('stage')?.focus()}>
          Skip to the fits
        </button>
        <TopBar />
        <SinusoidLab />
        <Transport />
        <StatusRegion />
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
