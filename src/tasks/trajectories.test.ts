import { describe, expect, it } from 'vitest';
import { foldIn, type Key, key, normal } from '../math/rng.ts';
import { createNavigation, GOAL_SQUARE, type NavigationTask, sampleGoals } from './navigation.ts';
import {
  collectTrajectories,
  type EpisodeBatch,
  episodeReturns,
  meanReturns,
  type RolloutRequest,
  type RowActor,
} from './trajectories.ts';

const environment = createNavigation({ reward: 'distance', start: 'square' });
const goals = sampleGoals(key(1), { region: GOAL_SQUARE }, 4);

/** Walks towards the origin, with some noise. */
const actor: RowActor = {
  std: Float64Array.of(0.02, 0.03),
  means: (seen) => seen.map((value) => -0.5 * value),
};

const request: RolloutRequest<(typeof goals)[number]> = {
  environment,
  tasks: goals,
  episodes: 5,
  horizon: 12,
  key: key(9),
  actorFor: () => actor,
};

/** Navigation's episodes as a batch of their own making. */
function startAll(tasks: readonly NavigationTask[], keys: readonly Key[], started: number[]): EpisodeBatch {
  started.push(keys.length);
  const episodes = keys.map((start, index) => environment.start(tasks[index]!, start));
  const observations = new Float32Array(keys.length * 2);
  const look = () => {
    episodes.forEach(({ observation }, index) => {
      observations.set(observation, 2 * index);
    });
  };
  look();
  const rewards = new Float32Array(keys.length);
  const done = new Uint8Array(keys.length);
  return {
    observations,
    rewards,
    done,
    stepAll(actions, at, stride) {
      rewards.fill(0);
      episodes.forEach((episode, index) => {
        if (done[index]) return;
        const outcome = episode.step(actions, at + index * stride);
        rewards[index] = outcome.reward;
        done[index] = outcome.done ? 1 : 0;
      });
      look();
    },
  };
}

describe('collectTrajectories', () => {
  const all = collectTrajectories(request);

  it('records what was seen, done and paid', () => {
    const row = (2 * 5 + 3) * 12;
    const noise = normal(foldIn(foldIn(foldIn(key(9), 2), 3), 1), 12 * 2);
    for (const step of [0, 7]) {
      const at = 2 * (row + step);
      const [x, y] = [all.observations[at]!, all.observations[at + 1]!];
      expect(all.actions[at]).toBeCloseTo(-0.5 * x + 0.02 * noise[2 * step]!, 6);
      expect(all.actions[at + 1]).toBeCloseTo(-0.5 * y + 0.03 * noise[2 * step + 1]!, 6);
      const next = [all.observations[at + 2]!, all.observations[at + 3]!];
      expect(next[0]).toBeCloseTo(x + Math.max(-0.1, Math.min(0.1, all.actions[at]!)), 6);
      expect(all.rewards[row + step]).toBeCloseTo(
        -Math.hypot(next[0]! - goals[2]!.x, next[1]! - goals[2]!.y),
        5,
      );
    }
  });

  it('depends on the task and the episode alone, not on the batch around them', () => {
    expect(collectTrajectories(request)).toEqual(all);
    const share = collectTrajectories({ ...request, tasks: goals.slice(2), firstTask: 2, episodes: 3 });
    for (let task = 0; task < 2; task++) {
      for (let episode = 0; episode < 3; episode++) {
        const own = (task * 3 + episode) * 12 * 2;
        const there = ((task + 2) * 5 + episode) * 12 * 2;
        expect(share.actions.subarray(own, own + 24)).toEqual(all.actions.subarray(there, there + 24));
      }
    }
    expect(collectTrajectories({ ...request, key: key(10) }).actions).not.toEqual(all.actions);
  });

  it('takes the same steps where the environment runs its episodes side by side', () => {
    const started: number[] = [];
    const together = collectTrajectories({
      ...request,
      environment: { ...environment, startAll: (tasks, keys) => startAll(tasks, keys, started) },
    });
    expect(together).toEqual(all);
    expect(started).toEqual([5, 5, 5, 5]);
  });

  it('lets a batch end its episodes, and ends one in it whose action is not finite', () => {
    const ended = collectTrajectories({
      ...request,
      tasks: goals.slice(0, 1),
      environment: {
        ...environment,
        startAll: (tasks, keys) => {
          const batch = startAll(tasks, keys, []);
          let step = 0;
          const stepAll: EpisodeBatch['stepAll'] = (actions, at, stride) => {
            batch.stepAll(actions, at, stride);
            step += 1;
            if (step === 4) batch.done[2] = 1;
          };
          return { ...batch, stepAll };
        },
      },
      actorFor: () => ({
        ...actor,
        means: (seen) => seen.map((value, at) => (at === 0 ? Number.POSITIVE_INFINITY : -0.5 * value)),
      }),
    });
    expect([...ended.lengths]).toEqual([0, 12, 4, 12, 12]);
    expect(ended.nonFiniteAction).toEqual({ task: 0, episode: 0, step: 0 });
    expect([...ended.rewards.subarray(2 * 12 + 4, 3 * 12)]).toEqual(Array(8).fill(0));
    expect(ended.rewards.subarray(12, 24)).toEqual(all.rewards.subarray(12, 24));
  });

  it('ends an episode at its goal and leaves zeros after it', () => {
    // From the origin straight to (0.2, 0): two steps of 0.1.
    const direct: RowActor = { std: new Float64Array(2), means: () => Float64Array.of(0.1, 0, 0.01, 0) };
    const ended = collectTrajectories({
      environment: createNavigation({ reward: 'distance', start: 'origin' }),
      tasks: [{ x: 0.2, y: 0 }],
      episodes: 2,
      horizon: 5,
      key: key(1),
      actorFor: () => direct,
    });
    expect([...ended.lengths]).toEqual([2, 5]);
    expect([...ended.rewards.subarray(2, 5)]).toEqual([0, 0, 0]);
    expect([...ended.observations.subarray(4, 10)]).toEqual(Array(6).fill(0));
    const returns = episodeReturns(ended);
    expect(returns[0]).toBeCloseTo(-0.1, 6);
    expect(returns[1]).toBeCloseTo(-(0.19 + 0.18 + 0.17 + 0.16 + 0.15), 5);
    expect(meanReturns(ended)[0]).toBeCloseTo((returns[0]! + returns[1]!) / 2, 12);
  });

  it('names the first action that is not finite, ends that episode before it and goes on with the others', () => {
    let step = -1;
    const broken: RowActor = {
      std: Float64Array.of(0.01, 0.01),
      means: (seen) => {
        step += 1;
        return seen.map((_, at) => (step === 3 && at === 2 ? Number.NaN : 0));
      },
    };
    const collected = collectTrajectories({ ...request, tasks: goals.slice(0, 1), actorFor: () => broken });
    expect(collected.nonFiniteAction).toEqual({ task: 0, episode: 1, step: 3 });
    expect([...collected.lengths]).toEqual([12, 3, 12, 12, 12]);
    expect(collected.actions.every(Number.isFinite)).toBe(true);
    expect(all.nonFiniteAction).toBeNull();
  });
});
