// A title that is itself a choice: the inner learning rate and the task buffer share one place.
import { instrumentWords as words } from '../../words/instruments.ts';
import { Segments } from '../Segments.tsx';
import type { RmamlView } from './Instruments.tsx';

interface RmamlHeadingProps {
  readonly value: RmamlView;
  onChoose(view: RmamlView): void;
}

export function RmamlHeading({ value, onChoose }: RmamlHeadingProps) {
  return (
    <div className="title-tabs">
      <Segments
        name={words.chartHere}
        value={value}
        options={[
          { value: 'alpha', label: words.alpha },
          { value: 'buffer', label: words.buffer },
        ]}
        onChange={onChoose}
      />
    </div>
  );
}
