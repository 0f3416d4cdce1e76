// Where a meta-iteration's time goes.
import { inLanguages } from '../language.ts';

export const secondsWords = inLanguages({
  en: {
    rollOuts: 'roll-outs',
    inner: 'inner',
    outer: 'outer',
    milliseconds: (count: number) => `${count} ms`,
    /** `parts`: each part's name and its seconds. */
    summary: (name: string, total: string, parts: string) => `${name} ${total} per iteration: ${parts}.`,
  },
});
