// Where pinned runs are kept, as the store sees it: texts by id. Each text is a whole pins file with one pin in it
// (pins-file.ts), so that what comes from storage is read as carefully as what comes from a file.

export interface StoredPin {
  readonly id: string;
  readonly text: string;
}

export interface PinStorage {
  /** browser: they are there at the next visit. */
  readonly keeps: 'browser' | 'visit';
  readAll(): Promise<readonly StoredPin[]>;
  /** Rejects with a PinStorageError. */
  write(pin: StoredPin): Promise<void>;
  remove(id: string): Promise<void>;
  /** Another window has changed something. */
  onChange(listener: () => void): void;
}

/** full: no room left; refused: the browser does not let the page keep anything. */
export class PinStorageError extends Error {
  readonly reason: 'full' | 'refused';
  constructor(reason: 'full' | 'refused', message: string) {
    super(message);
    this.reason = reason;
  }
}

/** Forgets everything with the page: where the browser keeps nothing. Holds nothing itself: the store has the pins. */
export function createVisitStorage(): PinStorage {
  return {
    keeps: 'visit',
    readAll: async () => [],
    write: async () => {},
    remove: async () => {},
    onChange: () => {},
  };
}
