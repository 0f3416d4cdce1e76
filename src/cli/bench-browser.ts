// `bench --browser`: the same measurements in a browser's worker. The page and its driver live in bench/browser/, in a
// process of their own: they need the bundler and the browser driver, which nothing in src/ may import.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { CheetahBench, CheetahBenchPlan } from './bench-cheetah.ts';
import type { BenchMeasurement, BenchPlan, BenchProgress } from './bench-rounds.ts';

/** One line of JSON on the driver's stdout. */
export type FromDriver =
  | { readonly kind: 'progress'; readonly progress: BenchProgress }
  | { readonly kind: 'done'; readonly measurement: BenchMeasurement; readonly browser: string }
  | { readonly kind: 'note'; readonly note: string }
  | { readonly kind: 'cheetah'; readonly measured: CheetahBench; readonly browser: string }
  | { readonly kind: 'failed'; readonly reason: string };

/** A plan as the driver reads it: cases go by name, for experiments stay where they are made. */
export type DriverPlan =
  | ({ readonly kind: 'cases'; readonly cases: readonly string[] } & Omit<BenchPlan, 'cases'>)
  | ({ readonly kind: 'cheetah' } & CheetahBenchPlan);

/** Measures the plan in an installed Chromium; rejects with the reason when there is none or it fails. */
export async function measureInChromium(
  plan: BenchPlan,
  onProgress: (progress: BenchProgress) => void,
): Promise<{ readonly measurement: BenchMeasurement; readonly browser: string }> {
  const named: DriverPlan = { ...plan, kind: 'cases', cases: plan.cases.map(({ name }) => name) };
  for await (const message of drive(named)) {
    if (message.kind === 'progress') onProgress(message.progress);
    if (message.kind === 'done') return message;
  }
  throw new Error(NO_RESULT);
}

/** The same for the half-cheetah. */
export async function measureCheetahInChromium(
  plan: CheetahBenchPlan,
  onProgress: (note: string) => void,
): Promise<{ readonly measured: CheetahBench; readonly browser: string }> {
  for await (const message of drive({ ...plan, kind: 'cheetah' })) {
    if (message.kind === 'note') onProgress(message.note);
    if (message.kind === 'cheetah') return message;
  }
  throw new Error(NO_RESULT);
}

const NO_RESULT = 'The benchmark in Chromium ended without a result; its messages are above.';

/** The driver's messages until it ends; throws where it fails. */
async function* drive(plan: DriverPlan): AsyncGenerator<FromDriver, void, void> {
  const driver = join(fileURLToPath(import.meta.url), '../../../bench/browser/run.ts');
  // The same loader of TypeScript as this process has.
  const child = spawn(process.execPath, [...process.execArgv, driver], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.end(JSON.stringify(plan));
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    const message: FromDriver = JSON.parse(line);
    if (message.kind === 'failed') throw new Error(`The benchmark in Chromium failed: ${message.reason}`);
    yield message;
  }
}
