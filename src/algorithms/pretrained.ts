// The pretrained baseline ([MAML] §5.1): joint training on all tasks, fine-tuned at test time like the others.
// It learns the average sinusoid, −1.623 cos x for φ ~ U[0, π], from which one gradient step leads nowhere fast.
import { createJointTraining } from './joint-training.ts';

/** Joint training on x alone. */
export const pretrained = createJointTraining('pretrained', [
  { text: 'fᵢ ← the same f(x; θ) for every task', indent: 1, phase: 'inner-gradient' },
  { text: 'θ′ᵢ ← θ, no inner step', indent: 1, phase: 'adapt', value: { key: 'innerSteps', symbol: 'k' } },
  {
    text: 'Qᵢ ← loss of θ on the query points',
    indent: 1,
    phase: 'query-loss',
    value: { key: 'queryLoss', symbol: 'Q' },
  },
]);
