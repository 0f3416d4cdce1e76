// What a run file of the newest version may contain, value by value; what values mean to each other is checked in
// run-file-checks.ts. Unknown keys, __proto__ among them, are left out of what is read.
import * as v from 'valibot';
import { ALGORITHM_IDS, ALPHA_MODES } from '../experiment/experiment.ts';
import { PackedNumbers } from './packed-numbers.ts';
import {
  Cost,
  Count,
  Measured,
  PolicyPoint,
  SinusoidHeldOutPoint,
  SinusoidPoint,
} from './recorded-points.ts';

const MAX_RUNS = ALGORITHM_IDS.length;
const MAX_CHECKPOINTS = 1000;
const MAX_POINTS = 5000;
const MAX_ROWS = 100_000;

const Algorithm = v.picklist(ALGORITHM_IDS, ALGORITHM_IDS.join(', '));
/** Printable ASCII: names of engines and versions, which no hostile file may turn into anything else. */
const Name = v.pipe(v.string(), v.regex(/^[\x20-\x7e]{1,80}$/, 'up to 80 plain characters'));
const Title = v.pipe(
  v.string(),
  v.maxLength(200),
  // Control and direction-changing characters must not rearrange what is shown.
  v.transform((text) => text.replace(/\p{C}/gu, '')),
);

const Checkpoint = v.object({
  iteration: Count,
  runs: v.pipe(
    v.array(
      v.object({
        algorithm: Algorithm,
        metaParams: PackedNumbers,
        alpha: v.object({ mode: v.picklist(ALPHA_MODES, ALPHA_MODES.join(', ')), values: PackedNumbers }),
        environmentSteps: Count,
        seconds: Cost,
      }),
    ),
    v.maxLength(MAX_RUNS),
  ),
});

const FILE = {
  title: v.nullable(Title),
  program: Name,
  engine: Name,
  seconds: Cost,
  iterations: Count,
  checkpoints: v.pipe(v.array(Checkpoint), v.minLength(1), v.maxLength(MAX_CHECKPOINTS)),
};

/** By name; the names and the lengths are checked afterwards. Names such as __proto__ are dropped. */
const Metrics = v.record(v.string(), v.pipe(v.array(Measured), v.maxLength(MAX_ROWS)));
const RUN = { algorithm: Algorithm, divergedAt: v.nullable(Count), metrics: Metrics };

/** A file of a meta-RL lab. */
export const PolicyRunFile = v.object({
  ...FILE,
  runs: v.pipe(
    v.array(
      v.object({
        ...RUN,
        adaptations: v.pipe(v.array(PolicyPoint), v.maxLength(MAX_POINTS)),
        heldOut: v.pipe(v.array(SinusoidHeldOutPoint), v.maxLength(0)),
      }),
    ),
    v.maxLength(MAX_RUNS),
  ),
});

/** A file of the Sinusoid lab. */
export const SinusoidRunFile = v.object({
  ...FILE,
  runs: v.pipe(
    v.array(
      v.object({
        ...RUN,
        adaptations: v.pipe(v.array(SinusoidPoint), v.maxLength(MAX_POINTS)),
        heldOut: v.pipe(v.array(SinusoidHeldOutPoint), v.maxLength(MAX_POINTS)),
      }),
    ),
    v.maxLength(MAX_RUNS),
  ),
});

export type RunFileValues = v.InferOutput<typeof PolicyRunFile> | v.InferOutput<typeof SinusoidRunFile>;
