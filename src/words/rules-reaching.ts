// What is said of settings that do not fit together in the Reaching lab.
import { inLanguages } from './language.ts';

export const reachingRuleWords = inLanguages({
  en: {
    noTasks: 'There are no tasks at all: every count is 0. Give at least one cloud a task, or paint some.',
    tooManyTasks: (count: string, most: string, over: string) =>
      `${count} tasks in all; at most ${most} can be drawn and sampled. Lower one of the counts by ${over}.`,
    onePlace: (x: number, y: number) =>
      `All centres are equal, at (${x}, ${y}): the noise then points to the goal, and no strategy can go wrong. Move one of them, or set the noise counts to 0.`,
    overshoots: (step: number, most: number) =>
      `β (1 − α)² is ${step}: every update would overshoot by more than it corrects, without end. Lower β or bring α nearer to 1, until it is at most ${most}.`,
    tooManyDraws: (size: {
      readonly iterations: string;
      readonly tasks: number;
      readonly strategies: number;
      readonly draws: string;
      readonly most: string;
      readonly mostIterations: string;
    }) =>
      `${size.iterations} iterations × ${size.tasks} tasks × ${size.strategies} strategies are ${size.draws} draws; at most ${size.most} are kept. Use at most ${size.mostIterations} iterations, or fewer tasks per update.`,
  },
});
