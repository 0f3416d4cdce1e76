// The Sinusoid lab's presets: their titles, what they are, and where they differ from paper and code.
import { inLanguages } from './language.ts';

export const sinusoidPresetWords = inLanguages({
  en: {
    'sinusoid-live': {
      title: 'Live',
      description:
        'MAML, FOMAML, Reptile and RMAML side by side, with settings that learn quickly enough to watch.',
      notes: [
        'The paper’s setting [MAML §5.1], but weights start from Glorot’s range: from the published code’s σ = 0.01 the loss stays above 3 for the first 1,000 meta-iterations.',
        '10,000 meta-iterations instead of 70,000.',
        'RMAML learns one α per parameter with α₀ = 0.001 (the paper has 0.01). A single α wants about 0.00001 here: at 0.001 it swings between 0 and values at which adaptation diverges.',
      ],
    },
    'sinusoid-paper': {
      title: 'Paper',
      description: 'The sinusoid regression of the MAML paper, with its pretrained and oracle baselines.',
      notes: [
        'α = 0.01 as in the paper’s text; the authors’ code uses α = 0.001.',
        'The paper sums the meta-loss over tasks, its code takes the mean, and so does this preset. (Adam all but cancels the factor of 25.)',
        'Weights start from a truncated normal with σ = 0.01, as in the authors’ code; the paper’s text does not say.',
      ],
    },
    'sinusoid-authors-code': {
      title: 'Authors’ code',
      description: 'The MAML paper’s setting with the inner learning rate of its published code, α = 0.001.',
      notes: [
        'α = 0.001 as in the published code; the paper’s text says 0.01.',
        'The same gradient then moves the parameters ten times less per inner step.',
      ],
    },
    'reptile-demonstration': {
      title: 'Reptile demonstration',
      description: 'Reptile as its authors demonstrate it: one task at a time, ε falling from 0.1 to 0.',
      notes: [
        'Phases cover the whole circle, U[0, 2π], where MAML’s paper uses U[0, π]; the best single function is then 0, with a loss of about 4.25.',
        'The published demonstration draws its minibatches from 50 evenly spaced points and tests after 32 steps; here each of the 5 steps sees 10 fresh points and the test takes 5 steps.',
        'Weights start from Glorot’s range here, and from PyTorch’s default there.',
      ],
    },
    'one-step-tested-at-five': {
      title: 'Trained for 1 step, tested at 5',
      description:
        'MAML learns an initialisation for exactly one step; taking five of them can make the fit worse.',
      notes: [
        'The network and α of the Reptile demonstration, trained as in the MAML paper with one inner step.',
        'Move “inner steps” under “Inner loop” to 5 to see the cure.',
      ],
    },
    'noise-tasks': {
      title: 'Noise tasks and the buffer',
      description:
        'Three in ten training tasks come from a louder range that the test never asks for; MAML sees them all, RMAML replays the middle of its last batch.',
      notes: [
        'α is fixed for both, so that the only difference is which tasks are seen again: 12 of 25 once L has grown.',
        'The noise tasks score high, so the middle of the sorted batch holds fewer of them. Try EASY, HARD and UNIFORM.',
        '[RMAML] shows this on reaching and on half-cheetah with noisy goals; the sinusoid version is ours.',
      ],
    },
  },
});
