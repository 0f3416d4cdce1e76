// Lines that several algorithms' pseudocode share. Which of them appear, and in which words, follows the experiment:
// what is shown is what runs.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import type { PolicyExperiment } from '../../experiment/policy-experiment.ts';
import { policyLineWords } from '../../words/pseudocode-policies.ts';
import { usesAdaptiveAlpha } from '../adaptive-alpha.ts';
import { usesTaskBuffer } from '../task-buffer.ts';
import { adamKlLimit } from './outer-step.ts';
import type { PolicyPseudocodeLine } from './policy-algorithm.ts';

/** "for M tasks …:", and where L of them come from when there is a buffer. */
export function sampleLine(experiment: PolicyExperiment, algorithm: AlgorithmId): PolicyPseudocodeLine {
  const { strategy } = experiment;
  if (!usesTaskBuffer(experiment, algorithm) || strategy === 'uniform') {
    return {
      text: policyLineWords.sample,
      indent: 0,
      phase: 'sample',
      value: { key: 'taskCount', symbol: 'M' },
    };
  }
  return {
    text: policyLineWords.sampleReplayed(strategy),
    indent: 0,
    phase: 'sample',
    value: { key: 'replayedTasks', symbol: 'L' },
  };
}

/** Dᵢ ← K trajectories with π_θ. */
export function rollOutLine(innerSteps: number): PolicyPseudocodeLine {
  return {
    text: innerSteps > 1 ? policyLineWords.rollOuts(innerSteps) : policyLineWords.rollOut,
    indent: 1,
    phase: 'roll-out',
    value: { key: 'meanReturn', symbol: 'R' },
  };
}

/** θ′ᵢ ← θ − α ∇L. */
export function adaptLine(innerSteps: number): PolicyPseudocodeLine {
  return {
    text: innerSteps > 1 ? 'θ′ᵢ ← θ′ᵢ − α ∇Lᵢ(θ′ᵢ; Dᵢ)' : 'θ′ᵢ ← θ − α ∇Lᵢ(θ; Dᵢ)',
    indent: innerSteps > 1 ? 2 : 1,
    phase: 'adapt',
    value: { key: 'innerGradientNorm', symbol: '‖∇L‖' },
  };
}

/** D′ᵢ ← K trajectories with π_θ′. */
export function rollOutAdaptedLine(): PolicyPseudocodeLine {
  return {
    text: policyLineWords.rollOutAdapted,
    indent: 1,
    phase: 'roll-out-adapted',
    value: { key: 'meanReturn', symbol: 'R′' },
  };
}

/** θ ← the outer optimiser's step along the mean of `gradient` over tasks. */
export function metaUpdateLine(experiment: PolicyExperiment, gradient: string): PolicyPseudocodeLine {
  const { outerOptimizer, outerSteps, klTarget } = experiment;
  const limit = klTarget === null ? 'δ' : String(adamKlLimit(experiment));
  const adam = `θ ← Adam(θ, β, meanᵢ ${gradient})`;
  const adamText = outerSteps > 1 ? policyLineWords.repeated(adam, outerSteps, limit) : adam;
  return {
    text: outerOptimizer === 'trpo' ? `θ ← TRPO(θ, meanᵢ ${gradient}), KL ≤ δ` : adamText,
    indent: 0,
    phase: 'meta-update',
    value: { key: 'kl', symbol: 'KL' },
  };
}

/** The step of α that RMAML adds to any algorithm: before the one of θ. */
export function alphaLines(experiment: PolicyExperiment, algorithm: AlgorithmId): PolicyPseudocodeLine[] {
  if (!usesAdaptiveAlpha(experiment, algorithm)) return [];
  return [
    {
      text: 'α ← clamp(α − α₀ meanᵢ ∂L(θ′ᵢ; D′ᵢ)/∂α)',
      indent: 0,
      phase: 'meta-update',
      value: { key: 'alpha', symbol: 'α' },
    },
  ];
}

/** The refilling of B that RMAML adds to any algorithm. */
export function bufferLines(experiment: PolicyExperiment, algorithm: AlgorithmId): PolicyPseudocodeLine[] {
  if (!usesTaskBuffer(experiment, algorithm)) return [];
  return [
    {
      text: policyLineWords.buffer,
      indent: 0,
      phase: 'meta-update',
      value: { key: 'bufferSize', symbol: '|B|' },
    },
  ];
}
