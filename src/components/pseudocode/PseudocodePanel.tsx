// The chosen algorithm's pseudocode under the stage, its running line lit and live values at the right. Stepping by
// phase it shows exactly the phase just run; running at speed it shows the last snapshot's values and walks through
// the phases calmly, because the real ones pass in milliseconds.
import { useEffect } from 'react';
import type { Phase, PhaseEvent, PseudocodeLine } from '../../algorithms/algorithm.ts';
import { algorithmById } from '../../algorithms/algorithms.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { RunData } from '../../state/store-types.ts';
import { AlgorithmTabs } from '../AlgorithmTabs.tsx';
import { useExperiment, useRun, useStores, useView } from '../stores-context.ts';
import { useDataText } from '../use-data-text.ts';
import { PseudocodeList } from './PseudocodeList.tsx';
import { useWalkingIndex } from './use-walking-index.ts';

interface LiveValues {
  readonly iteration: number | null;
  readonly values: Readonly<Record<string, number>>;
  /** Phases of that iteration, in order; the last is the one just run. */
  readonly phases: readonly Phase[];
  readonly stepped: boolean;
}

/** The newest values of `focus`: the snapshot's, overlaid by the phase just stepped. */
function readLive(data: RunData, focus: AlgorithmId): LiveValues {
  const snapshot = data.snapshot?.runs.find((run) => run.algorithm === focus) ?? null;
  const stepped = data.steppedPhase;
  const mine = stepped !== null && stepped.algorithm === focus;
  const events: PhaseEvent[] = [...(snapshot?.phases ?? [])];
  if (mine) events.push(stepped.event);
  const values: Record<string, number> = {};
  for (const event of events) Object.assign(values, event.values);
  return {
    iteration: stepped?.iteration ?? snapshot?.iteration ?? null,
    values,
    phases: mine ? [stepped.event.phase] : events.map((event) => event.phase),
    stepped: stepped !== null,
  };
}

/** While stepping by phase the focus goes with the algorithm whose phase was run, until the user looks elsewhere. */
function useFollowSteps(): void {
  const { view } = useStores();
  const stepped = useDataText((data) => data.steppedPhase);
  useEffect(() => {
    if (stepped !== null) view.getState().set({ focus: stepped.algorithm });
  }, [stepped, view]);
}

/** The first line of the phase: the one that stands for it when several belong to it. */
function litLine(lines: readonly PseudocodeLine[], phase: Phase | null): number {
  return phase === null ? -1 : lines.findIndex((line) => line.phase === phase);
}

function stateWord(kind: string, live: LiveValues): string {
  if (live.iteration === null) return 'Press Run to see values here';
  const at = `iteration ${groupThousands(live.iteration)}`;
  if (live.stepped) return `stepping · ${at}`;
  if (kind === 'running') return `running · ${at}`;
  return `${kind === 'finished' ? 'finished' : 'paused'} · ${at}`;
}

export function PseudocodePanel() {
  const experiment = useExperiment((state) => state.experiment);
  const chosen = useView((view) => view.focus);
  const kind = useRun((run) => run.status.kind);
  const focus = experiment.algorithms.includes(chosen) ? chosen : (experiment.algorithms[0] ?? chosen);
  useFollowSteps();
  const live = useDataText((data) => readLive(data, focus));
  const walking = kind === 'running' && !live.stepped;
  const step = useWalkingIndex(walking, live.phases.length);

  const lines = algorithmById(focus).pseudocode(experiment);
  const phase = (walking ? live.phases[step] : live.phases.at(-1)) ?? null;
  const lit = litLine(lines, phase);
  const rows = Math.max(
    ...experiment.algorithms.map((id) => algorithmById(id).pseudocode(experiment).length),
  );
  return (
    <section className="pseudocode" aria-label="Pseudocode">
      <header>
        <AlgorithmTabs name="Algorithm whose pseudocode is shown" />
        <span className="quiet number pseudocode-state">{stateWord(kind, live)}</span>
      </header>
      <PseudocodeList lines={lines} lit={lit} values={live.values} rows={rows} />
    </section>
  );
}
