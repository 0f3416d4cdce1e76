// One place on the page for several charts, of which one is shown, chosen by their titles.
import { type ComponentType, useRef, useState } from 'react';
import { chartMenuWords as words } from '../../words/chart-menu.ts';
import { Segments } from '../Segments.tsx';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly title?: string;
}

interface ChartSlotProps<T extends string> {
  /** The first one is shown until another is chosen, and again when the chosen one is no longer offered. */
  readonly choices: readonly Choice<T>[];
  readonly panels: Readonly<Record<T, ComponentType>>;
}

/** One place in the column for several charts, chosen by their titles. */
export function ChartSlot<T extends string>({ choices, panels }: ChartSlotProps<T>) {
  const [chosen, setChosen] = useState<T | null>(null);
  const slot = useRef<HTMLDivElement>(null);
  const shown = choices.find(({ value }) => value === chosen) ?? choices[0]!;
  const Panel: ComponentType = panels[shown.value];
  return (
    // The tabs are not part of the panel: choosing another must not take the focus from them.
    <div className="slot" data-shown={shown.value} ref={slot}>
      <div className="title-tabs">
        {choices.length > 1 ? (
          <Segments<T>
            name={words.chartHere}
            value={shown.value}
            options={choices}
            onChange={(next) => {
              setChosen(next);
              // On a low screen the last panel may grow beyond the column's edge.
              requestAnimationFrame(() => slot.current?.scrollIntoView({ block: 'nearest' }));
            }}
          />
        ) : (
          <strong aria-hidden="true">{shown.label}</strong>
        )}
      </div>
      <Panel />
    </div>
  );
}
