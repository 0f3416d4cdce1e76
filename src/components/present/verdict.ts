// How far off a guess was, in words.
import { formatValue, groupThousands } from '../../charts/scales.ts';
import type { PredictQuestion } from '../../experiment/predict-question.ts';
import type { Guess, GuessPoint } from '../../state/page-store.ts';
import { PREDICT_WORDS } from '../../words/predict.ts';
import type { DrawingAsked } from './lab-questions.ts';
import { type Miss, missOf, type Outcome } from './read-outcome.ts';

const words = PREDICT_WORDS;

/** Of a chosen answer. */
export function sayChoice(question: PredictQuestion, guess: Guess): string {
  if (question.kind !== 'choice' || guess.kind !== 'choice') return '';
  const chosen = words.chose(question.answers[guess.answer] ?? '');
  if (question.right === undefined) return `${chosen} ${words.chosenOpen}`;
  if (question.right === guess.answer) return `${chosen} ${words.chosenRight}`;
  return `${chosen} ${words.chosenWrong(question.answers[question.right] ?? '')}`;
}

/**
 * Of a drawn guess, as far as there is an outcome. The first outcome is told in full, it is what the labs ask for; of
 * the others (algorithms beside it) how far each is from the guess.
 */
export function sayDrawing(
  points: readonly GuessPoint[],
  asked: DrawingAsked,
  [first, ...others]: readonly Outcome[],
): string {
  const [low, high] = asked.y.domain;
  const close = (high - low) / 100;
  const miss = first === undefined ? null : missOf(points, first.values, close);
  if (first === undefined || miss === null) return words.waiting;
  const parts = [...sayMiss(points, asked, first, miss)];
  const beside = others.flatMap(({ name, values }) => {
    const other = missOf(points, values, close);
    return other === null || name === null ? [] : [{ name, mean: formatValue(other.mean) }];
  });
  if (beside.length > 0) parts.push(words.others(beside));
  if (first.iteration !== null) parts.push(words.soFar(groupThousands(first.iteration)));
  return parts.join(' ');
}

function sayMiss(
  points: readonly GuessPoint[],
  asked: DrawingAsked,
  { name, values }: Outcome,
  miss: Miss,
): readonly string[] {
  const mean = formatValue(miss.mean);
  const parts = [name === null ? words.off(mean, asked.unit) : words.offFrom(name, mean, asked.unit)];
  if (miss.high === 0 && miss.low === 0) parts.push(words.exact);
  else if (miss.high === miss.compared) parts.push(words.tooHigh);
  else if (miss.low === miss.compared) parts.push(words.tooLow);
  else parts.push(words.mixed(miss.high, miss.low));
  const guessed = points[miss.worst];
  const got = values[miss.worst] ?? null;
  const where = asked.points[miss.worst]?.name;
  if (miss.high + miss.low > 0 && guessed !== undefined && got !== null && where !== undefined) {
    parts.push(words.largest(where, formatValue(guessed.y), formatValue(got)));
  }
  return parts;
}
