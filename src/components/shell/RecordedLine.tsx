// One line over a lab's stage when it shows a run that was not trained here: what it is, that Run goes on from its end,
// and how to train the same from scratch. Any training lab's.
import type { ReactNode } from 'react';
import { ENGINE_IDS } from '../../gradients/meta-gradient.ts';
import { ENGINE_NAMES } from '../../state/engine-names.ts';
import type { OpenedAbout } from '../../state/store-types.ts';
import { recordedWords as words } from '../../words/recorded.ts';
import { useLab, useLabExperiment, useLabRun } from '../lab-context.ts';
import { labelOf } from '../labels.ts';
import '../styles/recorded.css';

function useAbout({ iterations, seconds, engine }: OpenedAbout): string {
  const seed = useLabExperiment((experiment) => experiment.seed);
  const algorithms = useLabExperiment((experiment) => experiment.algorithms);
  const id = ENGINE_IDS.find((known) => known === engine);
  const engineName = id === undefined ? engine : ENGINE_NAMES[id];
  return words.about(algorithms.map(labelOf), { seed, iterations, seconds, engine: engineName });
}

function Opened({ about }: { readonly about: OpenedAbout }) {
  const { run } = useLab();
  const iteration = useLabRun((state) => state.iteration);
  const text = useAbout(about);
  const isAtEnd = iteration <= about.iterations;
  return (
    <>
      <p className="recorded-about" data-testid="recorded-about">
        <strong>{words.recorded}</strong> {text}
        {isAtEnd ? '.' : `${words.wentOn(about.iterations)}.`}{' '}
        {isAtEnd ? (
          <span className="quiet" title={words.goesOnTitle}>
            {words.goesOn}
          </span>
        ) : null}
      </p>
      <button
        type="button"
        title={words.fromScratchTitle}
        onClick={() => {
          run.getState().reset();
          run.getState().play();
        }}
      >
        {words.fromScratch}
      </button>
    </>
  );
}

interface RecordedLineProps {
  /** What stands there while a run of this page is shown; nothing: the line is not there then. */
  readonly otherwise?: ReactNode;
  /** At its end, always. */
  readonly children?: ReactNode;
}

export function RecordedLine({ otherwise, children }: RecordedLineProps) {
  const opened = useLabRun((state) => state.opened);
  if (opened === null && otherwise === undefined) return null;
  return (
    <section className="recorded-line" aria-label={words.recorded.replace(/:$/, '')}>
      {opened === null ? otherwise : <Opened about={opened} />}
      {children}
    </section>
  );
}
