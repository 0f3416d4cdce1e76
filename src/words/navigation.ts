// The Navigation lab: its arenas, the goal, and its charts' choices.
import { inLanguages } from './language.ts';

export const navigationWords = inLanguages({
  en: {
    arenas: 'Arenas',
    arenaOf: (algorithm: string) => `Arena of ${algorithm}`,
    /** Stands before the numbers. */
    returns: 'return',
    returnsTitle: (episodes: number, steps: number, iteration: string) =>
      `Mean return of ${episodes} trajectories after 0 to ${steps} inner steps, with the policy of iteration ${iteration}`,
    atIteration: (iteration: string) => `it\u00a0${iteration}`,

    goal: 'Goal',
    goalAxis: (axis: string) => `Goal ${axis}`,
    goalAt: (x: string, y: string) => `Goal: x ${x}, y ${y}`,
    goalHint: 'Arrows move the goal, with Shift five times as far',
    adapting: 'adapting…',
    moveIt: 'press or drag to move it',
    policyAt: (iteration: string) => `policy at ${iteration}`,
    testGoal: 'Test goal',
    testGoalTitle: 'Back to the first of the test goals',
    field: 'field',
    fieldTitle: 'The policy as arrows: mean velocity at each place, a disc for the spread',
    trajectories: 'trajectories',
    trajectoriesTitle: 'Every trajectory; the mean path is always there',

    charts: 'Charts',
    seconds: 'Seconds',
    secondsTitle: 'Seconds per phase',
    grid: 'Batch sizes',
    gridTitle: 'Return by batch size',
    outer: 'Outer step',
    alphaTitle: 'Inner learning rate',
    buffer: 'Buffer',
    bufferTitle: 'Task buffer',
    gridFailed: (reason: string) => `✕ The grid was not computed. ${reason}`,
    gridRunning: (done: number, all: number) => `${done} of ${all} runs; training waits.`,
    gridPlan: (runs: number, iterations: number) => `${runs} runs of ${iterations} iterations each.`,
    gridTakes: (duration: string) => ` Takes about ${duration}; training waits.`,
    gridStale: ' Of earlier settings.',
    gridCancelled: (done: number) => `Cancelled after ${done} runs.`,
    gridDone: (averaged: number, iterations: number) =>
      `Return after adaptation, mean of the last ${averaged} of ${iterations} iterations.`,
    run: 'Run',
    cancel: 'Cancel',
    /** After “Run” or “Cancel”, for those who hear it. */
    theGrid: ' the grid of batch sizes',
  },
});
