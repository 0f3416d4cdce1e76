// A rule that every lab with a network has: the adapted parameters of one batch must fit into memory.
import { groupThousands } from '../words/numbers.ts';
import { ruleWords } from '../words/rules.ts';

/** Above this many numbers the adapted parameters of one batch (M × P) no longer fit in a browser's memory. */
export const MAX_ADAPTED_NUMBERS = 8_000_000;

interface Size {
  readonly hiddenWidths: readonly number[];
  /** M */
  readonly metaBatchSize: number;
}

/** M × P ≤ MAX_ADAPTED_NUMBERS as a Rule of any lab's experiment; `parametersOf` counts P. */
export function adaptedNumbersFit(parametersOf: (size: Size) => number) {
  return {
    fields: ['hiddenWidths', 'metaBatchSize'],
    violation(e: Size): string | null {
      const parameters = parametersOf(e);
      const numbers = parameters * e.metaBatchSize;
      if (numbers <= MAX_ADAPTED_NUMBERS) return null;
      const tasks = Math.floor(MAX_ADAPTED_NUMBERS / parameters);
      return ruleWords.adapted({
        tasks: e.metaBatchSize,
        parameters: groupThousands(parameters),
        numbers: groupThousands(numbers),
        most: groupThousands(MAX_ADAPTED_NUMBERS),
        mostTasks: tasks,
      });
    },
    // Never more tasks than before: other limits on them hold on.
    repair: <E extends Size>(e: E, fallback: E): E => ({
      ...e,
      hiddenWidths: fallback.hiddenWidths,
      metaBatchSize: Math.min(e.metaBatchSize, fallback.metaBatchSize),
    }),
  } as const;
}
