// Algorithm names for summaries and tables.
import { themeOf } from '../charts/palette.ts';
import type { AlgorithmId } from '../experiment/experiment.ts';

/** "MAML"; the same in every theme. */
export function labelOf(id: AlgorithmId): string {
  return themeOf('light').algorithms[id].label;
}
