// The test tasks' return by inner step in its frame, with the published returns where they are of the same environment.
// Follows the meta-iteration scrubber.
import { useRef } from 'react';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import {
  describeReturnAdaptation,
  layoutReturnAdaptation,
  type ReturnAdaptationData,
  type ReturnAdaptationScene,
  tableReturnAdaptation,
} from '../../charts/return-adaptation.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { ReadablePolicyStores } from '../../state/policy-types.ts';
import { policyWords as words } from '../../words/policy.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { labelOf } from '../labels.ts';
import { usePolicyExperiment, usePolicyLab, usePolicyText, usePolicyView } from './policy-lab-context.ts';
import { publishedFor } from './published-returns.ts';

function readAdaptation({ experiment: store, view, data }: ReadablePolicyStores, hoverX: number | null) {
  const { experiment } = store.getState();
  const { scrubIteration, innerStep, focus } = view.getState();
  return {
    points: experiment.algorithms.flatMap((id) => data.adaptation(id, scrubIteration) ?? []),
    published: publishedFor(experiment),
    innerStep,
    focus: experiment.algorithms.length > 1 ? focus : null,
    hoverX,
  } satisfies ReturnAdaptationData;
}

/** "40 test tasks at 128 · ○ published". */
function useQualifier(isTitled: boolean) {
  const stores = usePolicyLab();
  const hasPublished = usePolicyExperiment((experiment) => publishedFor(experiment).length > 0);
  // Read so that it follows the scrubber while training is paused.
  usePolicyView((view) => view.scrubIteration);
  const point = usePolicyText(() => readAdaptation(stores, null).points[0] ?? null);
  return (
    <>
      {point === null ? null : (
        <>
          {isTitled ? null : (
            <>
              {point.tasks}
              {words.tasks}
            </>
          )}
          {words.atIteration(groupThousands(point.iteration))}
          {hasPublished ? ' ·\u00a0' : ''}
        </>
      )}
      {hasPublished ? words.published : null}
    </>
  );
}

interface AdaptationPanelProps {
  /** Its title is a tab beside it. */
  readonly isTitled?: boolean;
}

export function AdaptationPanel({ isTitled = false }: AdaptationPanelProps) {
  const stores = usePolicyLab();
  const previous = useRef<ReturnAdaptationScene | null>(null);
  const kept = useOverlays()?.returnAdaptation() ?? null;
  // Read so that the drawing follows them while training is paused.
  usePolicyView((view) => view.innerStep);
  usePolicyView((view) => view.focus);
  return (
    <ChartPanel
      title={words.adaptation}
      outcome="adaptation"
      {...(isTitled && { heading: <h2 className="visually-hidden">{words.adaptation}</h2> })}
      qualifier={useQualifier(isTitled)}
      layout={(view, pointer) => {
        const data = { ...readAdaptation(stores, pointer?.x ?? null), kept };
        previous.current = layoutReturnAdaptation(data, view, previous.current);
        return previous.current;
      }}
      summary={() => withPinnedWords(describeReturnAdaptation(readAdaptation(stores, null), labelOf), kept)}
      table={() => withPinnedTable(tableReturnAdaptation(readAdaptation(stores, null), labelOf), kept)}
    />
  );
}
