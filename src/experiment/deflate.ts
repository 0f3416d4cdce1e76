// Raw deflate and base64url for links, through the platform's own streams. What is inflated comes from strangers:
// it is read chunk by chunk and given up as soon as it exceeds a limit.

/** deflate-raw of the text's UTF-8, as base64url without padding; null where the platform cannot compress. */
export async function deflateText(text: string): Promise<string | null> {
  if (typeof CompressionStream === 'undefined') return null;
  const bytes = await readThrough(
    new TextEncoder().encode(text),
    new CompressionStream('deflate-raw'),
    Number.POSITIVE_INFINITY,
  );
  return bytes === 'too-long' ? null : toBase64Url(bytes);
}

export type Inflated =
  | { readonly kind: 'text'; readonly text: string }
  /** unsupported: this browser has no DecompressionStream. damaged: not base64url, not deflate, or not UTF-8. */
  | { readonly kind: 'too-long' | 'damaged' | 'unsupported' };

/** The text behind `deflateText`'s output, if it is at most `maxBytes` long. Never throws. */
export async function inflateText(encoded: string, maxBytes: number): Promise<Inflated> {
  if (typeof DecompressionStream === 'undefined') return { kind: 'unsupported' };
  try {
    const stream = new DecompressionStream('deflate-raw');
    const bytes = await readThrough(fromBase64Url(encoded), stream, maxBytes);
    if (bytes === 'too-long') return { kind: 'too-long' };
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { kind: 'damaged' };
  }
}

async function readThrough(
  bytes: Uint8Array<ArrayBuffer>,
  stream: GenericTransformStream,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | 'too-long'> {
  const writer = stream.writable.getWriter();
  // Failures show on the reading side; these promises only mirror them.
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  const reader: ReadableStreamDefaultReader<Uint8Array> = stream.readable.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return 'too-long';
    }
    chunks.push(value);
  }
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

function toBase64Url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  if (!/^[\w-]+$/.test(text)) throw new Error('Not base64url.');
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
