// Settings of the meta-RL labs' policy, of Reptile, RMAML and test time.
import { inLanguages } from './language.ts';

export const policyVariantFieldWords = inLanguages({
  en: {
    hiddenWidths: {
      help: 'Units in each hidden layer of the net that gives the mean action, from input to output. The MAML paper uses 100, 100; 64, 64 is common.',
    },
    activation: {
      help: 'Applied by every hidden unit; the output, the mean action, is linear. The MAML paper uses ReLU; later work mostly tanh.',
    },
    initialisation: {
      help: 'Glorot: even within ±√(6 ∕ (in + out)). Normal: truncated at 2σ, σ = 0.01; the mean action is then about 0 everywhere.',
    },
    initialLogStd: {
      label: 'Initial log σ',
      help: 'Logarithm of the actions’ standard deviation before training: 0 is σ = 1, −1 is 0.37, −2 is 0.14. One number per action, alike in all states; it is trained and adapted with the net.',
    },
    minLogStd: {
      label: 'log σ at least',
      help: 'The log σ that acts is never below this, so that the policy goes on exploring; −13.8 is σ = 0.000001, the limit in the MAML authors’ code.',
    },
    reptileInnerSteps: {
      help: 'Policy gradient steps on a task, each on trajectories of its own, before θ moves: θ ← θ + ε mean(θₖ − θ). With one step this is joint training.',
    },
    adaptiveAlpha: {
      help: 'Also descend the loss after adaptation in α, before each outer step: α ← α − α₀ ∂L(θ′)∕∂α; for one inner step ∂L(θ′)∕∂α = −∇L(θ′)·∇L(θ). Part of RMAML that any algorithm can use.',
    },
    alphaMode: {
      help: 'One number for all parameters, one per layer (its weights and biases share it; log σ has its own), or one per parameter.',
    },
    alphaLearningRate: {
      help: 'Step size of α itself: α ← α − α₀ ∂L(θ′)∕∂α. (RMAML’s paper uses one number, 0.01, for α₀ and β.)',
    },
    taskBuffer: {
      help: 'Fill part of each batch with tasks of the batch before, chosen by their score: the negative mean return after adaptation. Part of RMAML that any algorithm can use.',
    },
    strategy: {
      help: 'Which L tasks of the last batch return, sorted by score: those with the best returns (easy), the middle or those with the worst (hard). Uniform replays none: all tasks are fresh.',
    },
    testInnerSteps: {
      help: 'Policy gradient steps on unseen tasks that are shown. More steps than in training can help or hurt.',
    },
    testTrajectories: {
      label: 'Trajectories at test',
      help: 'Trajectories of an unseen task that each step of adaptation sees, and from which its return is measured.',
    },
    testLaterStepFactor: {
      label: 'Later steps',
      unit: '× α',
      help: 'Factor on α from the second step on. The MAML paper halves it: α = 0.1 for the first step, 0.05 for the others.',
    },
  },
});
