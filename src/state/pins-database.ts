// Pinned runs in IndexedDB, with a channel by which windows tell each other of changes. Fetched only where runs are
// pinned. Where the browser refuses (private windows, blocked storage) pins last as long as the page.
import { type DBSchema, openDB } from 'idb';
import { createVisitStorage, type PinStorage, PinStorageError, type StoredPin } from './pins-storage.ts';

interface PinsSchema extends DBSchema {
  pins: { key: string; value: StoredPin };
}

const NAME = 'metascope-pins';
/** Of the database's stores; the format of the texts in it has its own version. */
const DATABASE_VERSION = 1;

function reasonOf(error: unknown): PinStorageError {
  const name = error instanceof Error ? error.name : '';
  const message = error instanceof Error ? error.message : String(error);
  return new PinStorageError(name === 'QuotaExceededError' ? 'full' : 'refused', message);
}

/** The browser's storage, or the visit's where there is none. Never rejects. */
export async function openPinDatabase(): Promise<PinStorage> {
  try {
    const database = await openDB<PinsSchema>(NAME, DATABASE_VERSION, {
      upgrade: (db) => void db.createObjectStore('pins', { keyPath: 'id' }),
      // A newer page in another window must not wait for this one.
      blocking: (_current, _blocked, event) => {
        if (event.target instanceof IDBDatabase) event.target.close();
      },
    });
    const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel(NAME) : null;
    const tell = () => channel?.postMessage('changed');
    return {
      keeps: 'browser',
      readAll: () => database.getAll('pins'),
      async write(pin) {
        try {
          await database.put('pins', pin);
        } catch (error) {
          throw reasonOf(error);
        }
        tell();
      },
      async remove(id) {
        await database.delete('pins', id);
        tell();
      },
      onChange(listener) {
        if (channel !== null) channel.onmessage = () => listener();
      },
    };
  } catch {
    return createVisitStorage();
  }
}
