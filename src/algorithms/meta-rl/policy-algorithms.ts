// Every algorithm of meta-RL by its id.
import type { AlgorithmId } from '../../experiment/experiment.ts';
import { fomaml } from './fomaml.ts';
import { maml } from './maml.ts';
import { oracle } from './oracle.ts';
import type { PolicyAlgorithm } from './policy-algorithm.ts';
import { pretrained } from './pretrained.ts';
import { random } from './random.ts';
import { reptile } from './reptile.ts';
import { rmaml } from './rmaml.ts';

const ALGORITHMS: Readonly<Record<AlgorithmId, PolicyAlgorithm>> = {
  maml,
  fomaml,
  reptile,
  rmaml,
  pretrained,
  random,
  oracle,
};

/** The algorithm called `id`. */
export function policyAlgorithmById(id: AlgorithmId): PolicyAlgorithm {
  return ALGORITHMS[id];
}
