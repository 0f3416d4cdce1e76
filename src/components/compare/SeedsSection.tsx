// The experiment on the screen over several seeds: how many, how far they are, and what to do about them.
import { useState } from 'react';
import { useStore } from 'zustand';
import { inLab } from '../../experiment/labs.ts';
import { FEWEST_SEEDS, MOST_SEEDS, type SeedsJob } from '../../state/seeds-run.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { NumberInput } from '../controls/NumberInput.tsx';
import { useCurrent } from '../stores-context.ts';
import type { PinnedRuns } from './pinned-runs.ts';

const clamp = (seeds: number) => Math.min(Math.max(Math.round(seeds), FEWEST_SEEDS), MOST_SEEDS);

/** What there is to say of the job, sentence by sentence. */
function sentences(job: SeedsJob): readonly string[] {
  if (job.kind === 'idle') return [];
  const { finished, asked, diverged, failed } = job;
  const lost = [
    ...(diverged > 0 ? [words.seedsDiverged(diverged)] : []),
    ...(failed > 0 ? [words.seedsFailed(failed)] : []),
  ];
  if (job.kind === 'running') return lost;
  if (job.kind === 'failed') return [words.seedsStopped(job.message), ...lost];
  return [words.seedsDone(finished, asked, job.wasCancelled), ...lost];
}

function Progress({ job }: { readonly job: SeedsJob & { readonly kind: 'running' } }) {
  const { finished, asked, share, secondsLeft } = job;
  const text = words.seedsProgress(finished, asked);
  return (
    <div className="seeds-progress">
      <progress value={share} max={1} aria-label={text} />
      <span className="number">
        {text}
        {secondsLeft === null ? null : <span className="quiet"> · {words.seedsLeft(secondsLeft)}</span>}
      </span>
    </div>
  );
}

export function SeedsSection({ runs }: { readonly runs: PinnedRuns }) {
  const lab = useCurrent((state) => state.experiment.lab);
  const job = useStore(runs.seeds, (state) => state.job);
  const [count, setCount] = useState(5);
  const { start, cancel } = runs.seeds.getState();
  const isRunning = job.kind === 'running';
  return (
    <section className="seeds" aria-label={words.seedsTitle}>
      <h3>{words.seedsTitle}</h3>
      <div className="seeds-row">
        <NumberInput
          name={words.seedsCount}
          value={count}
          min={FEWEST_SEEDS}
          max={MOST_SEEDS}
          nudge={(value, direction) => clamp(value + direction)}
          onCommit={(value) => {
            // A number that is none leaves the last one standing.
            if (Number.isFinite(value)) setCount(clamp(value));
          }}
        />
        <span aria-hidden="true">{words.seedsCount.toLowerCase()}</span>
        {isRunning ? (
          <button type="button" onClick={cancel}>
            {words.seedsCancel}
            <span className="visually-hidden">{words.seedsSpoken}</span>
          </button>
        ) : (
          <button type="button" onClick={() => start(count)}>
            {words.seedsRun}
            <span className="visually-hidden">{words.seedsSpoken}</span>
          </button>
        )}
        {isRunning ? <Progress job={job} /> : null}
      </div>
      {isRunning && job.lab !== lab ? (
        <p className="quiet">{words.seedsElsewhere(inLab(job.lab, ({ title }) => title))}</p>
      ) : null}
      {/* What came of another lab's seeds is there. */}
      <p role="status">
        {isRunning || (job.kind !== 'idle' && job.lab === lab) ? sentences(job).join(' ') : null}
      </p>
      <p className="quiet">{lab === 'reaching' ? words.seedsHelpReaching : words.seedsHelp}</p>
    </section>
  );
}
