// Pseudocode of the algorithms for policies: the lines that have words in them.
import { inLanguages } from './language.ts';

export const policyLineWords = inLanguages({
  en: {
    sample: 'for M tasks Tᵢ from p(T):',
    sampleReplayed: (strategy: 'easy' | 'medium' | 'hard') =>
      `for M − L tasks Tᵢ from p(T) and L ${strategy} ones from B:`,
    rollOut: 'Dᵢ ← K trajectories with θ',
    rollOuts: (count: number) => `${count} times: Dᵢ ← K trajectories with θ′ᵢ, first θ`,
    rollOutAdapted: 'D′ᵢ ← K trajectories with θ′ᵢ',
    rollOutToLook: 'D′ᵢ ← K trajectories with θ′ᵢ, to look at',
    /** `limit` is δ or a number. */
    repeated: (step: string, count: number, limit: string) => `${step}, ${count} times while KL ≤ ${limit}`,
    buffer: 'B ← all Tᵢ, hardest where R′ᵢ is least',
    unchanged: 'θ stays as it is',
  },
});
