// Paragraphs of a story: words, *stress* and formulas between $ and $ in the notation of the pseudocode.
import { MathsLine } from '../reading/MathsLine.tsx';

const PARTS = /\$([^$]+)\$|\*([^*]+)\*/g;

export interface CaptionPart {
  readonly kind: 'words' | 'stress' | 'formula';
  readonly text: string;
}

/** The paragraph in its parts, in order. A lone $ or * is a character like any other. */
export function captionParts(paragraph: string): readonly CaptionPart[] {
  const parts: CaptionPart[] = [];
  let end = 0;
  for (const match of paragraph.matchAll(PARTS)) {
    if (match.index > end) parts.push({ kind: 'words', text: paragraph.slice(end, match.index) });
    const [whole, formula, stress] = match;
    if (formula !== undefined) parts.push({ kind: 'formula', text: formula });
    else parts.push({ kind: 'stress', text: stress ?? '' });
    end = match.index + whole.length;
  }
  if (end < paragraph.length) parts.push({ kind: 'words', text: paragraph.slice(end) });
  return parts;
}

function Part({ kind, text }: CaptionPart) {
  if (kind === 'formula') return <MathsLine text={text} entersHere={false} />;
  return kind === 'stress' ? <em>{text}</em> : text;
}

export function Caption({ paragraphs }: { readonly paragraphs: readonly string[] }) {
  return paragraphs.map((paragraph) => (
    <p key={paragraph}>
      {captionParts(paragraph).map((part, at) => (
        <Part key={at} {...part} />
      ))}
    </p>
  ));
}
