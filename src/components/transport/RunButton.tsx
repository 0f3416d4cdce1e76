// The one filled control of the page. Reads "Run" whenever nothing is running, "Pause" otherwise.
import { transportWords as words } from '../../words/transport.ts';
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
      title={kind === 'finished' ? words.allDone : undefined}
      onClick={() => (active ? run.getState().pause() : run.getState().play())}
    >
      {active ? words.pause : words.run}
    </button>
  );
}
