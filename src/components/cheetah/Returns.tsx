// The mean returns of the first algorithms' recordings after 0 … k inner steps in words, the shown step bold.
import { formatValue, groupThousands } from '../../charts/scales.ts';
import { cheetahWords as words } from '../../words/cheetah.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { useMediaQuery } from '../use-media-query.ts';
import { answerFor, type LanesKind } from './lanes-reader.ts';
import { useCheetah, useCheetahExperiment, useCheetahText, useCheetahView, useReel } from './use-cheetah.ts';

/** "● MAML return −38.1 → 212 → 240   it 120"; several algorithms have their lanes to tell them apart. */
export function Returns({ kind }: { readonly kind: LanesKind }) {
  const { data } = useCheetah();
  const reel = useReel();
  const focus = useCheetahView((view) => view.focus);
  const algorithms = useCheetahExperiment((experiment) => experiment.algorithms);
  const algorithm = algorithms.includes(focus) ? focus : algorithms[0]!;
  const step = useCheetahView((view) => view.innerStep);
  const point = useCheetahText(() => reel.answer(algorithm) ?? data.probe(algorithm));
  const phone = useMediaQuery('(max-width: 600px)');
  if (point === null) return <span className="quiet number">{words.returns} –</span>;
  const { steps } = answerFor(point, kind);
  const shown = Math.min(step, steps.length - 1);
  // A phone has room for the first and the shown one.
  const told = phone ? [...new Set([0, shown])] : steps.map((_, at) => at);
  const episodes = steps[0]?.trajectories.episodes ?? 0;
  return (
    <span
      className="quiet number returns"
      data-testid={`returns-${kind}`}
      title={words.returnsTitle(episodes, steps.length - 1, groupThousands(point.iteration))}
    >
      {algorithms.length > 1 ? <AlgorithmName id={algorithm} /> : null} {words.returns}{' '}
      {told.map((at) => (
        <span key={at} className={at === shown ? 'shown' : undefined}>
          {at === 0 ? null : <span className="arrow">→</span>}
          <span className="return">{formatValue(steps[at]!.meanReturn)}</span>
        </span>
      ))}
      <span className="of-iteration">{words.atIteration(groupThousands(point.iteration))}</span>
    </span>
  );
}
