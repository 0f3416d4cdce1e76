// Making a guess: drawing it with the pointer, setting its points in fields, or choosing an answer. Says nothing of what
// came out.
import { type PointerEvent, useRef, useState } from 'react';
import { drawScene } from '../../charts/draw-scene.ts';
import { type GuessScene, guessAt, layoutGuessChart } from '../../charts/guess-chart.ts';
import { formatTick, formatValue } from '../../charts/scales.ts';
import type { PredictQuestion } from '../../experiment/predict-question.ts';
import type { Guess } from '../../state/page-store.ts';
import { PREDICT_WORDS } from '../../words/predict.ts';
import { ChartCanvas } from '../chart/ChartCanvas.tsx';
import { NumberInput } from '../controls/NumberInput.tsx';
import type { DrawingAsked } from './lab-questions.ts';

const words = PREDICT_WORDS;

interface FormProps {
  onGuess(guess: Guess): void;
}

function Confirm({ isReady, onConfirm }: { readonly isReady: boolean; onConfirm(): void }) {
  return (
    <p className="guess-confirm">
      <button type="button" className="filled" disabled={!isReady} onClick={onConfirm}>
        {words.confirm}
      </button>
      {isReady ? null : <span className="quiet">{words.untouched}</span>}
    </p>
  );
}

type Choice = Extract<PredictQuestion, { kind: 'choice' }>;

/** One of the stated answers. */
export function ChoiceForm({ question, onGuess }: FormProps & { readonly question: Choice }) {
  const [answer, setAnswer] = useState<number | null>(null);
  return (
    <form
      className="guess-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer !== null) onGuess({ kind: 'choice', answer });
      }}
    >
      <fieldset className="guess-answers">
        <legend className="quiet">{words.howChoice}</legend>
        {question.answers.map((text, index) => (
          <label key={text} className="check">
            <input type="radio" name="answer" checked={answer === index} onChange={() => setAnswer(index)} />
            {text}
          </label>
        ))}
      </fieldset>
      <p className="guess-confirm">
        <button type="submit" className="filled" disabled={answer === null}>
          {words.confirm}
        </button>
      </p>
    </form>
  );
}

interface DrawProps extends FormProps {
  readonly chart: Extract<Guess, { kind: 'draw' }>['chart'];
  readonly asked: DrawingAsked;
}

/** A line, or one value per category. */
export function DrawForm({ chart, asked, onGuess }: DrawProps) {
  const [heights, setHeights] = useState<readonly number[]>(() => asked.points.map(() => asked.start));
  const [isTouched, setTouched] = useState(false);
  const [active, setActive] = useState<number | null>(null);
  const [remark, setRemark] = useState('');
  const scene = useRef<GuessScene | null>(null);
  const [low, high] = asked.y.domain;
  const points = asked.points.map(({ x }, i) => ({ x, y: heights[i] ?? asked.start }));
  const held = (y: number) => Math.min(Math.max(y, low), high);
  const setHeight = (index: number, y: number) => {
    if (!Number.isFinite(y)) return;
    setTouched(true);
    const kept = held(y);
    const ends = { low: formatTick(low), high: formatTick(high) };
    setRemark(y === kept ? '' : words.held({ typed: formatValue(y), kept: formatTick(kept), ...ends }));
    setHeights((now) => now.map((old, i) => (i === index ? kept : old)));
  };
  const draw = (event: PointerEvent<HTMLCanvasElement>) => {
    if (scene.current === null) return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = { x: event.clientX - box.left, y: event.clientY - box.top };
    const hit = guessAt(scene.current, points, at);
    setActive(hit.index);
    // To the field's own step: what is drawn and what stands in the fields are one number.
    setHeight(hit.index, held(Math.round(hit.y / asked.step) * asked.step));
  };
  const said = asked.points.map(({ name }, i) => `${name} ${formatValue(heights[i] ?? 0)}`).join(', ');
  return (
    // No form: Enter in a field takes the number, and must not end the guessing.
    <div className="guess-form">
      <p className="quiet">{asked.isCategorical ? words.howRows : words.how}</p>
      <div className="guess-chart">
        <ChartCanvas
          name={words.chart}
          summary={words.summary(said)}
          restMs={0}
          draw={(ctx, view) => {
            const { x, y, isCategorical } = asked;
            scene.current = layoutGuessChart({ x, y, points, isCategorical, active }, view);
            drawScene(ctx, scene.current);
          }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            draw(event);
          }}
          onPointerMove={(event) => {
            if (event.currentTarget.hasPointerCapture(event.pointerId)) draw(event);
          }}
          onPointerUp={() => setActive(null)}
          onPointerCancel={() => setActive(null)}
        />
      </div>
      <fieldset className="guess-points">
        <legend className="visually-hidden">{words.chart}</legend>
        {asked.points.map(({ x, name }, index) => (
          <span key={x} className="guess-point">
            <span className="quiet" aria-hidden="true">
              {name}
            </span>
            <NumberInput
              name={`${asked.unit} ${name}`}
              value={heights[index] ?? asked.start}
              min={low}
              max={high}
              nudge={(value, direction) => held(value + direction * asked.step)}
              onCommit={(value) => setHeight(index, value)}
            />
          </span>
        ))}
      </fieldset>
      <p role="status" className="guess-remark">
        {remark}
      </p>
      <Confirm isReady={isTouched} onConfirm={() => onGuess({ kind: 'draw', chart, points })} />
    </div>
  );
}
