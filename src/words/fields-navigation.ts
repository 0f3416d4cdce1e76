// Settings of the Navigation lab's environment and goals, and the sections of its settings.
import { inLanguages } from './language.ts';

export const navigationFieldWords = inLanguages({
  en: {
    sections: {
      algorithm: 'Algorithm',
      'inner-loop': 'Inner loop',
      'outer-loop': 'Outer loop',
      'roll-outs': 'Roll-outs',
      policy: 'Policy',
      environment: 'Environment',
      goals: 'Goals',
      reptile: 'Reptile',
      'learned-alpha': 'RMAML: learned α',
      'task-buffer': 'RMAML: task buffer',
      'test-time': 'Test time',
    },
    reward: {
      label: 'Reward',
      help: 'Of each timestep: minus the distance to the goal, −‖p − g‖, as in the MAML authors’ code, or minus its square, as in their paper. p is the position after the step. Published returns are of the distance.',
      choices: { distance: 'Distance', 'squared-distance': 'Squared distance' },
    },
    start: {
      label: 'Start',
      help: 'Where every trajectory begins: at the origin, as in the MAML paper, or anywhere in the unit square around it, even in one task, as in [FO].',
      choices: { origin: 'Origin', square: 'Anywhere in the square' },
    },
    goalXMin: {
      label: 'Goals from, x',
      help: 'Left edge of the rectangle from which goals are drawn.',
    },
    goalXMax: {
      label: 'Goals to, x',
      help: 'Right edge of the rectangle of goals.',
    },
    goalYMin: {
      label: 'Goals from, y',
      help: 'Lower edge of the rectangle of goals.',
    },
    goalYMax: {
      label: 'Goals to, y',
      help: 'Upper edge of the rectangle of goals.',
    },
    noiseTaskShare: {
      label: 'Noise goals',
      help: 'Share of the training goals that lie in a ring around the origin instead (“NoiseNav”). Tests never ask for them. 0: none.',
    },
    noiseInnerRadius: {
      label: 'Ring from',
      help: 'Inner radius of the ring of noise goals. The square of goals reaches to 0.71, its corners.',
    },
    noiseOuterRadius: {
      label: 'Ring to',
      help: 'Outer radius of the ring. Goals lie in it evenly by area.',
    },
  },
});
