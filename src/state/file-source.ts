// Files that lie beside the page, fetched with a limit on their size. What goes wrong is a sentence for the user.
import { recordedWords } from '../words/recorded.ts';

export interface FileSource {
  /** The text of the file at a path relative to the page. Rejects with what, got, expected, remedy. */
  read(path: string, maxBytes: number): Promise<string>;
}

/** Files of the page's own server, or of its offline copy; relative to the document, so below any path. */
export function browserFiles(): FileSource {
  return {
    async read(path, maxBytes) {
      const response = await fetch(new URL(path, document.baseURI)).catch(() => null);
      if (response === null) throw new Error(recordedWords.unreachable(path));
      if (!response.ok) throw new Error(recordedWords.missing(path, response.status));
      return readText(response, path, maxBytes);
    },
  };
}

/** Piece by piece, so that a file that is too large is given up early. */
async function readText({ body }: Response, path: string, maxBytes: number): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(recordedWords.unreachable(path));
    });
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new Error(recordedWords.tooLarge(path, maxBytes));
    }
    text += decoder.decode(value, { stream: true });
  }
}
