// Which engine computes and how fast: the button in the transport. What it opens is in EngineDetails.
import { groupThousands } from '../../charts/scales.ts';
import { ENGINE_NAMES } from '../../state/engine-names.ts';
import { transportWords as words } from '../../words/transport.ts';
import { useLabRun } from '../lab-context.ts';
import { Popover } from '../Popover.tsx';
import { EngineDetails } from './EngineDetails.tsx';

export function EnginePopover() {
  const engine = useLabRun((state) => state.engine);
  const rate = useLabRun((state) => state.iterationsPerSecond);
  const name = engine === null ? words.engine : ENGINE_NAMES[engine];
  const digits = rate >= 10 || rate === 0 ? groupThousands(rate) : rate.toFixed(1);
  return (
    <Popover
      className="plain engine"
      popoverClassName="engine-popover"
      name={words.showEnginesOf(name, digits)}
      title={words.showEngines}
      label={
        <>
          <strong>{name}</strong>{' '}
          <span className="quiet number">
            {digits} {words.perSecond}
          </span>
        </>
      }
    >
      <EngineDetails />
    </Popover>
  );
}
