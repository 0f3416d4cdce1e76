// What follows the guess: what was guessed, whether it turns out so, and what to make of it. A link that was shared after
// the guess opens here without one.

import { isCovered } from '../../state/page-store.ts';
import type { StoryStep } from '../../stories/story.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { usePage } from '../stores-context.ts';
import { Caption } from './Caption.tsx';

export function StoryOutcome({ step }: { readonly step: StoryStep }) {
  const guess = usePage((page) => page.guess);
  const covered = usePage(isCovered);
  const { question, answer } = step;
  if (question === null) return null;
  if (covered) return <p className="quiet">{STORY_WORDS.guessFirst}</p>;
  return (
    <section className="tale-outcome" aria-live="polite">
      {question.kind === 'choice' && guess?.kind === 'choice' ? (
        <Choice answers={question.answers} right={question.right} chosen={guess.answer} />
      ) : null}
      {answer === null ? null : (
        <>
          <h3>{STORY_WORDS.whatToMakeOfIt}</h3>
          <Caption paragraphs={[answer]} />
        </>
      )}
    </section>
  );
}

interface ChoiceProps {
  readonly answers: readonly string[];
  readonly right: number | undefined;
  readonly chosen: number;
}

function Choice({ answers, right, chosen }: ChoiceProps) {
  const isRight = right === chosen;
  return (
    <p>
      {STORY_WORDS.youGuessed(answers[chosen] ?? '')}{' '}
      {right === undefined ? null : (
        <strong>{isRight ? STORY_WORDS.rightGuess : STORY_WORDS.otherGuess(answers[right] ?? '')}</strong>
      )}
    </p>
  );
}
