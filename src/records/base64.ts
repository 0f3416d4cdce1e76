// Bytes as base64 (RFC 4648, with padding) and back, in blocks: a string per byte would be slow.

const BLOCK = 0x8000;

/** The bytes as base64. */
export function toBase64(bytes: Uint8Array): string {
  const blocks: string[] = [];
  for (let at = 0; at < bytes.length; at += BLOCK) {
    blocks.push(String.fromCharCode(...bytes.subarray(at, at + BLOCK)));
  }
  return btoa(blocks.join(''));
}

/** The bytes behind toBase64's output; null when it is not base64, or of other than `length` bytes. */
export function fromBase64(text: string, length: number): Uint8Array<ArrayBuffer> | null {
  // Before anything is decoded: both are cheap, and atob would let white space pass.
  if (text.length !== 4 * Math.ceil(length / 3) || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return null;
  const binary = atob(text);
  if (binary.length !== length) return null;
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
