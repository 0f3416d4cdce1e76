// A pause long enough for the event loop to deliver messages, and no longer: setTimeout would wait 4 ms each.

/** A function whose promise resolves in a later macrotask. One per thread; calls may overlap. */
export function createMacrotaskYield(): () => Promise<void> {
  // Node's ports hand over a thousand messages in a row before anyone else gets a turn; this waits for all to come in.
  if ('setImmediate' in globalThis) return () => new Promise((resolve) => setImmediate(resolve));
  const channel = new MessageChannel();
  const waiting: (() => void)[] = [];
  channel.port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise((resolve) => {
      waiting.push(resolve);
      channel.port2.postMessage(null);
    });
}
