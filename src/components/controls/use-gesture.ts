// Gesture ids: edits that carry the same id are one undo entry. A drag lasts from pointer down to pointer up; key
// presses on one control are one gesture until it loses focus.
import { useMemo } from 'react';

let counter = 0;

export interface Gesture {
  /** The id for an edit made now. */
  id(): string;
  /** Call on pointer down: a new drag begins. */
  begin(): void;
  /** Call on pointer up, cancel and blur: the next edit is another gesture. */
  end(): void;
}

/** A gesture source for one control; `name` only makes ids readable. */
export function createGesture(name: string): Gesture {
  let current: string | null = null;
  const fresh = () => {
    counter += 1;
    return `${name}-${counter}`;
  };
  return {
    id() {
      current ??= fresh();
      return current;
    },
    begin() {
      current = fresh();
    },
    end() {
      current = null;
    },
  };
}

export function useGesture(name: string): Gesture {
  return useMemo(() => createGesture(name), [name]);
}
