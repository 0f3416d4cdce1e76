// What this engine can run on a device: everything whose buffers the device can hold.
import { parameterCount } from '../../models/mlp-shape.ts';
import type { EngineLimits } from '../meta-gradient.ts';
import { MOST_LAYERS } from './task-kernel.ts';
import { planTaskKernel, type Tuning } from './task-plan.ts';

/** How kernels are laid out on a device: see docs/decisions/0007-fused-webgpu.md for the measurements. */
export function tuningFor(device: GPUDevice, isSoftware: boolean): Tuning {
  const { maxComputeWorkgroupStorageSize, maxComputeInvocationsPerWorkgroup } = device.limits;
  // A software adapter computes four threads at once, and pays for clearing workgroup memory with code.
  if (isSoftware) return { threads: 4, workgroupBytes: 0, rows: 5 };
  const threads = maxComputeInvocationsPerWorkgroup >= 128 ? 128 : 64;
  return { threads, workgroupBytes: maxComputeWorkgroupStorageSize, rows: 4, fitsRows: true };
}

/** See MetaGradientEngine.unsupported. */
export function unsupportedBy(device: GPUDevice, tuning: Tuning, limits: EngineLimits): string | null {
  const { shape, innerSteps, taskCount, points } = limits;
  const { maxStorageBufferBindingSize, maxBufferSize, maxComputeWorkgroupsPerDimension } = device.limits;
  if (taskCount > maxComputeWorkgroupsPerDimension) {
    return `fused-webgpu holds up to ${maxComputeWorkgroupsPerDimension} tasks per batch here; got ${taskCount}`;
  }
  if (shape.sizes.length - 1 > MOST_LAYERS) {
    return `fused-webgpu holds up to ${MOST_LAYERS} layers; got ${shape.sizes.length - 1}`;
  }
  const plan = planTaskKernel(
    {
      shape,
      kind: 'second',
      innerSteps,
      alphaMode: 'parameter',
      wantAlphaGradient: true,
      supportSize: points,
      querySize: points,
    },
    tuning,
  );
  const bytes = 16 * taskCount * (plan.scratchQuads + 4 * plan.layout.size);
  const most = Math.min(maxStorageBufferBindingSize, maxBufferSize);
  if (bytes <= most) return null;
  const megabytes = (size: number) => Math.ceil(size / 2 ** 20);
  return (
    `fused-webgpu holds up to ${megabytes(most)} MiB of parameters and activations per batch here; ` +
    `${taskCount} tasks of ${points} points on ${parameterCount(shape)} parameters with ${innerSteps} inner steps ` +
    `need ${megabytes(bytes)} MiB`
  );
}
