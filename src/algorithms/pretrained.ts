// The pretrained baseline ([MAML] §5.1): joint training on all tasks, fine-tuned at test time like the others.
// It learns the average sinusoid, −1.623 cos x for φ ~ U[0, π], from which one gradient step leads nowhere fast.

import { lineWords } from '../words/pseudocode-lines.ts';
import { createJointTraining } from './joint-training.ts';

/** Joint training on x alone. */
export const pretrained = createJointTraining('pretrained', () => [
  { text: lineWords.sameForAll, indent: 1, phase: 'inner-gradient' },
  { text: lineWords.noInnerStep, indent: 1, phase: 'adapt', value: { key: 'innerSteps', symbol: 'k' } },
  {
    text: lineWords.queryLoss('θ'),
    indent: 1,
    phase: 'query-loss',
    value: { key: 'queryLoss', symbol: 'Q' },
  },
]);
