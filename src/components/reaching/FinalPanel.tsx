// Where the strategies end over many seeds, which of them is nearest and how often; how many seeds, and how far the
// worker is with them.
import { useRef } from 'react';
import { withPinnedTable, withPinnedWords } from '../../charts/pinned-layer.ts';
import {
  describeReachingFinal,
  layoutReachingFinal,
  type ReachingFinalScene,
  tableReachingFinal,
} from '../../charts/reaching-final.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { JobStatus } from '../../state/reaching-types.ts';
import { reachingWords } from '../../words/reaching.ts';
import { ChartPanel } from '../chart/ChartPanel.tsx';
import { useOverlays } from '../compare/compare-context.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useReaching, useStores } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';

const MOST_SEEDS = 1000;

/** What the job says beside the title; null: nothing, the drawing speaks. */
function sayJob(job: JobStatus): string | null {
  switch (job.kind) {
    case 'running':
      return reachingWords.doneOf(groupThousands(job.finished), groupThousands(job.total));
    case 'waiting':
      return reachingWords.takesAWhile;
    case 'cancelled':
      return reachingWords.cancelled;
    case 'failed':
      return reachingWords.failed;
    default:
      return null;
  }
}

function SeedsInput() {
  const { reaching } = useStores();
  const seeds = useReaching((state) => state.seeds);
  return (
    <span className="seeds-input">
      <NumberInput
        name={reachingWords.seedsName}
        value={seeds}
        min={1}
        max={MOST_SEEDS}
        nudge={(value, direction) => Math.min(Math.max(value + direction * 10, 1), MOST_SEEDS)}
        onCommit={(value) => {
          // A number that is none leaves the last one standing.
          if (Number.isFinite(value))
            reaching.getState().setSeeds(Math.min(Math.max(Math.round(value), 1), MOST_SEEDS));
        }}
      />
      <span aria-hidden="true">{reachingWords.seeds}</span>
    </span>
  );
}

function JobButton() {
  const { reaching } = useStores();
  const kind = useReaching((state) => state.seedsJob.kind);
  const { computeSeeds, cancelSeeds } = reaching.getState();
  if (kind === 'waiting' || kind === 'cancelled' || kind === 'failed') {
    return (
      <button type="button" className="plain small" onClick={computeSeeds}>
        {reachingWords.compute}
        <span className="visually-hidden">{reachingWords.theSeeds}</span>
      </button>
    );
  }
  return kind === 'running' ? (
    <button type="button" className="plain small" onClick={cancelSeeds}>
      {reachingWords.cancel}
      <span className="visually-hidden">{reachingWords.theSeeds}</span>
    </button>
  ) : null;
}

export function FinalPanel() {
  const { reachingData: data } = useStores();
  const previous = useRef<ReachingFinalScene | null>(null);
  const job = useReaching((state) => state.seedsJob);
  const isStale = useReachingText(() => data.isOutcomeStale, 100);
  const words = sayJob(job);
  const kept = useOverlays()?.finals() ?? null;
  return (
    <ChartPanel
      title={reachingWords.final}
      outcome="final-distance"
      qualifier={words}
      switches={
        <>
          <JobButton />
          <SeedsInput />
        </>
      }
      controls={
        job.kind === 'failed' ? (
          <p className="panel-message" role="alert">
            {reachingWords.seedsFailed(job.message)}
          </p>
        ) : undefined
      }
      isStale={isStale}
      layout={(view) => {
        previous.current = layoutReachingFinal({ outcome: data.outcome, kept }, view, previous.current);
        return previous.current;
      }}
      summary={() => withPinnedWords(describeReachingFinal({ outcome: data.outcome }), kept)}
      table={() => withPinnedTable(tableReachingFinal({ outcome: data.outcome }), kept)}
    />
  );
}
