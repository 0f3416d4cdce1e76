// What is said of settings that are each right but do not fit together, in any lab.
import { inLanguages } from './language.ts';

interface Limit {
  readonly label: string;
  readonly value: number;
}

export const ruleWords = inLanguages({
  en: {
    disordered: (low: Limit, high: Limit) =>
      `“${low.label}” is ${low.value}, above “${high.label}”, ${high.value}. Lower the one or raise the other.`,
    noWidth: (low: Limit, high: Limit) =>
      `“${low.label}” is ${low.value} and “${high.label}” ${high.value}: the range has no width. Lower the one or raise the other.`,
    adapted: (size: {
      readonly tasks: number;
      readonly parameters: string;
      readonly numbers: string;
      readonly most: string;
      readonly mostTasks: number;
    }) =>
      `${size.tasks} tasks × ${size.parameters} parameters would need ${size.numbers} numbers in memory at once; at most ${size.most} fit. Use narrower layers, or at most ${size.mostTasks} tasks per update.`,
    replay: (replayed: number, batch: number) =>
      `${replayed} replayed tasks do not fit into a batch of ${batch}. Replay at most ${batch}, or use more tasks per update.`,
  },
});
