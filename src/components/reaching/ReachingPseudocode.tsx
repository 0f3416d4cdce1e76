// Under the arena: whose strategy is looked at, what just happened in a sentence, and Algorithm 2 with its running
// line lit. Stepping by phase it shows the phase just run; playing, it walks through the phases calmly.

import { groupThousands } from '../../charts/scales.ts';
import type { Strategy } from '../../experiment/experiment.ts';
import { phasesOf } from '../../state/reaching-phase.ts';
import type { ReachingData } from '../../state/reaching-types.ts';
import { reachingWords as words } from '../../words/reaching.ts';
import { PseudocodeList } from '../pseudocode/PseudocodeList.tsx';
import { useWalkingIndex } from '../pseudocode/use-walking-index.ts';
import { useReaching, useReachingExperiment } from '../stores-context.ts';
import { useReachingText } from '../use-data-text.ts';
import { reachingPseudocode, readValues } from './pseudocode.ts';
import { StrategyTabs } from './StrategyTabs.tsx';
import { readBatch, tellStory } from './story.ts';

/** Calm enough to be read while it plays. */
const STORY_MS = 1000;

function readLive(data: ReachingData, focus: Strategy) {
  const run = data.runs.find((one) => one.strategy === focus);
  if (run === undefined || run.iterations === 0) return {};
  const t = Math.min(data.iteration, run.iterations - 1);
  return readValues(run, readBatch(run, data.tasks.clouds, t), data.experiment, t);
}

function Story({ focus, isPlaying }: { readonly focus: Strategy; readonly isPlaying: boolean }) {
  const text = useReachingText((data) => tellStory(data, focus), isPlaying ? STORY_MS : 50);
  return (
    <p className="story" data-testid="story">
      {text}
    </p>
  );
}

export function ReachingPseudocode() {
  const experiment = useReachingExperiment((state) => state.experiment);
  const focus = useReaching((state) => state.focus);
  const status = useReaching((state) => state.status);
  const iteration = useReaching((state) => state.iteration);
  const stepped = useReaching((state) => state.phase);
  const values = useReachingText((data) => readLive(data, focus));
  const phases = phasesOf(experiment);
  const walks = status === 'running' && stepped === null;
  const index = useWalkingIndex(walks, phases.length);
  const phase = walks ? phases[index] : stepped;
  const lines = reachingPseudocode(experiment, focus);
  const rows = Math.max(...experiment.strategies.map((id) => reachingPseudocode(experiment, id).length));
  const state =
    stepped !== null ? words.stepping(stepped) : status === 'running' ? words.playing : words.status[status];
  return (
    <section className="pseudocode" aria-label={words.pseudocode}>
      <header>
        <StrategyTabs />
        <span className="quiet number pseudocode-state">
          {state} · {words.iteration} {groupThousands(iteration)}
        </span>
      </header>
      <Story focus={focus} isPlaying={status === 'running'} />
      <PseudocodeList
        lines={lines}
        lit={lines.findIndex((line) => line.phase === phase)}
        values={values}
        rows={rows}
      />
    </section>
  );
}
