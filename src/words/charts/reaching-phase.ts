// The phase map: how each varied number is called, what a cell says.
import { inLanguages } from '../language.ts';

export const phaseMapWords = inLanguages({
  en: {
    fields: {
      noiseShare: 'noise share',
      noiseDistance: 'noise distance',
      maxReplayedTasks: 'MAX_L',
      replayRampIterations: 'iterations until MAX_L',
      metaBatchSize: 'M',
      stepSize: 'β',
      innerLearningRate: 'α',
      mainSpread: 'main spread',
      iterations: 'iterations',
    },
    percent: (value: number) => `${value} %`,
    value: (field: string, value: string) => `${field} ${value}`,
    notComputed: 'Not computed yet.',
    cellOpen: (place: string) => `${place}: not computed yet`,
    cell: (
      place: string,
      winner: { readonly name: string; readonly wins: string; readonly median: string },
      seeds: string,
    ) => `${place}: ${winner.name} nearest in ${winner.wins} of ${seeds} seeds, median ${winner.median}`,
    nothing: (axes: string) => `${axes}: not computed yet.`,
    wins: (strategy: string, cells: string) => `${strategy} wins ${cells}`,
    /** Of those after the first. */
    winsToo: (strategy: string, cells: string) => `${strategy} ${cells}`,
    summary: (axes: string, done: string, all: string, wins: string) =>
      `${axes}, ${done} of ${all} cells: ${wins}.`,
  },
});
