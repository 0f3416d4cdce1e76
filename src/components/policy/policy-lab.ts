// What the transport of every meta-RL lab offers: its engines and its paces.
import { policyWords as words } from '../../words/policy.ts';
import type { LabSpeeds, TrainingLab } from '../lab-context.ts';

/** Engines that have policy gradients, as the worker offers them. */
export const POLICY_ENGINES: TrainingLab['engines'] = [
  { id: 'fused-wasm', kind: words.engines.kernels },
  { id: 'composed-wasm', kind: words.engines.autodiff },
  { id: 'composed-webgpu', kind: words.engines.graphics },
  { id: 'reference', kind: words.engines.byHand },
];

/** The paces that they offer. */
export const POLICY_SPEEDS: LabSpeeds = {
  title: words.speedTitle,
  options: [
    { label: words.perSecond('¼'), rate: 0.25 },
    { label: words.perSecond('½'), rate: 0.5 },
    { label: words.perSecond('1'), rate: 1 },
    { label: words.perSecond('2'), rate: 2 },
    { label: words.fastest, rate: null },
  ],
};
