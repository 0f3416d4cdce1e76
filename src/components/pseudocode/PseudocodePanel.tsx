// The chosen algorithm's pseudocode under the stage, its running line lit and live values at the right. Stepping by
// phase it shows exactly the phase just run; running at speed it shows the last snapshot's values and walks through
// the phases calmly, because the real ones pass in milliseconds.
import { useEffect, useState } from 'react';
import type { PseudocodeLine } from '../../algorithms/algorithm.ts';
import { groupThousands } from '../../charts/scales.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { pseudocodeWords as words } from '../../words/pseudocode.ts';
import { AlgorithmTabs } from '../AlgorithmTabs.tsx';
import { useLab, useLabExperiment, useLabRun, useLabView } from '../lab-context.ts';
import { useLabText } from '../use-data-text.ts';
import { type LiveValues, readLive } from './live-values.ts';
import { type ListedLine, PseudocodeList } from './PseudocodeList.tsx';
import { useWalkingIndex } from './use-walking-index.ts';

/** While stepping by phase the focus goes with the algorithm whose phase was run, until the user looks elsewhere. */
function useFollowSteps(): void {
  const { view } = useLab();
  const stepped = useLabText((data) => data.steppedPhase);
  useEffect(() => {
    if (stepped !== null) view.getState().set({ focus: stepped.algorithm });
  }, [stepped, view]);
}

/** The values of the lines, each under its line's phase and key. */
function listed(
  lines: readonly PseudocodeLine<string>[],
  values: LiveValues['values'],
): { readonly lines: readonly ListedLine[]; readonly values: Record<string, number | undefined> } {
  const found: Record<string, number | undefined> = {};
  const named = lines.map((line): ListedLine => {
    const { value, phase } = line;
    if (value === undefined) return line;
    const key = `${phase ?? ''} ${value.key}`;
    found[key] = values.get(phase ?? '')?.[value.key];
    return { ...line, value: { ...value, key } };
  });
  return { lines: named, values: found };
}

/** The first line of the phase: the one that stands for it when several belong to it. */
function litLine(lines: readonly PseudocodeLine<string>[], phase: string | null): number {
  return phase === null ? -1 : lines.findIndex((line) => line.phase === phase);
}

function stateWord(kind: string, live: LiveValues): string {
  if (live.iteration === null) return words.pressRun;
  const at = groupThousands(live.iteration);
  if (live.stepped) return words.stepping(at);
  if (kind === 'running') return words.running(at);
  return kind === 'finished' ? words.finished(at) : words.paused(at);
}

interface PseudocodePanelProps {
  /** The lines of an algorithm of the lab's experiment. */
  linesOf(algorithm: AlgorithmId): readonly PseudocodeLine<string>[];
  /** Its lines can be folded away, to leave the stage their room. */
  readonly folds?: boolean;
  /** It begins folded. */
  readonly foldedAtFirst?: boolean;
}

export function PseudocodePanel({ linesOf, folds = false, foldedAtFirst = false }: PseudocodePanelProps) {
  const [folded, setFolded] = useState(foldedAtFirst);
  const algorithms = useLabExperiment((experiment) => experiment.algorithms);
  const chosen = useLabView((view) => view.focus);
  const kind = useLabRun((run) => run.status.kind);
  const focus = algorithms.includes(chosen) ? chosen : (algorithms[0] ?? chosen);
  useFollowSteps();
  const live = useLabText((data) => readLive(data, focus));
  const walking = kind === 'running' && !live.stepped;
  const phases = [...live.values.keys()];
  const step = useWalkingIndex(walking, phases.length);

  const lines = linesOf(focus);
  const phase = (walking ? phases[step] : live.last) ?? null;
  const lit = litLine(lines, phase);
  const rows = Math.max(...algorithms.map((id) => linesOf(id).length));
  return (
    <section className="pseudocode" aria-label={words.pseudocode}>
      <header>
        <AlgorithmTabs name={words.shownOf} />
        <span className="quiet number pseudocode-state">
          {stateWord(kind, live)}
          {folds ? (
            <button
              type="button"
              className="plain small"
              aria-expanded={!folded}
              onClick={() => setFolded(!folded)}
            >
              {folded ? words.show : words.hide}
              <span className="visually-hidden">{words.thePseudocode}</span>
            </button>
          ) : null}
        </span>
      </header>
      {folded ? null : <PseudocodeList {...listed(lines, live.values)} lit={lit} rows={rows} />}
    </section>
  );
}
