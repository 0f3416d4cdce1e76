// Files that lie beside the page, fetched with a limit on their size. What goes wrong is a sentence for the user.
export interface FileSource {
  /** The text of the file at a path relative to the page. Rejects with what, got, expected, remedy. */
  read(path: string, maxBytes: number): Promise<string>;
}

/** Files of the page's own server, or of its offline copy; relative to the document, so below any path. */
export function browserFiles(): FileSource {
  return {
    async read(path, maxBytes) {
      const [response, { recordedWords: words }] = await Promise.all([
        fetch(new URL(path, document.baseURI)).catch(() => null),
        import('../words/recorded.ts'),
      ]);
      if (response === null) throw new Error(words.unreachable(path));
      if (!response.ok) throw new Error(words.missing(path, response.status));
      return readText(response, maxBytes, {
        unreachable: words.unreachable(path),
        tooLarge: words.tooLarge(path, maxBytes),
      });
    },
  };
}

/** Piece by piece, so that a file that is too large is given up early. */
async function readText(
  { body }: Response,
  maxBytes: number,
  words: { readonly unreachable: string; readonly tooLarge: string },
): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let bytes = 0;
  let text = '';
  for (;;) {
    const { done, value } = await reader.read().catch(() => {
      throw new Error(words.unreachable);
    });
    if (done) return text + decoder.decode();
    bytes += value.length;
    if (bytes > maxBytes) {
      await reader.cancel();
      throw new Error(words.tooLarge);
    }
    text += decoder.decode(value, { stream: true });
  }
}
