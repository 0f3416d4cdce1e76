// What stands in for a lab's page while its code is on the way: the same columns, empty, so that nothing jumps. Words
// come only after a while (styles/shell.css), because mostly the code is there at once.
import { type ReactNode, useDeferredValue } from 'react';
import { shellWords as words } from '../../words/shell.ts';
import { usePage } from '../stores-context.ts';

export function LabFrame() {
  return (
    <>
      <div className="stage-column" id="stage" tabIndex={-1}>
        <p className="quiet late" role="status">
          {words.loadingLab}
        </p>
      </div>
      <InstrumentsFrame />
    </>
  );
}

export function TransportFrame() {
  return <div className="transport" />;
}

/** The room of the charts beside the stage. */
function InstrumentsFrame() {
  return <div className="instruments" />;
}

interface AfterPaintProps {
  /** What keeps their room. */
  readonly frame?: ReactNode;
  readonly children: ReactNode;
}

/**
 * What may come right after the page's first painting: in two parts it never holds the browser as long as whole. In a
 * frame on a course page it comes at once, so that its height is told once.
 */
export function AfterPaint({ frame = null, children }: AfterPaintProps) {
  const embed = usePage((page) => page.options.embed);
  return useDeferredValue(true, embed) ? children : frame;
}

/** The charts beside the stage, after it. */
export function AfterStage({ children }: { readonly children: ReactNode }) {
  return <AfterPaint frame={<InstrumentsFrame />}>{children}</AfterPaint>;
}
