// What predict-first lays over the chart of an outcome once a guess was made. The code that does it is fetched only then
// (components/present/PredictMode.tsx); charts ask here whether there is any.
import { createStore } from 'zustand/vanilla';
import type { ChartView, Scene } from '../../charts/scene.ts';
import type { PredictChart } from '../../experiment/predict-question.ts';

/** The scene of that chart with the guess over it. */
export type GuessLayer = (chart: PredictChart, scene: Scene, view: ChartView) => Scene;

export const guessLayer = createStore<{ readonly layer: GuessLayer | null }>()(() => ({ layer: null }));
