// A title that is itself a choice: the inner learning rate and the task buffer share one place.
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
        name="Chart shown here"
        value={value}
        options={[
          { value: 'alpha', label: 'Inner learning rate' },
          { value: 'buffer', label: 'Task buffer' },
        ]}
        onChange={onChoose}
      />
    </div>
  );
}
