// Which glossary entry a mark of a line, a setting's symbol or a live value's name means. Only what stands beside a
// letter decides: L is the number of replayed tasks, but Lᵢ, ∇L and L(…) are losses.
import type { SymbolId } from '../../words/glossary.ts';
import { type Atom, atomText, type MathPart } from './parse-maths.ts';

/** By base letter and primes; subscripts change nothing unless listed here with one. */
const MEANINGS: Readonly<Record<string, SymbolId>> = {
  θ: 'theta',
  'θ′': 'theta-adapted',
  α: 'alpha',
  'α₀': 'alpha-rate',
  β: 'beta',
  ε: 'epsilon',
  k: 'k',
  K: 'support-size',
  Q: 'query-size',
  Qᵢ: 'query-loss',
  M: 'meta-batch',
  N: 'meta-iterations',
  T: 'iteration',
  Tᵢ: 'task',
  Lᵢ: 'support-loss',
  L: 'replayed',
  MAX_L: 'max-replayed',
  gᵢ: 'inner-gradient',
  g: 'inner-gradient',
  f: 'network',
  fᵢ: 'network',
  x: 'input',
  A: 'amplitude',
  φ: 'phase',
  σ: 'spread',
  n: 'task-count',
  B: 'buffer',
  s: 'score',
  w: 'position',
  'w′': 'position',
  c: 'reaching-task',
  t: 'iteration',
  D: 'trajectories',
  'D′': 'trajectories',
  R: 'episode-return',
  'R′': 'return-adapted',
  π: 'policy',
  H: 'horizon',
  γ: 'discount',
  λ: 'gae-lambda',
  KL: 'kl',
  δ: 'delta',
  r: 'reward',
};

/** Values and settings whose printed symbol is more than one letter. */
const WHOLE: Readonly<Record<string, SymbolId>> = {
  '‖g‖': 'inner-gradient',
  '‖∇L‖': 'inner-gradient',
  '‖Δθ‖': 'update-norm',
  '‖Δw‖': 'update-norm',
  '|B|': 'buffer',
  'L(t)': 'replayed',
  'ε(t)': 'epsilon',
  // Beside a line of pseudocode Q is the loss that the line speaks of; as a setting it counts points.
  'value:Q': 'query-loss',
};

/** The entry of an atom between its neighbours; null: none, as for names of functions. */
export function symbolOfAtom(
  atom: Atom,
  before: MathPart | undefined,
  after: MathPart | undefined,
): SymbolId | null {
  const text = atomText(atom);
  if (atom.base === 'L' && atom.sub === '') {
    const isLoss =
      (before?.kind === 'operator' && '∇∂'.includes(before.text)) ||
      (before?.kind === 'atom' && before.base === 'θ') ||
      (after?.kind === 'operator' && after.text === '(');
    if (isLoss) return 'support-loss';
  }
  const isDistribution = after?.kind === 'operator' && after.text === '(';
  if (text === 'p' && isDistribution) return 'task-distribution';
  // T inside p(T) is any task; alone it is the last iteration.
  if (text === 'T' && before?.kind === 'operator' && before.text === '(') return 'task';
  return MEANINGS[text] ?? MEANINGS[atom.base + atom.primes] ?? null;
}

/** The entry of a setting's symbol, or of a live value's name ("‖g‖"); null: none. */
export function symbolOf(printed: string, kind: 'setting' | 'value' = 'setting'): SymbolId | null {
  return (
    WHOLE[`${kind}:${printed}`] ??
    WHOLE[printed] ??
    MEANINGS[printed] ??
    MEANINGS[printed.replace(/[₀₁₂ᵢ]+$/u, '')] ??
    null
  );
}
