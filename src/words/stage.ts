// The Sinusoid lab's stage: the fits, and the user's own task.
import { inLanguages } from './language.ts';

export const stageWords = inLanguages({
  en: {
    fits: 'Fits',
    fitOf: (algorithm: string) => `Fit of ${algorithm}`,
    /** Before the mean squared error. */
    mse: 'MSE',
    task: 'Your task',
    amplitude: 'Task amplitude',
    phase: 'Task phase',
    radians: 'rad',
    addPoint: 'Add point',
    addPointTitle: 'Or double-click an empty place',
    newTask: 'New task',
    newTaskTitle: 'Draw a new test task',
    handles: 'Support points and true curve',
    handlesHint: 'Arrows move · Page keys: next point · Ins adds, Del removes',
    pointHandle: (index: number, x: string, y: string) => `Support point ${index + 1}: x ${x}, y ${y}`,
    curveHandle: (amplitude: string, phase: string) => `True curve: amplitude ${amplitude}, phase ${phase}`,
  },
});
