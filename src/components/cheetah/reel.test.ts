import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { CHEETAH_PRESETS } from '../../experiment/cheetah-presets.ts';
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { CheetahTask } from '../../tasks/locomotion/cheetah-tasks.ts';
import type { ProbePoint } from '../../training/policy-session-events.ts';
import { answerFor, meanSpeed, motionOf, unstableIn } from './lanes-reader.ts';
import { createReel } from './reel.ts';

const FRAMES = 41;
const DT = 0.05;

/** A recording of two seconds, whose cheetah runs at `speed`. */
function answer(algorithm: AlgorithmId, iteration: number, id: number, speed = 1): ProbePoint<CheetahTask> {
  const step = (factor: number) => {
    const positions = new Float32Array(2 * FRAMES * 9);
    for (let frame = 0; frame < 2 * FRAMES; frame++)
      positions[9 * frame] = factor * speed * DT * (frame % FRAMES);
    return {
      params: new Float32Array(1),
      meanReturn: 0,
      standardError: 0,
      trajectories: {
        taskCount: 1,
        episodes: 2,
        horizon: FRAMES - 1,
        observationSize: 17,
        actionSize: 6,
        lengths: Int32Array.of(FRAMES - 1, 20),
        observations: new Float32Array(0),
        actions: new Float32Array(0),
        rewards: new Float32Array(0),
        positions: [positions],
        nonFiniteAction: null,
      },
    };
  };
  const request = { id, task: { goal: speed, isNoise: false }, others: [{ goal: -1, isNoise: false }] };
  return { algorithm, iteration, request, steps: [step(0), step(1)], others: [[step(0), step(-1)]] };
}

function open() {
  const answers = new Map<AlgorithmId, ProbePoint<CheetahTask>>();
  const experiment = { ...CHEETAH_PRESETS[0].experiment, algorithms: ['maml', 'fomaml'] as const };
  const view = createStore(() => ({ plays: true, rate: 1 }));
  let now = 0;
  const stores = {
    experiment: createStore(() => ({ experiment })),
    view,
    data: { probe: (id: AlgorithmId) => answers.get(id) ?? null },
  };
  const reel = createReel(stores, () => now);
  /** Frames as a screen gives them. */
  const play = (seconds: number): void => {
    for (let ms = 0; ms < 1000 * seconds - 1e-6; ms += 20) {
      now += 20;
      reel.advance();
    }
  };
  return {
    reel,
    view,
    play,
    answer: (point: ProbePoint<CheetahTask>) => answers.set(point.algorithm, point),
    forget: () => answers.clear(),
    later: (ms: number) => {
      now += ms;
    },
  };
}

describe('the reel', () => {
  it('plays what there is at once, at its own speed, and slower where asked', () => {
    const { reel, play, view, answer: give } = open();
    play(0.5);
    expect([reel.time, reel.duration]).toEqual([0, 0]);
    give(answer('maml', 1, 1));
    play(0.5);
    expect(reel.duration).toBeCloseTo(2, 9);
    expect(reel.time).toBeCloseTo(0.5, 9);
    view.setState({ rate: 0.25 });
    play(1);
    expect(reel.time).toBeCloseTo(0.75, 9);
    view.setState({ plays: false });
    play(1);
    expect(reel.time).toBeCloseTo(0.75, 9);
  });

  it('takes over new recordings of the same goal only when the old ones have ended', () => {
    const { reel, play, answer: give } = open();
    give(answer('maml', 1, 1));
    play(1);
    give(answer('maml', 2, 1));
    give(answer('fomaml', 2, 1));
    play(0.5);
    expect(reel.answer('maml')?.iteration).toBe(1);
    // A run that had nothing to show need not wait.
    expect(reel.answer('fomaml')?.iteration).toBe(2);
    play(1.3);
    expect(reel.answer('maml')?.iteration).toBe(2);
    expect(reel.time).toBeLessThan(0.5);
  });

  it('shows the answer to a new goal from its start, and drops what the run has forgotten', () => {
    const { reel, play, view, answer: give, forget } = open();
    give(answer('maml', 1, 1));
    give(answer('fomaml', 1, 1));
    play(1);
    view.setState({ plays: false });
    give(answer('maml', 3, 2, 0.5));
    reel.advance();
    expect(reel.time).toBe(0);
    expect(reel.answer('maml')?.request.id).toBe(2);
    give(answer('fomaml', 3, 2, 0.5));
    reel.advance();
    expect(reel.answer('fomaml')?.request.id).toBe(2);
    forget();
    reel.advance();
    expect(reel.answer('maml')).toBeNull();
  });

  it('goes on at the same moment with the answer of another checkpoint', () => {
    const { reel, play, answer: give } = open();
    give(answer('maml', 900, 1));
    play(1);
    give(answer('maml', 40, 2));
    play(0.1);
    expect(reel.answer('maml')?.iteration).toBe(40);
    expect(reel.time).toBeCloseTo(1.1, 9);
  });

  it('goes frame by frame and to any second, within the recording', () => {
    const { reel, view, answer: give } = open();
    view.setState({ plays: false });
    give(answer('maml', 1, 1));
    reel.advance();
    reel.seek(1.02);
    reel.step(1);
    expect(reel.time).toBeCloseTo(1.05, 9);
    reel.step(1);
    expect(reel.time).toBeCloseTo(1.1, 9);
    reel.step(-1);
    reel.step(-1);
    expect(reel.time).toBeCloseTo(1, 9);
    reel.seek(9);
    reel.step(1);
    expect(reel.time).toBeCloseTo(2, 9);
    reel.seek(-1);
    reel.step(-1);
    expect(reel.time).toBe(0);
  });

  it('does not leap after a long pause between frames', () => {
    const { reel, play, later, answer: give } = open();
    give(answer('maml', 1, 1));
    play(0.2);
    later(60_000);
    reel.advance();
    expect(reel.time).toBeCloseTo(0.3, 9);
  });
});

describe('a lane’s recording', () => {
  const point = answer('maml', 1, 1, 1.5);

  it('is of its direction, and as long as its episode', () => {
    expect(answerFor(point, 'velocity').task.goal).toBe(1.5);
    const backwards = answerFor(point, 'backwards');
    expect(backwards.task.goal).toBe(-1);
    const [first, second] = [motionOf(backwards.steps[1]!), motionOf(backwards.steps[1]!, 1)];
    expect([first?.frames, second?.frames]).toEqual([FRAMES, 21]);
    expect(meanSpeed(first!, DT)).toBeCloseTo(-1.5, 5);
    expect(motionOf(backwards.steps[1]!, 2)).toBeNull();
  });

  it('is told to be unstable where some of its trajectories were', () => {
    const [steady] = answer('maml', 1, 1).steps;
    expect(unstableIn(steady!)).toBe('');
    const counted = (count: number) => ({
      ...steady!,
      trajectories: { ...steady!.trajectories, unstableEpisodes: Int32Array.of(count) },
    });
    expect(unstableIn(counted(0))).toBe('');
    expect(unstableIn(counted(1))).toBe('1/2 unstable');
  });
});
