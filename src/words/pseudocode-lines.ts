// Pseudocode of the supervised algorithms: the lines that have words in them. Formulas are the same in every language,
// and stand with the algorithms. One capital letter is a symbol (components/reading/).
import { inLanguages } from './language.ts';

export const lineWords = inLanguages({
  en: {
    sample: 'for M tasks Tᵢ from p(T):',
    sampleNoneReplayed: 'for M tasks Tᵢ from p(T), none replayed:',
    sampleReplayed: (strategy: 'easy' | 'medium' | 'hard') =>
      `for M − L tasks Tᵢ from p(T) and L ${strategy} ones from B:`,
    gradientOn: (gradient: string, points: string) => `${gradient} on ${points}`,
    gradientAt: (gradient: string, at: string) => `${gradient} at ${at}`,
    supportPoints: 'K support points',
    freshPoints: 'K fresh points',
    repeated: (step: string, count: number) => `${step}, k = ${count} times from θ`,
    queryLoss: (at: string) => `Qᵢ ← loss of ${at} on the query points`,
    buffer: 'B ← all Tᵢ with their scores Qᵢ',
    toldTheTask: 'fᵢ ← f(x, Aᵢ, φᵢ; θ), told the task',
    sameForAll: 'fᵢ ← the same f(x; θ) for every task',
    noInnerStep: 'θ′ᵢ ← θ, no inner step',
    nothingLearned: 'θ ← θ, nothing is learned',
  },
});
