import { describe, expect, it } from 'vitest';
import { BEAT_MS, createFramePace, untilBeat } from './frame-pace.ts';

function setUp() {
  let now = 0;
  const timers: { at: number; callback: () => void }[] = [];
  const pace = createFramePace({
    clock: () => now,
    wait: (callback, milliseconds) => timers.push({ at: now + milliseconds, callback }),
  });
  const passUntil = (time: number): void => {
    for (;;) {
      const due = timers.filter(({ at }) => at <= time).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      timers.splice(timers.indexOf(due), 1);
      now = Math.max(now, due.at);
      due.callback();
    }
    now = time;
  };
  /** A frame that keeps the thread for `cost` ms. */
  const frame = (cost: number, isContinued = false): void => {
    pace.began(isContinued);
    now += cost;
    passUntil(now);
  };
  return { pace, frame, passUntil };
}

describe('createFramePace', () => {
  it('paints on the beat, the latest of what came', () => {
    const { pace, passUntil } = setUp();
    const log: string[] = [];
    passUntil(10);
    pace.run(() => log.push('first'));
    pace.run(() => log.push('second'));
    passUntil(BEAT_MS - 1);
    expect(log).toEqual([]);
    passUntil(BEAT_MS);
    expect(log).toEqual(['second']);
  });

  it('rests after a frame for three times what it took', () => {
    const { pace, frame, passUntil } = setUp();
    const log: string[] = [];
    frame(50);
    pace.run(() => log.push('late'));
    passUntil(4 * BEAT_MS - 1);
    expect(log).toEqual([]);
    passUntil(4 * BEAT_MS);
    expect(log).toEqual(['late']);
  });
});

describe('a painting of several frames', () => {
  it('rests for all of them', () => {
    const { pace, frame, passUntil } = setUp();
    const log: string[] = [];
    frame(25);
    frame(25, true);
    pace.run(() => log.push('late'));
    passUntil(4 * BEAT_MS - 1);
    expect(log).toEqual([]);
    passUntil(4 * BEAT_MS);
    expect(log).toEqual(['late']);
  });
});

describe('untilBeat', () => {
  it('finds the first beat that is far enough away', () => {
    expect(untilBeat(0, 0)).toBe(0);
    expect(untilBeat(1, 0)).toBe(BEAT_MS - 1);
    expect(untilBeat(1, BEAT_MS)).toBe(2 * BEAT_MS - 1);
    expect(untilBeat(BEAT_MS, -5)).toBe(0);
  });
});
