// What the benchmark's page and its worker say to each other. Types only.
import type { BenchMeasurement, BenchPlan, BenchProgress } from '../../src/cli/bench-rounds.ts';

/** A plan whose cases go by name: experiments stay where they are made. */
export interface NamedPlan extends Omit<BenchPlan, 'cases'> {
  readonly cases: readonly string[];
}

export type FromBenchWorker =
  | { readonly kind: 'progress'; readonly progress: BenchProgress }
  | { readonly kind: 'done'; readonly measurement: BenchMeasurement }
  | { readonly kind: 'failed'; readonly reason: string };
