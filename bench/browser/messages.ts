// What the benchmark's page and its worker say to each other. Types only; what is asked is a DriverPlan.
import type { CheetahBench } from '../../src/cli/bench-cheetah.ts';
import type { BenchMeasurement, BenchProgress } from '../../src/cli/bench-rounds.ts';

export type FromBenchWorker =
  | { readonly kind: 'progress'; readonly progress: BenchProgress }
  | { readonly kind: 'done'; readonly measurement: BenchMeasurement }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'cheetah'; readonly measured: CheetahBench }
  | { readonly kind: 'failed'; readonly reason: string };
