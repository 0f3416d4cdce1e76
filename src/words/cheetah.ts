// The Cheetah lab: its goal, lanes, recordings, and its charts' choices.
import { inLanguages } from './language.ts';

export const cheetahWords = inLanguages({
  en: {
    swarmTitle:
      'Every trajectory, thin behind the first; of velocities, those of a whole batch of goals, from violet for the slowest to green for the fastest',
    swarm: 'swarm',
    lanes: 'Lanes',
    /** Of a stage's panels. */
    lanesTitles: { velocity: 'At the goal velocity', forwards: 'Forwards', backwards: 'Backwards' },
    both: 'both',
    forwards: 'forwards',
    backwards: 'backwards',
    directions: 'Directions shown',
    goal: 'Goal',
    goalVelocity: 'Goal velocity',
    goalOnScale: 'Goal velocity on a scale',
    metresPerSecond: 'm/s',
    velocity: (value: string) => `${value} m/s`,
    meanVelocity: (value: string) => `mean ${value} m/s`,
    /** Trajectories of one adaptation that ended early. */
    unstable: (count: number, episodes: number) => `${count}/${episodes} unstable`,
    backTo: (value: string) => `Back to ${value} m/s`,
    usualGoal: 'Usual goal',
    adapting: 'adapting…',
    /** Before one of the next two. */
    policyAt: (iteration: string) => `policy at ${iteration}, `,
    beforeAdaptation: 'before adaptation',
    afterSteps: (count: number) =>
      `pale: before adaptation · solid: after ${count} ${count === 1 ? 'step' : 'steps'}`,

    recording: 'Recording',
    playRecording: 'Play the recording',
    stopRecording: 'Stop the recording',
    play: 'Play',
    stop: 'Stop',
    nextFrame: 'Next frame',
    previousFrame: 'Previous frame',
    frameOn: 'One frame on',
    frameBack: 'One frame back',
    time: 'Time in the recording',
    timeOf: (time: string, duration: string) => `${time} of ${duration} seconds`,
    seconds: (time: string) => `${time} s`,
    speed: 'Speed of the recording',
    quarterSpeed: 'Quarter speed',
    halfSpeed: 'Half speed',
    trueSpeed: 'True speed',

    /** Stands before the numbers. */
    returns: 'return',
    returnsTitle: (episodes: number, steps: number, iteration: string) =>
      `Mean return of ${episodes} trajectories after 0 to ${steps} inner steps, with the policy of iteration ${iteration}`,
    atIteration: (iteration: string) => `it\u00a0${iteration}`,

    charts: 'Charts',
    adaptation: 'Adaptation',
    adaptationTitle: 'Return by inner step',
    byTask: 'By goal',
    byTaskTitle: 'Test tasks by their goal',
    outer: 'Outer step',
    alphaTitle: 'Inner learning rate',
    buffer: 'Buffer',
    bufferTitle: 'Task buffer',
    secondsTab: 'Seconds',
    secondsTitle: 'Seconds per phase',
    byDirection: 'Velocity by direction',
    speedError: 'Speed error by goal',
    gainsQualifier: 'm/s, ○\u00a0before',
    /** Of which velocities: each trajectory's mean, or each timestep's. */
    errorQualifiers: {
      trajectories: '|mean\u00a0v\u00a0−\u00a0g|\u00a0m/s, ○\u00a0before',
      timesteps: '|v\u00a0−\u00a0g|\u00a0per\u00a0step m/s, ○\u00a0before',
    },
    /** A tab beside "Adaptation" and "By goal". */
    byGoalTab: 'Over time',
    byGoalTitle: 'Test tasks by goal over training',
    /** Before the next, where a kept run lacks its tasks' returns. */
    byGoalGains: { direction: 'm/s that way, ', velocity: '−|v\u00a0−\u00a0g| m/s, ' },
    byGoalQualifier: (step: number) =>
      step === 0 ? 'before adaptation' : `after ${step} ${step === 1 ? 'step' : 'steps'}, thin before`,
  },
});
