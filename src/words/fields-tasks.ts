// Settings of the Sinusoid lab's tasks and of its tests: what they are called, their units and help.
import { inLanguages } from './language.ts';

export const taskFieldWords = inLanguages({
  en: {
    amplitudeMin: {
      label: 'Amplitude from',
      help: 'Smallest amplitude A in y = A sin(x − φ); A is drawn evenly from the range.',
    },
    amplitudeMax: {
      label: 'Amplitude to',
      help: 'Largest amplitude A in y = A sin(x − φ).',
    },
    phaseMin: {
      label: 'Phase from',
      help: 'Smallest phase φ in y = A sin(x − φ); φ is drawn evenly from the range.',
    },
    phaseMax: {
      label: 'Phase to',
      help: 'Largest phase φ. The MAML paper stops at π, half the circle; the Reptile demonstration covers all of it, 2π, which is harder: the best single function is then 0.',
    },
    xMin: {
      label: 'x from',
      help: 'Left end of the range from which the points’ x are drawn, in training and at test time.',
    },
    xMax: {
      label: 'x to',
      help: 'Right end of the range from which the points’ x are drawn.',
    },
    noise: {
      label: 'Noise on y',
      help: 'Standard deviation of Gaussian noise added to every y, support and query alike: y = A sin(x − φ) + σ·N(0, 1).',
    },
    noiseTaskShare: {
      label: 'Share of noise tasks',
      help: 'Share of the training tasks drawn from a second range that is never tested: outliers that pull θ away, and that RMAML’s task buffer is meant to resist.',
    },
    noiseAmplitudeMin: {
      label: 'Noise tasks: amplitude from',
      help: 'Smallest amplitude of a noise task.',
    },
    noiseAmplitudeMax: {
      label: 'Noise tasks: amplitude to',
      help: 'Largest amplitude of a noise task.',
    },
    noisePhaseMin: {
      label: 'Noise tasks: phase from',
      help: 'Smallest phase of a noise task.',
    },
    noisePhaseMax: {
      label: 'Noise tasks: phase to',
      help: 'Largest phase of a noise task.',
    },
    testSupportSize: {
      label: 'Support points at test',
      unit: 'points',
      help: 'Points of an unseen task that adaptation sees when the held-out loss is measured.',
    },
    testInnerSteps: {
      label: 'Inner steps at test',
      unit: 'steps',
      help: 'Steps of adaptation before the held-out loss is measured. More steps than in training can help or hurt.',
    },
    testInnerLearningRate: {
      label: 'α at test',
      help: 'Inner step size on unseen tasks. Normally the one that training used (or learned).',
      noneLabel: 'As in training',
    },
    testAmplitudeMin: {
      label: 'Test amplitude from',
      help: 'Smallest amplitude of the test tasks. Leave the training range to test out of distribution.',
    },
    testAmplitudeMax: {
      label: 'Test amplitude to',
      help: 'Largest amplitude of the test tasks.',
    },
    testPhaseMin: {
      label: 'Test phase from',
      help: 'Smallest phase of the test tasks.',
    },
    testPhaseMax: {
      label: 'Test phase to',
      help: 'Largest phase of the test tasks.',
    },
  },
});
