// Recorded runs for tests: run files of policies that have learned nothing, and a server's answers with them.
import type { Page } from '@playwright/test';
import { CHEETAH_PRESETS } from '../../src/experiment/cheetah-presets.ts';
import type { AlgorithmId } from '../../src/experiment/experiment.ts';
import { parameterCounts } from '../../src/records/recorded-experiments.ts';
import { encodeRunRecord } from '../../src/records/run-file.ts';
import { RUN_INDEX_FORMAT, RUN_INDEX_VERSION } from '../../src/records/run-index.ts';

const PRESET = CHEETAH_PRESETS[0].experiment;
const ITERATIONS = [0, 1, 2, 4, 8];
export const END = 8;

/** The text of a run file: the direction preset on a small network, so that going on from it is quick. */
export function runFile(algorithm: AlgorithmId): string {
  const experiment = {
    ...PRESET,
    hiddenWidths: [16, 16],
    metaBatchSize: 2,
    trajectoriesPerTask: 4,
    horizon: 30,
    testTrajectories: 4,
    testInnerSteps: 1,
    metaIterations: END,
    algorithms: [algorithm],
  };
  const metaParams = new Float32Array(parameterCounts(experiment, algorithm).parameter);
  const alpha = { mode: 'scalar' as const, values: Float32Array.of(0.1) };
  const rows = Array.from({ length: END }, (_, i) => i + 1);
  return encodeRunRecord(
    {
      title: `Direction, ${algorithm}`,
      program: '0.1.0',
      experiment,
      engine: 'fused-wasm',
      seconds: 720,
      iterations: END,
      runs: [
        {
          algorithm,
          divergedAt: null,
          metrics: { iteration: rows, returnBefore: rows, returnAfter: rows },
          adaptations: [],
          heldOut: [],
        },
      ],
      checkpoints: ITERATIONS.map((iteration) => ({
        iteration,
        runs: [{ algorithm, metaParams, alpha, environmentSteps: 100 * iteration, seconds: iteration }],
      })),
    },
    { precision: 'f16' },
  );
}

/** runs/index.json with these runs of the direction preset. */
export function runIndex(algorithms: readonly AlgorithmId[]): string {
  const runs = algorithms.map((algorithm) => ({
    file: `${algorithm}.json`,
    title: `Direction, ${algorithm}`,
    lab: 'cheetah',
    preset: PRESET.preset,
    family: 'dir',
    convention: 'gym',
    scale: 'live',
    algorithms: [algorithm],
    seed: 0,
    iterations: END,
    seconds: 720,
    bytes: 40_000,
    returns: [[-20, 200]],
  }));
  return JSON.stringify({ format: RUN_INDEX_FORMAT, version: RUN_INDEX_VERSION, runs });
}

/** Answers requests for files in runs/ with these texts instead of what the server has. */
export async function serveRuns(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  await page.route('**/runs/*.json', (route) => {
    const text = texts[new URL(route.request().url()).pathname.split('/').at(-1) ?? ''];
    return text === undefined
      ? route.fulfill({ status: 404 })
      : route.fulfill({ contentType: 'application/json', body: text });
  });
}
