// What computes, and what a race of the engines found. Engines stand by their ids; the page puts names in their place
// (state/engine-names.ts).
import { inLanguages } from './language.ts';

export const engineWords = inLanguages({
  en: {
    oneThread: 'one thread',
    threads: (count: number) => `${count} threads`,
    simd: (threads: string) => `SIMD, ${threads}`,
    noWebGpu: 'this browser has no WebGPU',
    noAdapter: 'WebGPU finds no graphics adapter here',
    notRaced: (rival: string) => `not raced at start: ${rival} is faster wherever both run`,
    software: (adapter: string) =>
      `software adapter: ${adapter}; never chosen for speed, can be chosen by hand`,
    late: 'was still loading when training began; race again to measure it',
    failed: (reason: string) => `failed in the race: ${reason}`,
    alone: (engine: string, milliseconds: string) =>
      `${engine} takes ${milliseconds} ms for one meta-step; no other engine was measured.`,
    /** `others`: of the two kinds below. */
    shortest: (engine: string, milliseconds: string, others: string) =>
      `${engine} takes ${milliseconds} ms for one meta-step, the shortest time here: ${others}.`,
    asFast: (engine: string, milliseconds: string, others: string) =>
      `${engine} takes ${milliseconds} ms for one meta-step, and no other is clearly faster: ${others}.`,
    other: (engine: string, milliseconds: string) => `${engine} ${milliseconds} ms`,
    otherSoftware: (engine: string, milliseconds: string) =>
      `${engine} ${milliseconds} ms (a software adapter, never chosen for speed)`,
  },
});
