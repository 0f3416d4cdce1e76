// Which buffers of a message move to the receiver instead of being copied.

/**
 * The buffers of all typed arrays anywhere in `message`, each once. Only for messages whose arrays nobody else
 * keeps: after posting them they are empty here.
 */
export function transferList(message: unknown): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  collect(message, buffers);
  return [...buffers];
}

function collect(value: unknown, buffers: Set<ArrayBuffer>): void {
  if (typeof value !== 'object' || value === null) return;
  if (ArrayBuffer.isView(value)) {
    if (value.buffer instanceof ArrayBuffer) buffers.add(value.buffer);
    return;
  }
  for (const entry of Object.values(value)) collect(entry, buffers);
}
