// What presenting adds while it lasts: the screen stays awake. How it looks is present.css, which comes with this.
import { useEffect } from 'react';
import { useStores } from '../stores-context.ts';
import { keepAwake } from './keep-awake.ts';
import { useProjector } from './use-projector.ts';
import './present.css';

export function PresentMode() {
  const { page } = useStores();
  // A lecture's link on a phone is read, not projected.
  const projector = useProjector();
  useEffect(() => {
    if (!projector) return;
    return keepAwake({
      locks: navigator.wakeLock,
      isVisible: () => document.visibilityState === 'visible',
      onVisibility(listener) {
        document.addEventListener('visibilitychange', listener);
        return () => document.removeEventListener('visibilitychange', listener);
      },
      refused: () => page.getState().say('no-wake-lock'),
    });
  }, [page, projector]);
  return null;
}
