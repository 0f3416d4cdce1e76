// Settings of the Cheetah lab's body and tasks, and the sections of its settings.
import { inLanguages } from './language.ts';

export const cheetahFieldWords = inLanguages({
  en: {
    sections: {
      algorithm: 'Algorithm',
      'inner-loop': 'Inner loop',
      'outer-loop': 'Outer loop',
      'roll-outs': 'Roll-outs',
      policy: 'Policy',
      goals: 'Tasks',
      environment: 'Body',
      reptile: 'Reptile',
      'learned-alpha': 'RMAML: learned α',
      'task-buffer': 'RMAML: task buffer',
      'test-time': 'Test time',
    },
    family: {
      label: 'Tasks',
      help: 'DIR: run forwards or backwards, paid d·v for the direction d = ±1. VEL: run at a velocity g, paid −|v − g|. NoiseVEL: VEL with a share of much faster goals that tests never ask for. Every action costs 0.05 ‖a‖² besides.',
      choices: { dir: 'DIR', vel: 'VEL', 'noise-vel': 'NoiseVEL' },
    },
    goalDraw: {
      label: 'Goals of a batch',
      help: 'Spread: every batch has both directions in turn, or one goal from each of M equal parts of the range, which makes small batches less noisy. Independent: each by itself, as in the papers.',
      choices: { spread: 'Spread evenly', independent: 'Independent' },
    },
    goalMin: {
      label: 'Velocities from',
      help: 'The least velocity to run at, forwards; goals are drawn evenly from the range.',
    },
    goalMax: {
      label: 'Velocities to',
      help: 'The greatest velocity to run at. The papers have 2 m/s; some re-implementations 3 m/s.',
    },
    noiseTaskShare: {
      label: 'Noise tasks',
      help: 'Share of the training tasks whose velocity comes from the range of noise instead. Tests never ask for them. [RMAML] has 20 %.',
    },
    noiseGoalMin: {
      label: 'Noise from',
      help: 'The least velocity of noise tasks. [RMAML] draws them from 3 to 4 m/s.',
    },
    noiseGoalMax: {
      label: 'Noise to',
      help: 'The greatest velocity of noise tasks.',
    },
    convention: {
      label: 'Convention',
      help: 'Returns compare within one convention only. Gym, the later re-implementations: 0.05 s per action, velocity of the root, 17 observations. Finn 2017, the MAML authors’ code: 0.01 s per action, velocity of the whole centre of mass, 20 observations, less noise at the start.',
      choices: { gym: 'Gym', finn2017: 'Finn 2017' },
    },
    observationScaling: {
      label: 'Observations',
      help: 'Scaled: joint velocities, heights and the like are multiplied by fixed numbers that bring them to about ±1. Raw: in metres, radians and seconds, as in the papers; joint velocities of ±20 then drown the rest.',
      choices: { scaled: 'Scaled', raw: 'Raw' },
    },
    actionCost: {
      label: 'Action cost of',
      help: 'What 0.05 ‖a‖² is taken of: the action as the policy asks for it, or what is left of it after the motors clip it to ±1. Costing what is asked keeps the policy from drifting far beyond what the motors take.',
      choices: { asked: 'What is asked', clipped: 'What motors take' },
    },
    actionRange: {
      label: 'Action range',
      help: 'The policy’s action that gives full torque: 1 in the MAML authors’ code, 10 in some re-implementations, where σ = 1 is then a tenth as rough.',
    },
  },
});
