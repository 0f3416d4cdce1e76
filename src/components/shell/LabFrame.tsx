// What stands in for a lab's page while its code is on the way: the same columns, empty, so that nothing jumps. Words
// come only after a while (styles/shell.css), because mostly the code is there at once.
import { shellWords as words } from '../../words/shell.ts';

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
export function InstrumentsFrame() {
  return <div className="instruments" />;
}
