// The one filled control of the page. Reads "Run" whenever nothing is running, "Pause" otherwise.
import { useLab, useLabRun } from '../lab-context.ts';

export function RunButton() {
  const { run } = useLab();
  const kind = useLabRun((state) => state.status.kind);
  const active = kind === 'running' || kind === 'starting';
  return (
    <button
      type="button"
      className="filled run"
      disabled={kind === 'finished'}
      title={kind === 'finished' ? 'All meta-iterations are done. Reset, or raise their number.' : undefined}
      onClick={() => (active ? run.getState().pause() : run.getState().play())}
    >
      {active ? 'Pause' : 'Run'}
    </button>
  );
}
