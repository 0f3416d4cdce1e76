// The sections of the Sinusoid lab's settings.
import { inLanguages } from './language.ts';

export const sinusoidFieldWords = inLanguages({
  en: {
    sections: {
      algorithm: 'Algorithm',
      'inner-loop': 'Inner loop',
      'outer-loop': 'Outer loop',
      'task-distribution': 'Task distribution',
      model: 'Model',
      reptile: 'Reptile',
      'learned-alpha': 'RMAML: learned α',
      'task-buffer': 'RMAML: task buffer',
      'test-time': 'Test time',
    },
  },
});
