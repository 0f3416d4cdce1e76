// What the transport of every meta-RL lab offers: its engines and its paces.
import type { LabSpeeds, TrainingLab } from '../lab-context.ts';

/** Engines that have policy gradients, as the worker offers them. */
export const POLICY_ENGINES: TrainingLab['engines'] = [
  { id: 'fused-wasm', kind: 'a kernel per part of a meta-step' },
  { id: 'composed-wasm', kind: 'autodiff, all tasks at once' },
  { id: 'composed-webgpu', kind: 'autodiff on the graphics card' },
  { id: 'reference', kind: 'derived by hand, float64' },
];

/** The paces that they offer. */
export const POLICY_SPEEDS: LabSpeeds = {
  title: 'Meta-iterations per second, at most',
  options: [
    { label: '¼ it/s', rate: 0.25 },
    { label: '½ it/s', rate: 0.5 },
    { label: '1 it/s', rate: 1 },
    { label: '2 it/s', rate: 2 },
    { label: 'max', rate: null },
  ],
};
