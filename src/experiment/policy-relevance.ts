// Which parts of a meta-RL experiment its algorithms and its outer optimiser use: what the control panel shows, and what
// can alter training. relevance.ts has what these share with supervised labs.
import type { PolicyExperiment } from './policy-experiment.ts';
import { usesMetaGradient } from './relevance.ts';

/** Whether some algorithm takes outer steps by TRPO. */
export const usesTrpo = (e: PolicyExperiment) => usesMetaGradient(e) && e.outerOptimizer === 'trpo';
/** Whether some algorithm takes outer steps by Adam. */
export const usesAdam = (e: PolicyExperiment) => usesMetaGradient(e) && e.outerOptimizer === 'adam';
/** Whether Adam takes more than one step on a batch; only then does it look at ratios. */
export const usesFurtherSteps = (e: PolicyExperiment) => usesAdam(e) && e.outerSteps > 1;
/** TRPO's trust region; Adam, without a KL target, looks at KL before its second step on a batch and later ones. */
export const limitsKl = (e: PolicyExperiment) => usesTrpo(e) || (usesFurtherSteps(e) && e.klTarget === null);
