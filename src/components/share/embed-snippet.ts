// The HTML that puts the page without its chrome into somebody else's page.

/** What makes a frame of that experiment. `fragment` begins with "#". */
export interface EmbedFrame {
  /** The page's address without query and fragment. */
  readonly address: string;
  readonly fragment: string;
  /** Accessible name of the frame. */
  readonly title: string;
  /** CSS pixels. */
  readonly height: number;
}

/** One iframe element, its attributes escaped. */
export function embedSnippet({ address, fragment, title, height }: EmbedFrame): string {
  const attributes = [
    ['src', `${address}?embed${fragment}`],
    ['title', title],
    ['width', '100%'],
    ['height', String(height)],
    ['allow', 'fullscreen; clipboard-write'],
    ['loading', 'lazy'],
    ['style', 'border: 0'],
  ] as const;
  return `<iframe ${attributes.map(([name, value]) => `${name}="${escapeAttribute(value)}"`).join(' ')}></iframe>`;
}

function escapeAttribute(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}
