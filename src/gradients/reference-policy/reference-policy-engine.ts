// The float64 policy-gradient engine: the tests' yardstick for meta-RL. All its parts are elsewhere: rows-kernels.ts
// differentiates one task's losses, policy-objective.ts goes through the inner steps.
import type { PolicyGradientEngine } from '../policy-gradient.ts';
import { createKernelPolicyEngine } from '../policy-objective.ts';
import { createReferenceKernels } from './rows-kernels.ts';

/** The engine 'reference' for policies. It computes within the call and holds no device. */
export function createReferencePolicyEngine(): PolicyGradientEngine {
  return createKernelPolicyEngine(createReferenceKernels());
}
