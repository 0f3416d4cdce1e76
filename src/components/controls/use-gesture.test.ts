import { describe, expect, it } from 'vitest';
import { createGesture } from './use-gesture.ts';

describe('gestures', () => {
  it('keep their id through a drag and change it afterwards', () => {
    const gesture = createGesture('alpha');
    gesture.begin();
    const first = gesture.id();
    expect(gesture.id()).toBe(first);
    gesture.end();
    expect(gesture.id()).not.toBe(first);
  });
  it('of two drags in a row differ even when the first was never ended', () => {
    const gesture = createGesture('alpha');
    gesture.begin();
    const first = gesture.id();
    gesture.begin();
    expect(gesture.id()).not.toBe(first);
  });
  it('of two controls differ', () => {
    expect(createGesture('a').id()).not.toBe(createGesture('a').id());
  });
});
