// The chosen algorithm's pseudocode under the stage, its running line lit and live values at the right. Stepping by
// phase it shows exactly the phase just run; running at speed it shows the last snapshot's values and walks through
// the phases calmly, because the real ones pass in milliseconds.
import { useEffect } from 'react';
import type { PhaseEvent, PseudocodeLine } from '../../algorithms/algorithm.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { AlgorithmTabs } from '../AlgorithmTabs.tsx';
import { type LabData, useLab, useLabExperiment, useLabRun, useLabView } from '../lab-context.ts';
import { useLabText } from '../use-data-text.ts';
import { PseudocodeList } from './PseudocodeList.tsx';
import { useWalkingIndex } from './use-walking-index.ts';

interface LiveValues {
  readonly iteration: number | null;
  readonly values: Readonly<Record<string, number>>;
  /** Phases of that iteration, in order; the last is the one just run. */
  readonly phases: readonly string[];
  readonly stepped: boolean;
}

/** The newest values of `focus`: the snapshot's, overlaid by the phase just stepped. */
function readLive(data: LabData, focus: AlgorithmId): LiveValues {
  const snapshot = data.snapshot?.runs.find((run) => run.algorithm === focus) ?? null;
  const stepped = data.steppedPhase;
  const mine = stepped !== null && stepped.algorithm === focus;
  const events: PhaseEvent<string>[] = [...(snapshot?.phases ?? [])];
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
  const { view } = useLab();
  const stepped = useLabText((data) => data.steppedPhase);
  useEffect(() => {
    if (stepped !== null) view.getState().set({ focus: stepped.algorithm });
  }, [stepped, view]);
}

/** The first line of the phase: the one that stands for it when several belong to it. */
function litLine(lines: readonly PseudocodeLine<string>[], phase: string | null): number {
  return phase === null ? -1 : lines.findIndex((line) => line.phase === phase);
}

function stateWord(kind: string, live: LiveValues): string {
  if (live.iteration === null) return 'Press Run to see values here';
  const at = `iteration ${groupThousands(live.iteration)}`;
  if (live.stepped) return `stepping · ${at}`;
  if (kind === 'running') return `running · ${at}`;
  return `${kind === 'finished' ? 'finished' : 'paused'} · ${at}`;
}

interface PseudocodePanelProps {
  /** The lines of an algorithm of the lab's experiment. */
  linesOf(algorithm: AlgorithmId): readonly PseudocodeLine<string>[];
}

export function PseudocodePanel({ linesOf }: PseudocodePanelProps) {
  const algorithms = useLabExperiment((experiment) => experiment.algorithms);
  const chosen = useLabView((view) => view.focus);
  const kind = useLabRun((run) => run.status.kind);
  const focus = algorithms.includes(chosen) ? chosen : (algorithms[0] ?? chosen);
  useFollowSteps();
  const live = useLabText((data) => readLive(data, focus));
  const walking = kind === 'running' && !live.stepped;
  const step = useWalkingIndex(walking, live.phases.length);

  const lines = linesOf(focus);
  const phase = (walking ? live.phases[step] : live.phases.at(-1)) ?? null;
  const lit = litLine(lines, phase);
  const rows = Math.max(...algorithms.map((id) => linesOf(id).length));
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
