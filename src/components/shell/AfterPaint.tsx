// What a page mounts right after its first painting: in two parts it never holds the browser as long as whole.
import { type ReactNode, useDeferredValue } from 'react';
import { usePage } from '../stores-context.ts';
import { InstrumentsFrame } from './LabFrame.tsx';

interface AfterPaintProps {
  /** What keeps their room. */
  readonly frame?: ReactNode;
  readonly children: ReactNode;
}

/** In a frame on a course page it comes at once, so that its height is told once. */
export function AfterPaint({ frame = null, children }: AfterPaintProps) {
  const embed = usePage((page) => page.options.embed);
  return useDeferredValue(true, embed) ? children : frame;
}

/** The charts beside the stage, after it. */
export function AfterStage({ children }: { readonly children: ReactNode }) {
  return <AfterPaint frame={<InstrumentsFrame />}>{children}</AfterPaint>;
}
