// Every algorithm by its id.
import type { AlgorithmId } from '../experiment/experiment.ts';
import type { Algorithm } from './algorithm.ts';
import { fomaml } from './fomaml.ts';
import { maml } from './maml.ts';
import { oracle } from './oracle.ts';
import { pretrained } from './pretrained.ts';
import { random } from './random.ts';
import { reptile } from './reptile.ts';
import { rmaml } from './rmaml.ts';

const ALGORITHMS: Readonly<Record<AlgorithmId, Algorithm>> = {
  maml,
  fomaml,
  reptile,
  rmaml,
  pretrained,
  random,
  oracle,
};

/** The algorithm called `id`. */
export function algorithmById(id: AlgorithmId): Algorithm {
  return ALGORITHMS[id];
}
