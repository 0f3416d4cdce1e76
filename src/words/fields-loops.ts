// Settings of the algorithms, both loops and the network: what they are called, their units, help and choices. Keys are those of the field tables.
import { inLanguages } from './language.ts';

export const loopFieldWords = inLanguages({
  en: {
    seed: {
      label: 'Seed',
      help: 'Every random draw comes from this number: the same experiment with the same seed gives the same run.',
    },
    algorithms: {
      label: 'Algorithms',
      help: 'Trained side by side, step by step, on the same tasks. Pretrained: joint training on all tasks. Random: no training at all. Oracle: sees amplitude and phase as extra inputs.',
      choices: {
        maml: 'MAML',
        fomaml: 'FOMAML',
        reptile: 'Reptile',
        rmaml: 'RMAML',
        pretrained: 'Pretrained',
        random: 'Random',
        oracle: 'Oracle',
      },
    },
    innerSteps: {
      label: 'Inner steps',
      unit: 'steps',
      help: 'Gradient steps that adapt θ to a task in training: θ ← θ − α ∇L(θ), k times. MAML differentiates through all of them.',
    },
    innerLearningRate: {
      label: 'Inner learning rate',
      help: 'How far one inner step moves: θ′ = θ − α ∇L(θ). Where α is learned, this is where it starts. Above about 0.1 training tends to diverge; at 0 nothing adapts.',
    },
    supportSize: {
      label: 'Support points',
      unit: 'points',
      help: 'Points per task that the inner steps see (“K-shot”). Each of Reptile’s inner steps sees K fresh ones.',
    },
    querySize: {
      label: 'Query points',
      unit: 'points',
      help: 'Points per task on which the adapted parameters θ′ are judged; the meta-gradient comes from them.',
    },
    metaIterations: {
      label: 'Meta-iterations',
      unit: 'updates',
      help: 'Updates of θ until training ends. Changing it never restarts training, unless Reptile’s ε decays over all N.',
    },
    metaBatchSize: {
      label: 'Tasks per update',
      unit: 'tasks',
      help: 'Tasks drawn for each update of θ; the meta-gradient is taken over all of them.',
    },
    metaLearningRate: {
      label: 'Meta learning rate',
      help: 'How far one update moves the initialisation: θ ← θ − β ∇Q(θ′). Reptile has its own step, ε.',
    },
    metaOptimizer: {
      label: 'Meta-optimiser',
      help: 'What turns the meta-gradient into an update of θ. The papers use Adam for sinusoids. Plain SGD needs a larger β.',
      choices: { adam: 'Adam', sgd: 'SGD' },
    },
    metaLoss: {
      label: 'Meta-loss',
      help: 'Over the tasks of a batch: the mean, as the MAML authors’ code has it, or the sum, as their paper writes it, which is M times larger. SGD feels the difference; Adam hardly does.',
      choices: { mean: 'Mean over tasks', sum: 'Sum over tasks' },
    },
    hiddenWidths: {
      label: 'Hidden layers',
      help: 'Units in each hidden layer, from input to output. The MAML paper uses 40, 40; the Reptile demonstration 64, 64.',
    },
    activation: {
      label: 'Activation',
      help: 'Applied by every hidden unit; the output is linear. ReLU has no curvature of its own, so second-order terms come only from the products of layers.',
      choices: { relu: 'ReLU', tanh: 'tanh', sigmoid: 'Sigmoid', softplus: 'Softplus' },
    },
    initialisation: {
      label: 'Initial weights',
      help: 'Glorot: even within ±√(6 ∕ (in + out)). Normal: truncated at 2σ, σ = 0.01, as in the MAML authors’ code; the loss then hardly moves for the first 1,000 updates.',
      choices: { glorot: 'Glorot uniform', normal: 'Normal, σ = 0.01' },
    },
  },
});
