// The button that opens points as numbers. Few ask for it: the table's code comes when they do.
import { type ComponentProps, lazy, type ReactNode, Suspense } from 'react';
import { ACCESSIBILITY_WORDS as words } from '../../words/accessibility.ts';
import { Popover } from '../Popover.tsx';

const PointTable = lazy(async () => ({ default: (await import('./PointTable.tsx')).PointTable }));

interface PointsPopoverProps {
  /** Whose points. */
  readonly name: string;
  readonly label: ReactNode;
  readonly className?: string;
  /** Read when the table is open. */
  table(): ComponentProps<typeof PointTable>;
}

export function PointsPopover({ name, label, className, table }: PointsPopoverProps) {
  return (
    <Popover
      className={`plain ${className ?? ''}`}
      label={label}
      name={words.pointsAsNumbers(name)}
      title={words.pointsAsNumbers(name)}
    >
      {() => (
        <Suspense fallback={words.loading}>
          <PointTable {...table()} />
        </Suspense>
      )}
    </Popover>
  );
}
