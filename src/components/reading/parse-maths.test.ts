import { describe, expect, it } from 'vitest';
import { algorithmById } from '../../algorithms/algorithms.ts';
import { ALGORITHM_IDS, STRATEGIES } from '../../experiment/experiment.ts';
import { inLab, LAB_IDS } from '../../experiment/labs.ts';
import { PRESETS } from '../../experiment/presets.ts';
import { REACHING_PRESETS } from '../../experiment/reaching-presets.ts';
import { reachingPseudocode } from '../reaching/pseudocode.ts';
import { atomText, type LinePart, parseMathsLine } from './parse-maths.ts';
import { symbolOf, symbolOfAtom } from './symbols.ts';

/** "for |M| tasks |Tᵢ| from |p(T)|:" — formulas between bars. */
function marked(parts: readonly LinePart[]): string {
  return parts.map((part) => (part.kind === 'words' ? part.text : `⟨${mathsText(part)}⟩`)).join('');
}

function mathsText(part: Extract<LinePart, { kind: 'maths' }>): string {
  return part.parts.map((one) => (one.kind === 'atom' ? atomText(one) : one.text)).join('');
}

describe('parseMathsLine', () => {
  it('tells words from formulas', () => {
    expect(marked(parseMathsLine('for M − L tasks Tᵢ from p(T) and L medium ones from B:'))).toBe(
      'for ⟨M−L⟩ tasks ⟨Tᵢ⟩ from ⟨p(T)⟩ and ⟨L⟩ medium ones from ⟨B⟩:',
    );
    expect(marked(parseMathsLine('θ′ᵢ ← θ′ᵢ − α gᵢ, k = 5 times from θ'))).toBe(
      '⟨θ′ᵢ←θ′ᵢ−αgᵢ⟩, ⟨k=5⟩ times from ⟨θ⟩',
    );
    expect(marked(parseMathsLine('θ ← Adam(θ, β, meanᵢ ∇θ Qᵢ(θ′ᵢ(θ)))'))).toBe(
      '⟨θ←Adam(θ,β,meanᵢ∇θQᵢ(θ′ᵢ(θ)))⟩',
    );
    expect(marked(parseMathsLine('L ← round(MAX_L · min(1, t ∕ ramp))'))).toContain(
      '⟨L←round(MAX_L·min(1,t∕⟩',
    );
    expect(marked(parseMathsLine('the L of B with s nearest to the mean'))).toBe(
      'the ⟨L⟩ of ⟨B⟩ with ⟨s⟩ nearest to the mean',
    );
  });

  it('loses no letter of any line that the labs show', () => {
    const lines = [
      ...PRESETS.flatMap(({ experiment }) =>
        ALGORITHM_IDS.flatMap((id) => algorithmById(id).pseudocode(experiment)),
      ),
      ...REACHING_PRESETS.flatMap(({ experiment }) =>
        STRATEGIES.flatMap((strategy) => reachingPseudocode(experiment, strategy)),
      ),
    ];
    const bare = (text: string) => text.replace(/\s/gu, '');
    for (const { text, value } of lines) {
      const parts = parseMathsLine(text);
      const said = parts.map((part) => (part.kind === 'words' ? part.text : mathsText(part))).join('');
      expect(bare(said)).toBe(bare(text));
      if (value === undefined) continue;
      const means: unknown = 'means' in value ? value.means : value.symbol;
      expect(symbolOf(String(means), 'value'), value.symbol).not.toBeNull();
    }
  });
});

describe('symbolOf', () => {
  it('knows the symbol of every setting in every lab', () => {
    const unknown = LAB_IDS.flatMap((id) =>
      inLab(id, (lab) => lab.fieldKeys.map((key) => lab.field(key).symbol).filter((symbol) => symbol !== '')),
    ).filter((symbol) => symbolOf(symbol) === null);
    expect(unknown).toEqual([]);
  });
});

describe('symbolOfAtom', () => {
  const meanings = (line: string) =>
    parseMathsLine(line).flatMap((part) =>
      part.kind === 'words'
        ? []
        : part.parts.flatMap((one, at) =>
            one.kind === 'atom'
              ? [`${atomText(one)}: ${symbolOfAtom(one, part.parts[at - 1], part.parts[at + 1])}`]
              : [],
          ),
    );

  it('tells the loss L from the number L', () => {
    expect(meanings('for M − L tasks')).toContain('L: replayed');
    expect(meanings('gᵢ ← ∇Lᵢ(θ)')).toContain('Lᵢ: support-loss');
    expect(meanings('α ← clamp(α − α₀ meanᵢ ∂L(θ′ᵢ; D′ᵢ)/∂α)')).toContain('L: support-loss');
    expect(meanings('L ← MAX_L')).toEqual(['L: replayed', 'MAX_L: max-replayed']);
  });

  it('knows primes, indices and names', () => {
    expect(meanings('θ′ᵢ ← θ − α gᵢ')).toEqual([
      'θ′ᵢ: theta-adapted',
      'θ: theta',
      'α: alpha',
      'gᵢ: inner-gradient',
    ]);
    expect(meanings('for M tasks Tᵢ from p(T)')).toEqual([
      'M: meta-batch',
      'Tᵢ: task',
      'p: task-distribution',
      'T: task',
    ]);
    expect(meanings('α ← clamp(α − α₀ meanᵢ ∂Qᵢ/∂α)')).toEqual([
      'α: alpha',
      'clamp: null',
      'α: alpha',
      'α₀: alpha-rate',
      'meanᵢ: null',
      'Qᵢ: query-loss',
      'α: alpha',
    ]);
  });
});
