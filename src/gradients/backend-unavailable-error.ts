// In a file of its own, so that engines without tfjs do not load it.

/** A backend that cannot be opened here; the message says why and what to do. */
export class BackendUnavailableError extends Error {
  override name = 'BackendUnavailableError';
}
