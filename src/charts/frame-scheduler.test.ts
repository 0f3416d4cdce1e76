import { describe, expect, it } from 'vitest';
import { createFrameScheduler, TURN_MS } from './frame-scheduler.ts';

function setUp(onError?: (error: unknown) => void) {
  const pending: (() => void)[] = [];
  const log: string[] = [];
  let now = 0;
  const scheduler = createFrameScheduler({
    clock: () => now,
    requestFrame: (callback, isContinued) => {
      pending.push(callback);
      if (isContinued) log.push('continued');
    },
    onPainted: () => log.push('painted'),
    ...(onError === undefined ? {} : { onError }),
  });
  const frame = (): void => {
    for (const callback of pending.splice(0)) callback();
  };
  /** A canvas that takes its time. */
  const slow = (name: string, cost: number) =>
    scheduler.register(() => {
      now += cost;
      log.push(name);
    });
  return { scheduler, pending, log, frame, slow };
}

describe('createFrameScheduler', () => {
  it('paints each dirty canvas once per frame, then reports once', () => {
    const { scheduler, pending, log, frame } = setUp();
    const a = scheduler.register(() => log.push('a'));
    scheduler.register(() => log.push('b'));
    a.invalidate();
    a.invalidate();
    expect(pending.length).toBe(1);
    frame();
    expect(log).toEqual(['a', 'b', 'painted']);
    a.invalidate();
    frame();
    expect(log).toEqual(['a', 'b', 'painted', 'a', 'painted']);
  });

  it('asks for no frame while nothing is dirty', () => {
    const { scheduler, pending, frame } = setUp();
    scheduler.register(() => {});
    frame();
    expect(pending.length).toBe(0);
  });

  it('forgets unregistered canvases', () => {
    const { scheduler, log, frame } = setUp();
    const a = scheduler.register(() => log.push('a'));
    a.unregister();
    a.invalidate();
    scheduler.invalidate();
    frame();
    expect(log).not.toContain('a');
  });

  it('pauses while hidden and paints everything when shown', () => {
    const { scheduler, pending, log, frame } = setUp();
    scheduler.register(() => log.push('a'));
    scheduler.setHidden(true);
    frame();
    scheduler.invalidateData(1);
    expect(pending.length).toBe(0);
    expect(log).toEqual([]);
    scheduler.setHidden(false);
    frame();
    expect(log).toEqual(['a', 'painted']);
  });

  it('redraws streamed data once per iteration with reduced motion, and user input always', () => {
    const { scheduler, log, frame } = setUp();
    const a = scheduler.register(() => log.push('a'));
    scheduler.setReducedMotion(true);
    scheduler.invalidateData(7);
    frame();
    scheduler.invalidateData(7);
    frame();
    expect(log).toEqual(['a', 'painted']);
    a.invalidate();
    frame();
    scheduler.invalidateData(8);
    frame();
    expect(log.filter((entry) => entry === 'a').length).toBe(3);
  });

  it('a failing draw stops no other and no later frame', () => {
    const errors: unknown[] = [];
    const { scheduler, log, frame } = setUp((error) => errors.push(error));
    scheduler.register(() => {
      throw new Error('broken chart');
    });
    scheduler.register(() => log.push('b'));
    frame();
    scheduler.invalidate();
    frame();
    expect(log).toEqual(['b', 'painted', 'b', 'painted']);
    expect(errors.length).toBe(2);
  });

  it('a draw that dirties another canvas gets its next frame', () => {
    const { scheduler, log, frame } = setUp();
    const b = scheduler.register(() => log.push('b'));
    frame();
    scheduler.register(() => {
      log.push('a');
      b.invalidate();
    });
    frame();
    frame();
    frame();
    expect(log).toEqual(['b', 'painted', 'a', 'painted', 'b', 'painted']);
  });

  it('paints streamed data in turns and reports when the last had its turn', () => {
    const { scheduler, log, frame, slow } = setUp();
    const canvases = ['a', 'b', 'c'].map((name) => slow(name, TURN_MS / 2));
    frame();
    expect(log).toEqual(['a', 'b', 'continued']);
    frame();
    expect(log.slice(3)).toEqual(['c', 'painted']);
    canvases[1]?.queue();
    frame();
    expect(log.slice(5)).toEqual(['b', 'painted']);
    log.length = 0;
    scheduler.invalidateData(1);
    frame();
    expect(log).toEqual(['a', 'b', 'continued']);
    // What waits longest is first, also when newer data have come.
    scheduler.invalidateData(2);
    frame();
    expect(log.slice(3)).toEqual(['c', 'a', 'continued']);
    frame();
    expect(log.slice(6)).toEqual(['b', 'painted']);
  });

  it('paints what the user did whole and before streamed data, which still get a turn', () => {
    const { scheduler, log, frame, slow } = setUp();
    slow('a', TURN_MS);
    const b = slow('b', TURN_MS);
    slow('c', TURN_MS);
    for (let turn = 0; turn < 3; turn += 1) frame();
    log.length = 0;
    scheduler.invalidateData(1);
    b.invalidate();
    frame();
    expect(log).toEqual(['b', 'a', 'continued']);
    scheduler.invalidate();
    frame();
    expect(log.slice(3)).toEqual(['a', 'b', 'c', 'painted']);
  });
});
