// The oracle baseline ([MAML] §5.1): joint training of a network that is told the task, f(x, A, φ). What a
// learner could do that knew everything about the task but the network's weights.
import { createJointTraining } from './joint-training.ts';

/** Joint training on [x, A, φ]. */
export const oracle = createJointTraining('oracle', [
  { text: 'fᵢ ← f(x, Aᵢ, φᵢ; θ), told the task', indent: 1, phase: 'inner-gradient' },
  { text: 'θ′ᵢ ← θ, no inner step', indent: 1, phase: 'adapt', value: { key: 'innerSteps', symbol: 'k' } },
  {
    text: 'Qᵢ ← loss of θ on the query points',
    indent: 1,
    phase: 'query-loss',
    value: { key: 'queryLoss', symbol: 'Q' },
  },
]);
