// Settings of the Reaching lab's learner and replay, and the sections of its settings.
import { inLanguages } from './language.ts';

export const reachingFieldWords = inLanguages({
  en: {
    sections: {
      tasks: 'Tasks',
      learner: 'Learner',
      buffer: 'Buffer',
      run: 'Run',
    },
    seed: {
      label: 'Seed',
      help: 'Every random draw comes from this number: the clouds’ points and every batch. The outcome over many seeds counts on from it.',
    },
    strategies: {
      label: 'Strategies',
      help: 'One agent each, from the same start and with the same fresh tasks. They differ only in which tasks of the last batch return.',
      choices: { uniform: 'Uniform', easy: 'Easy', medium: 'Medium', hard: 'Hard' },
    },
    iterations: {
      label: 'Iterations',
      help: 'Meta-updates until the run ends: T batches are drawn, and the agent moves T times.',
    },
    metaBatchSize: {
      label: 'Tasks per update',
      unit: 'tasks',
      help: 'Tasks in each batch: L of the last batch, and M − L drawn anew from all tasks, evenly and with replacement.',
    },
    maxReplayedTasks: {
      label: 'Replayed, at most',
      unit: 'tasks',
      help: 'Tasks of each batch that return from the last one once L has grown to its full size, at most M. At 0 all strategies are the same.',
    },
    replaySchedule: {
      label: 'L grows',
      help: 'Linear: L = round(MAX_L · min(1, t∕ramp)). Step: 0 before the ramp’s end, MAX_L from it on. At once: MAX_L from the second batch on. The first batch is always fresh.',
      choices: { linear: 'In a line', step: 'In one step', constant: 'At once' },
    },
    replayRampIterations: {
      label: 'L is full after',
      unit: 'iterations',
      help: 'The ramp: iterations until L reaches MAX_L.',
    },
    middle: {
      label: 'The middle is',
      help: 'What MEDIUM takes of the M tasks sorted by score: the L ranks from ⌊(M − L)∕2⌋ on, or the L tasks whose scores lie nearest to the mean score. The paper says only “medium”.',
      choices: { ranks: 'Middle ranks', 'mean-score': 'Nearest to the mean score' },
    },
    scoredAt: {
      label: 'Distance measured',
      help: 'The score of a task is its distance to the agent, ‖task − w‖: after the update of w, as in the paper, or before it.',
      choices: { updated: 'After the update', before: 'Before the update' },
    },
    extraTasks: {
      label: 'Painted tasks',
      unit: 'tasks',
      help: 'Tasks that you add with the brush on the stage. They are drawn into batches like those of the clouds.',
    },
  },
});
