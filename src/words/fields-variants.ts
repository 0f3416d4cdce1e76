// Settings of Reptile and RMAML: what they are called, their units, help and choices.
import { inLanguages } from './language.ts';

export const variantFieldWords = inLanguages({
  en: {
    reptileInnerSteps: {
      label: 'Reptile’s inner steps',
      unit: 'steps',
      help: 'Steps on fresh points of the task before θ moves: θ ← θ + ε mean(θₖ − θ). With one step this is joint training.',
    },
    reptileStepSize: {
      label: 'Reptile’s step size',
      help: 'How far θ moves towards the adapted parameters: θ ← θ + ε mean(θₖ − θ). At 1 it jumps onto their mean.',
    },
    reptileSchedule: {
      label: 'Reptile’s schedule',
      help: 'Constant, or falling in a straight line to 0 at the last meta-iteration: ε (1 − t∕N).',
      choices: { constant: 'Constant', linear: 'Linear to 0' },
    },
    adaptiveAlpha: {
      label: 'Learn α in',
      help: 'Also descend the query loss in α: α ← α − α₀ ∂Q∕∂α; for one inner step ∂Q∕∂α = −∇Q(θ′)·∇L(θ). Part of RMAML that any algorithm can use.',
      choices: { none: 'No algorithm', rmaml: 'RMAML', all: 'All algorithms' },
    },
    alphaMode: {
      label: 'One α per',
      help: 'One number for all parameters, one per layer (its weights and biases share it), or one per parameter.',
      choices: { scalar: 'Network', layer: 'Layer', parameter: 'Parameter' },
    },
    alphaLearningRate: {
      label: 'Learning rate of α',
      help: 'Step size of α itself: α ← α − α₀ ∂Q∕∂α. (RMAML’s paper uses one number, 0.01, for α₀ and β.)',
    },
    alphaMin: {
      label: 'α at least',
      help: 'After each update α is clamped from below to this.',
    },
    alphaMax: {
      label: 'α at most',
      help: 'After each update α is clamped from above to this.',
    },
    taskBuffer: {
      label: 'Replay tasks in',
      help: 'Fill part of each batch with tasks of the batch before, chosen by their query loss. Part of RMAML that any algorithm can use.',
      choices: { none: 'No algorithm', rmaml: 'RMAML', all: 'All algorithms' },
    },
    strategy: {
      label: 'Strategy',
      help: 'Which L tasks of the last batch return, sorted by query loss: the lowest (easy), the middle or the highest (hard). Uniform replays none: all tasks are fresh.',
      choices: { uniform: 'Uniform (no buffer)', easy: 'Easy', medium: 'Medium', hard: 'Hard' },
    },
    maxReplayedTasks: {
      label: 'Replayed tasks, at most',
      unit: 'tasks',
      help: 'Tasks of each batch that are replayed once L has grown to its full size, at most M; the other M − L are fresh. RMAML’s paper uses M∕4.',
    },
    replayRampIterations: {
      label: 'L grows over',
      unit: 'updates',
      help: 'Meta-iterations over which L grows in a straight line from 0 to MAX_L; at 0 it is full from the second batch on.',
    },
  },
});
