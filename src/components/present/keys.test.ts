import { describe, expect, it } from 'vitest';
import { KEY_WORDS } from '../../words/keys.ts';
import { KEYS, type KeyBinding, keyOf, type Pressed, worksHere } from './keys.ts';

const press = (key: string, more: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...more,
});

describe('the table of keys', () => {
  it('has words for every row and every scope, and no words for keys that there are not', () => {
    expect(Object.keys(KEY_WORDS.does).toSorted()).toEqual([...new Set(KEYS.map(({ id }) => id))].toSorted());
    expect(Object.keys(KEY_WORDS.scopes).toSorted()).toEqual(
      [...new Set(KEYS.map(({ scope }) => scope))].toSorted(),
    );
  });

  it('gives no key two meanings in one scope: each row is what its own keys mean', () => {
    for (const row of KEYS) {
      const binding: KeyBinding = row;
      for (const key of binding.keys) {
        const shiftKey = binding.shift ?? false;
        const pressed = press(key, { ctrlKey: binding.ctrl ?? false, shiftKey });
        expect(keyOf(binding.scope, pressed), `${binding.scope} ${key}`).toBe(binding.id);
      }
    }
  });

  it('has no keys in a frame for what a frame has not', () => {
    expect(worksHere('present', false)).toBe(true);
    expect(worksHere('present', true)).toBe(false);
    expect(worksHere('pin', true)).toBe(false);
    expect(worksHere('run', true)).toBe(true);
  });

  it('tells Shift, Ctrl and ⌘ apart, and leaves Alt to the browser', () => {
    expect(keyOf('page', press('s'))).toBe('step');
    expect(keyOf('page', press('S', { shiftKey: true }))).toBe('step-phase');
    expect(keyOf('page', press('S'))).toBe('step');
    expect(keyOf('page', press('s', { ctrlKey: true }))).toBeNull();
    expect(keyOf('page', press('z', { ctrlKey: true }))).toBe('undo');
    expect(keyOf('page', press('Z', { metaKey: true, shiftKey: true }))).toBe('redo');
    expect(keyOf('page', press('z'))).toBeNull();
    expect(keyOf('page', press('p', { altKey: true }))).toBeNull();
    expect(keyOf('page', press('?', { shiftKey: true }))).toBe('keys');
    expect(keyOf('arena', press('p'))).toBeNull();
  });
});
