// Lines that several algorithms' pseudocode share. Which of them appear, and in which words, follows the
// experiment: what is shown is what runs.
import type { AlgorithmId, SinusoidExperiment } from '../experiment/experiment.ts';
import { lineWords } from '../words/pseudocode-lines.ts';
import { usesAdaptiveAlpha } from './adaptive-alpha.ts';
import type { PseudocodeLine } from './algorithm.ts';
import { usesTaskBuffer } from './task-buffer.ts';

/** "for M tasks …:", and where L of them come from when there is a buffer. */
export function sampleLine(experiment: SinusoidExperiment, algorithm: AlgorithmId): PseudocodeLine {
  if (!usesTaskBuffer(experiment, algorithm)) {
    return {
      text: lineWords.sample,
      indent: 0,
      phase: 'sample',
      value: { key: 'taskCount', symbol: 'M' },
    };
  }
  const text =
    experiment.strategy === 'uniform'
      ? lineWords.sampleNoneReplayed
      : lineWords.sampleReplayed(experiment.strategy);
  return { text, indent: 0, phase: 'sample', value: { key: 'replayedTasks', symbol: 'L' } };
}

/** gᵢ ← ∇Lᵢ on the support set. */
export function innerGradientLine(innerSteps: number, points = lineWords.supportPoints): PseudocodeLine {
  const text = lineWords.gradientOn(`gᵢ ← ∇Lᵢ(${innerSteps > 1 ? 'θ′ᵢ' : 'θ'})`, points);
  return {
    text,
    indent: 1,
    phase: 'inner-gradient',
    value: { key: 'innerGradientNorm', symbol: '‖g‖' },
  };
}

/** θ′ᵢ ← θ − α gᵢ, k times. */
export function adaptLine(innerSteps: number): PseudocodeLine {
  const text = innerSteps > 1 ? lineWords.repeated('θ′ᵢ ← θ′ᵢ − α gᵢ', innerSteps) : 'θ′ᵢ ← θ − α gᵢ';
  return { text, indent: 1, phase: 'adapt', value: { key: 'alpha', symbol: 'α' } };
}

/** Qᵢ ← query loss. */
export function queryLossLine(at: string): PseudocodeLine {
  return {
    text: lineWords.queryLoss(at),
    indent: 1,
    phase: 'query-loss',
    value: { key: 'queryLoss', symbol: 'Q' },
  };
}

/** θ ← the outer optimiser's step along `gradient` ("∇θ Qᵢ(θ′ᵢ)"), summed or averaged over tasks. */
export function metaUpdateLine(experiment: SinusoidExperiment, gradient: string): PseudocodeLine {
  const total = `${experiment.metaLoss === 'sum' ? 'Σᵢ' : 'meanᵢ'} ${gradient}`;
  const text = experiment.metaOptimizer === 'adam' ? `θ ← Adam(θ, β, ${total})` : `θ ← θ − β ${total}`;
  return { text, indent: 0, phase: 'meta-update', value: { key: 'updateNorm', symbol: '‖Δθ‖' } };
}

/** The lines that RMAML adds to any algorithm: the step of α and the refilling of B. */
export function rmamlLines(experiment: SinusoidExperiment, algorithm: AlgorithmId): PseudocodeLine[] {
  const lines: PseudocodeLine[] = [];
  if (usesAdaptiveAlpha(experiment, algorithm)) {
    const text = 'α ← clamp(α − α₀ meanᵢ ∂Qᵢ/∂α)';
    lines.push({ text, indent: 0, phase: 'meta-update', value: { key: 'alpha', symbol: 'α' } });
  }
  if (usesTaskBuffer(experiment, algorithm)) {
    const text = lineWords.buffer;
    lines.push({ text, indent: 0, phase: 'meta-update', value: { key: 'bufferSize', symbol: '|B|' } });
  }
  return lines;
}
