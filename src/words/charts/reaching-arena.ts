// The arena of the Reaching lab: clouds, agents, pulls, their key.
import { inLanguages } from '../language.ts';

const tasks = (count: string) => `${count} ${count === '1' ? 'task' : 'tasks'}`;

export const arenaWords = inLanguages({
  en: {
    main: 'main cloud',
    noise: 'noise cloud',
    cloud: (name: string, count: string) => `${name}, ${tasks(count)}`,
    start: 'start',
    /** Key to the marks. */
    goal: 'goal',
    task: 'task',
    sampledFresh: 'sampled, fresh',
    sampledReplayed: 'sampled, replayed',
    freshPart: 'mean pull, fresh part',
    replayedPart: 'replayed part',

    freshPull: (count: number, size: string) => `${count} fresh ${count === 1 ? 'task' : 'tasks'} ${size}`,
    replayedPull: (count: number, size: string) => `${count} replayed ${size}`,
    pull: (strategy: string, part: string) => `Mean pull on ${strategy}: ${part}.`,
    pullOfTwo: (strategy: string, parts: string, size: string) =>
      `Mean pull on ${strategy}: ${parts}, together ${size}.`,
    /** After one of the two before. */
    pullMoves: (stepSize: string) => `It moves β = ${stepSize} of that.`,
    nothing: (count: string) => `${tasks(count)}; nothing run yet.`,
    summary: (iteration: string, all: string, count: string, distances: string) =>
      `Iteration ${iteration} of ${all}, ${tasks(count)}. Distance to the main centre: ${distances}.`,

    /** Handles, as the status line names them. */
    centres: [
      'centre of the main cloud',
      'centre of the first noise cloud',
      'centre of the second noise cloud',
    ],
    spreads: [
      'spread of the main cloud',
      'spread of the first noise cloud',
      'spread of the second noise cloud',
    ],
    painted: (number: number) => `painted task ${number}`,
  },
});
