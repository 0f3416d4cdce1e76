// The one filled control of the page. Reads "Run" whenever nothing is running, "Pause" otherwise.
import { useRun, useStores } from '../stores-context.ts';

export function RunButton() {
  const { run } = useStores();
  const kind = useRun((state) => state.status.kind);
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
