// Predict first: the questions that the labs ask, how a guess is made, and how far off it was.
import { inLanguages } from './language.ts';

export const PREDICT_WORDS = inLanguages({
  en: {
    panel: 'Your guess first',
    covered: 'What comes out is covered until you have guessed. Training waits too.',
    how: 'Draw the line into the chart, or set its points in the fields.',
    howRows: 'Press into the chart, or set the distances in the fields.',
    howChoice: 'Choose one answer.',
    chart: 'Your guess',
    summary: (points: string) => `Your guess: ${points}.`,
    /** A number typed beyond the chart's axis. */
    held: ({ typed, kept, low, high }: Readonly<Record<'typed' | 'kept' | 'low' | 'high', string>>) =>
      `${typed} is beyond the chart, which goes from ${low} to ${high}: ${kept} was taken.`,
    confirm: 'This is my guess',
    untouched: 'Move at least one point first.',
    names: { name: 'your guess', beyond: 'your guess (▲▼ beyond the axis)' },
    again: 'Guess again',
    close: 'Close',
    verdict: 'Your guess',
    questions: {
      adaptation: (name: string) =>
        `After meta-training with ${name}: how does the loss on a new task fall with each gradient step?`,
      adaptationReturn: (name: string) =>
        `After meta-training with ${name}: how does the return on a new task rise with each policy gradient step?`,
      return: (name: string) => `How does the return after adaptation change while ${name} meta-trains?`,
      'final-distance': 'How far from the goal does each strategy end, over many seeds?',
    },
    steps: (count: number) => {
      if (count === 0) return 'before the first step';
      return count === 1 ? 'after 1 step' : `after ${count} steps`;
    },
    iteration: (count: string) => `at it ${count}`,
    units: { loss: 'loss', return: 'return', distance: 'distance' },
    /** Nothing to compare with yet. */
    waiting:
      'It is drawn beside the outcome, dashed. How far off it was is said here as soon as there is something to compare with.',
    exact: 'Your guess holds wherever there is an outcome yet.',
    off: (mean: string, unit: string) => `Off by ${mean} on average (${unit}).`,
    offFrom: (name: string, mean: string, unit: string) => `${name}: off by ${mean} on average (${unit}).`,
    /** The other algorithms beside the one whose miss is told in full. */
    others: (all: readonly { readonly name: string; readonly mean: string }[]) =>
      `Off from ${all.map(({ name, mean }) => `${name} by ${mean}`).join(', ')}.`,
    tooHigh: 'Everywhere too high.',
    tooLow: 'Everywhere too low.',
    mixed: (high: number, low: number) => `Too high at ${high}, too low at ${low}.`,
    largest: (where: string, guessed: string, got: string) =>
      `The most ${where}: you guessed ${guessed}, ${got} came out.`,
    soFar: (iteration: string) => `So far, at iteration ${iteration}.`,
    chose: (answer: string) => `You chose “${answer}”.`,
    chosenRight: 'So it turns out.',
    chosenWrong: (answer: string) => `It turns out: “${answer}”.`,
    chosenOpen: 'See for yourself.',
  },
});
