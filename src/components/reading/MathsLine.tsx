// A line of pseudocode with its formulas as MathML: what the browser lays out itself, what can be copied, and what
// screen readers speak as mathematics. Fetched apart from the labs (PseudocodeList shows plain text until it is here).
import { createElement, memo, type ReactNode } from 'react';
import { type Atom, atomText, type MathPart, parseMathsLine } from './parse-maths.ts';
import { symbolOfAtom } from './symbols.ts';

interface MathsLineProps {
  readonly text: string;
  /** Its first symbol is where the Tab key enters the pseudocode. */
  readonly entersHere: boolean;
}

const mi = (text: string, isName: boolean): ReactNode =>
  createElement('mi', isName ? { key: text, mathvariant: 'normal' } : { key: text }, text);
const mo = (text: string, key: string, more: Readonly<Record<string, string>> = {}): ReactNode =>
  createElement('mo', { key, ...more }, text);

/**
 * The letter with its primes and index, in the fewest elements. Primes stand beside the letter, where the page's serif
 * has them raised already: as a superscript they would be small, high and cut off by the line.
 */
function scripts({
  base,
  primes,
  sub,
  isName,
}: Atom): readonly [tag: string, children: readonly ReactNode[]] {
  const letter = mi(base, isName || base.length > 1);
  const whole = primes === '' ? [letter] : [letter, mi(primes, true)];
  if (sub === '') return ['mrow', whole];
  return ['msub', [createElement('mrow', { key: 'whole' }, ...whole), mi(sub, /^\d/.test(sub))]];
}

/** ∇ right before θ: by what is differentiated. */
function isNabla(part: MathPart | undefined): boolean {
  return part?.kind === 'operator' && part.text === '∇';
}

function isTheta(part: MathPart | undefined): part is Atom {
  return part?.kind === 'atom' && part.base === 'θ' && part.primes === '' && part.sub === '';
}

/** Operators whose spacing or size the browser's dictionary gets wrong in a line of code. */
function operatorNode(text: string, key: string): ReactNode {
  if (text === '‖' || text === '|') return mo(text, key, { stretchy: 'false', lspace: '0', rspace: '0' });
  if ('()'.includes(text)) return mo(text, key, { stretchy: 'false' });
  if (text === '∕' || text === '/') return mo('/', key, { lspace: '0', rspace: '0' });
  if ('∇∂ΔΣ'.includes(text)) return mo(text, key, { lspace: '0.1em', rspace: '0', largeop: 'false' });
  if (',;'.includes(text)) return mo(text, key, { lspace: '0', rspace: '0.3em' });
  return mo(text, key);
}

/** `enters`: taken by the first atom that has an entry. */
function formulaNodes(parts: readonly MathPart[], enters: { value: boolean }): readonly ReactNode[] {
  const atomNode = (atom: Atom, at: number): ReactNode => {
    const symbol = symbolOfAtom(atom, parts[at - 1], parts[at + 1]);
    const [tag, children] = scripts(atom);
    const key = `${at} ${atomText(atom)}`;
    if (symbol === null) return createElement(tag, { key }, ...children);
    const tabIndex = enters.value ? 0 : -1;
    enters.value = false;
    return createElement(tag, { key, 'data-symbol': symbol, tabIndex }, ...children);
  };
  const nodes: ReactNode[] = [];
  for (let at = 0; at < parts.length; at++) {
    const part = parts[at]!;
    const next = parts[at + 1];
    if (part.kind === 'number') nodes.push(createElement('mn', { key: `${at} ${part.text}` }, part.text));
    else if (part.kind === 'atom') nodes.push(atomNode(part, at));
    else if (isNabla(part) && isTheta(next) && parts[at + 2]?.kind === 'atom') {
      nodes.push(
        createElement('msub', { key: `${at} ∇θ` }, mo('∇', '∇', { rspace: '0' }), atomNode(next, at + 1)),
      );
      at++;
    } else nodes.push(operatorNode(part.text, `${at} ${part.text}`));
  }
  return nodes;
}

export const MathsLine = memo(function MathsLine({ text, entersHere }: MathsLineProps) {
  const enters = { value: entersHere };
  return parseMathsLine(text).map((part, at) =>
    part.kind === 'words' ? (
      <span key={at} className="line-words">
        {part.text}
      </span>
    ) : (
      createElement('math', { key: `${at} maths` }, ...formulaNodes(part.parts, enters))
    ),
  );
});
