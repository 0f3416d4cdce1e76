// Which engine computes and how fast: the button in the transport. What it opens is in EngineDetails.
import { groupThousands } from '../../charts/scales.ts';
import { ENGINE_NAMES } from '../../state/engine-names.ts';
import { useLabRun } from '../lab-context.ts';
import { Popover } from '../Popover.tsx';
import { EngineDetails } from './EngineDetails.tsx';

export function EnginePopover() {
  const engine = useLabRun((state) => state.engine);
  const rate = useLabRun((state) => state.iterationsPerSecond);
  const name = engine === null ? 'Engine' : ENGINE_NAMES[engine];
  const digits = rate >= 10 || rate === 0 ? groupThousands(rate) : rate.toFixed(1);
  return (
    <Popover
      className="plain engine"
      popoverClassName="engine-popover"
      name={`Engine: ${name} ${digits} it/s. Show all engines`}
      title="Show all engines"
      label={
        <>
          <strong>{name}</strong> <span className="quiet number">{digits} it/s</span>
        </>
      }
    >
      <EngineDetails />
    </Popover>
  );
}
