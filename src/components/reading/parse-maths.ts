// Reads a line of pseudocode in plain Unicode ("θ′ᵢ ← θ − α gᵢ on K support points") as words and formulas, so that the
// formulas can be drawn as MathML. Knows the alphabet of our lines, no TeX.

/** A letter (or name) with what hangs on it: θ′ᵢ, MAX_L, ∇θ. */
export interface Atom {
  readonly kind: 'atom';
  /** "θ", "MAX", "mean". */
  readonly base: string;
  /** ′, as many as there are. */
  readonly primes: string;
  /** "i", "0"; empty: none. */
  readonly sub: string;
  /** A name of several letters, set upright: mean, clamp, KL. */
  readonly isName: boolean;
}

export type MathPart =
  | Atom
  | { readonly kind: 'operator'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string };

export type LinePart =
  | { readonly kind: 'words'; readonly text: string }
  | { readonly kind: 'maths'; readonly parts: readonly MathPart[] };

const SUBSCRIPTS: Readonly<Record<string, string>> = {
  ᵢ: 'i',
  ⱼ: 'j',
  ₖ: 'k',
  '₀': '0',
  '₁': '1',
  '₂': '2',
};
/** Names that are mathematics wherever they stand. */
const NAMES = new Set(['KL', 'MAX', 'mean', 'clamp', 'round', 'min', 'max', 'Adam', 'TRPO']);
/** A name is a function where a bracket or an index follows; "mean" among words is a word. */
const ALWAYS_NAMES = new Set(['KL', 'MAX']);
const OPERATORS = '←−+·∕/=≤≥<>∇∂Σ‖|()×÷Δ';
const SEPARATORS = ',;:';

interface Token {
  readonly part: MathPart | null;
  readonly text: string;
  readonly spaceBefore: boolean;
}

const TOKEN =
  /\s*(?:(?<number>\d+(?:\.\d+)?)|(?<word>[A-Za-zα-ωΑ-Ω’“”–-]+)(?<primes>′*)(?<sub>_[A-Za-z]+|[ᵢⱼₖ₀₁₂]*)|(?<other>\S))/gu;

/** A word, or a letter with what hangs on it. */
function readWord([word, primes, sub]: readonly [string, string, string], next: string): MathPart | null {
  const isLetter = [...word].length === 1;
  const isName = !isLetter && NAMES.has(word) && (ALWAYS_NAMES.has(word) || sub !== '' || next === '(');
  if (!isLetter && !isName) return null;
  const plain = sub.startsWith('_')
    ? sub.slice(1)
    : [...sub].map((char) => SUBSCRIPTS[char] ?? char).join('');
  return { kind: 'atom', base: word, primes, sub: plain, isName };
}

function tokensOf(text: string): readonly Token[] {
  const found = [...text.matchAll(TOKEN)];
  return found.map((match): Token => {
    const { number, word, primes = '', sub = '', other } = match.groups ?? {};
    const next = text.charAt(match.index + match[0].length);
    const spaceBefore = /^\s/.test(match[0]);
    const shown = match[0].trimStart();
    if (number !== undefined) return { part: { kind: 'number', text: number }, text: shown, spaceBefore };
    if (word !== undefined) return { part: readWord([word, primes, sub], next), text: shown, spaceBefore };
    const isOperator = OPERATORS.includes(other ?? '') || SEPARATORS.includes(other ?? '');
    return { part: isOperator ? { kind: 'operator', text: shown } : null, text: shown, spaceBefore };
  });
}

/** Whether the separator at `at` belongs to a formula: inside brackets, with mathematics on both sides. */
function isOuterSeparator(tokens: readonly Token[], at: number, depth: number): boolean {
  const { part } = tokens[at]!;
  return part?.kind === 'operator' && SEPARATORS.includes(part.text) && depth === 0;
}

/** The line's words and formulas, in order; joined, their text is the line's (spaces of formulas aside). */
export function parseMathsLine(text: string): readonly LinePart[] {
  const tokens = tokensOf(text);
  const parts: LinePart[] = [];
  let words = '';
  let maths: MathPart[] = [];
  let depth = 0;
  const endMaths = () => {
    if (maths.length > 0) parts.push({ kind: 'maths', parts: maths });
    maths = [];
  };
  const endWords = () => {
    if (words !== '') parts.push({ kind: 'words', text: words });
    words = '';
  };
  tokens.forEach(({ part, text: shown, spaceBefore }, at) => {
    const isMaths = part !== null && !isOuterSeparator(tokens, at, depth);
    if (part?.kind === 'operator') depth += part.text === '(' ? 1 : part.text === ')' ? -1 : 0;
    const space = spaceBefore ? ' ' : '';
    if (isMaths) {
      if (maths.length === 0) {
        words += space;
        endWords();
      }
      maths.push(part);
    } else {
      endMaths();
      words += space + shown;
    }
  });
  endMaths();
  endWords();
  return parts;
}

/** An atom as plain Unicode again: "θ′ᵢ". */
export function atomText({ base, primes, sub }: Atom): string {
  if (sub === '') return base + primes;
  const small = Object.entries(SUBSCRIPTS).find(([, plain]) => plain === sub)?.[0];
  return `${base}${primes}${small ?? `_${sub}`}`;
}
