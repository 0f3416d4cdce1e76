// The oracle baseline ([MAML] §5.1): joint training of a network that is told the task, f(x, A, φ). What a
// learner could do that knew everything about the task but the network's weights.

import { lineWords } from '../words/pseudocode-lines.ts';
import { createJointTraining } from './joint-training.ts';

/** Joint training on [x, A, φ]. */
export const oracle = createJointTraining('oracle', () => [
  { text: lineWords.toldTheTask, indent: 1, phase: 'inner-gradient' },
  { text: lineWords.noInnerStep, indent: 1, phase: 'adapt', value: { key: 'innerSteps', symbol: 'k' } },
  {
    text: lineWords.queryLoss('θ'),
    indent: 1,
    phase: 'query-loss',
    value: { key: 'queryLoss', symbol: 'Q' },
  },
]);
