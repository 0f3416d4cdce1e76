// Predict first: a calm panel over the charts until a guess was made, then the guess beside the outcome and how far off
// it was. What is covered, and what waits, is decided by state/page-store.ts.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { withGuess } from '../../charts/guess-chart.ts';
import type { Guess } from '../../state/page-store.ts';
import { isCovered } from '../../state/page-store.ts';
import type { AppStores } from '../../state/store-types.ts';
import { PREDICT_WORDS } from '../../words/predict.ts';
import { useFrames } from '../chart/frame-loop.ts';
import { guessLayer } from '../chart/guess-layer.ts';
import { useCurrent, usePage, useStores } from '../stores-context.ts';
import { useChartText } from '../use-data-text.ts';
import { ChoiceForm, DrawForm } from './GuessForm.tsx';
import { drawingAsked, labQuestion, outcomeChart } from './lab-questions.ts';
import { readOutcomes } from './read-outcome.ts';
import { sayChoice, sayDrawing } from './verdict.ts';
import './predict.css';

const words = PREDICT_WORDS;

/** Of the lab on the screen: goes on from where it waits, unless a kept run is shown that needs no training. */
function goOn(stores: AppStores): void {
  const { lab } = stores.current.getState().experiment;
  if (lab === 'reaching') {
    stores.reaching.getState().play();
    return;
  }
  const run = (lab === 'sinusoid' ? stores.run : stores[lab].run).getState();
  if (run.iteration === 0) run.play();
}

/** Whether something trained is on the stage: a kept run, or one that was trained before the guess was asked for. */
function useTrained(): boolean {
  const stores = useStores();
  const lab = useCurrent((state) => state.experiment.lab);
  const run = lab === 'navigation' || lab === 'cheetah' ? stores[lab].run : stores.run;
  const isTrained = useStore(run, (state) => state.iteration > 0);
  return lab !== 'reaching' && isTrained;
}

/** While the outcome is covered nothing trains, however it was begun. */
function useHold(covered: boolean): void {
  const stores = useStores();
  const lab = useCurrent((state) => state.experiment.lab);
  useEffect(() => {
    if (!covered) return;
    if (lab === 'reaching') {
      const stop = () => {
        const { status, pause } = stores.reaching.getState();
        if (status === 'running' && isCovered(stores.page.getState())) pause();
      };
      stop();
      return stores.reaching.subscribe(stop);
    }
    const { run } = lab === 'sinusoid' ? stores : stores[lab];
    const stop = () => {
      const { status, pause } = run.getState();
      // A guess may have been made a moment ago: then it is meant to run.
      if (status.kind === 'running' && isCovered(stores.page.getState())) pause();
    };
    stop();
    return run.subscribe(stop);
  }, [covered, lab, stores]);
}

/** Lays the guess over the charts of outcomes as long as it stands. */
function useGuessLayer(guess: Guess | null): void {
  const frames = useFrames();
  useEffect(() => {
    if (guess?.kind !== 'draw') return;
    const { chart: guessed, points } = guess;
    guessLayer.setState({
      layer: (chart, scene, view) =>
        chart === guessed ? withGuess(scene, points, view, words.names) : scene,
    });
    frames.invalidate();
    return () => {
      guessLayer.setState({ layer: null });
      frames.invalidate();
    };
  }, [guess, frames]);
}

function useQuestion() {
  const stories = usePage((page) => page.question);
  const experiment = useCurrent((state) => state.experiment);
  const question = stories ?? labQuestion(experiment);
  const chart = outcomeChart(experiment, question);
  return { question, chart, experiment, asked: drawingAsked(experiment, chart) };
}

function Cover() {
  const stores = useStores();
  const { question, chart, asked } = useQuestion();
  const { lab } = useCurrent((state) => state.experiment);
  const guess = (made: Guess) => {
    stores.page.getState().confirm(made);
    // A story goes on as its step says.
    if (stores.page.getState().options.story === null) goOn(stores);
  };
  return (
    <section className="predict" aria-label={words.panel}>
      <h2>{words.panel}</h2>
      <p className="predict-question">{question.question}</p>
      {question.kind === 'choice' ? (
        <ChoiceForm key={question.question} question={question} onGuess={guess} />
      ) : (
        <DrawForm key={`${lab} ${chart} ${question.question}`} chart={chart} asked={asked} onGuess={guess} />
      )}
      <p className="quiet">{words.covered}</p>
    </section>
  );
}

function Verdict({ guess }: { readonly guess: Guess }) {
  const stores = useStores();
  const { question, chart, experiment, asked } = useQuestion();
  const [isOpen, setOpen] = useState(true);
  const said = useChartText(() => {
    if (guess.kind === 'choice') return sayChoice(question, guess);
    const xs = guess.points.map(({ x }) => x);
    return sayDrawing(guess.points, asked, readOutcomes(stores, experiment, chart, xs));
  }, 1000);
  if (!isOpen) return null;
  return (
    <section className="verdict" aria-label={words.verdict}>
      <p>{said}</p>
      <button type="button" className="plain" onClick={() => stores.page.getState().forget()}>
        {words.again}
      </button>
      <button type="button" className="plain" onClick={() => setOpen(false)}>
        {words.close}
      </button>
    </section>
  );
}

export function PredictMode() {
  const covered = usePage(isCovered);
  const guess = usePage((page) => page.guess);
  const question = usePage((page) => page.question);
  // A story's own question covers the charts alone: the stage is what it is asked before.
  const trained = useTrained() && question === null;
  useEffect(() => {
    const app = document.querySelector('.app');
    app?.toggleAttribute('data-trained', covered && trained);
    return () => app?.removeAttribute('data-trained');
  }, [covered, trained]);
  useHold(covered);
  useGuessLayer(guess);
  if (covered) return <Cover />;
  // What becomes of an answer chosen in a story stands in the story.
  const isTold = question?.kind === 'choice';
  return guess === null || isTold ? null : <Verdict guess={guess} />;
}
