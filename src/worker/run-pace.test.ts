import { describe, expect, it } from 'vitest';
import { RunPace } from './run-pace.ts';

/** A pace of ten a second, and what it does in so many ms when each meta-iteration takes so long. */
function paced() {
  let now = 5000;
  const pace = new RunPace(() => now);
  pace.limit(10);
  const runFor = (milliseconds: number, each: () => number): number => {
    const end = now + milliseconds;
    let done = 0;
    while (now + pace.waitingTime() < end) {
      now += pace.waitingTime();
      expect(pace.nextBurst(false)).toBe(1);
      now += each();
      pace.noteIterations(1);
      done += 1;
    }
    now = Math.max(now, end);
    return done;
  };
  const rest = (milliseconds: number) => {
    now += milliseconds;
  };
  return { pace, runFor, rest };
}

describe('a speed limit', () => {
  it('is kept, to the iteration', () => {
    expect(paced().runFor(60_000, () => 7)).toBe(600);
  });

  it('is kept over moments in which the machine did other things', () => {
    const { runFor } = paced();
    let turn = 0;
    const each = () => {
      turn += 1;
      return turn % 50 === 0 ? 600 : 7;
    };
    expect(Math.abs(runFor(60_000, each) - 600)).toBeLessThanOrEqual(6);
  });

  it('makes up for a second at most', () => {
    const { runFor } = paced();
    runFor(1000, () => 7);
    expect(runFor(30_000, () => 30_000)).toBe(1);
    // Ten more than its share, and the one that is due at once.
    expect(runFor(10_000, () => 7)).toBeLessThanOrEqual(111);
  });

  it('owes nothing for the time before it was set, or while training rested', () => {
    const { pace, runFor, rest } = paced();
    expect(runFor(1000, () => 7)).toBe(10);
    rest(5000);
    pace.limit(10);
    expect(runFor(1000, () => 7)).toBe(10);
    rest(5000);
    pace.restart();
    expect(runFor(1000, () => 7)).toBe(10);
  });
});
