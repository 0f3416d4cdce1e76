// Sinusoid tasks and their points, drawn as tasks/sinusoid.ts draws them: the same keys, the same bits. Without noise on
// y, whose logarithms are left to it.
import {
  JOB_PASSES,
  JOB_QUERY_PASS,
  JOB_QUERY_X,
  JOB_QUERY_X_STRIDE,
  JOB_QUERY_Y,
  JOB_QUERY_Y_STRIDE,
  JOB_SETS,
  JOB_SUPPORT_X,
  JOB_SUPPORT_X_STRIDE,
  JOB_SUPPORT_Y,
  JOB_SUPPORT_Y_STRIDE,
  JOB_TASKS,
  PASS_POINTS,
  RANGE_AMPLITUDE_MAX,
  RANGE_AMPLITUDE_MIN,
  RANGE_BYTES,
  RANGE_PHASE_MAX,
  RANGE_PHASE_MIN,
  TASK_AMPLITUDE,
  TASK_BYTES,
  TASK_IS_NOISE,
  TASK_PHASE,
} from './fields';
import { field } from './records';
import { sine } from './sine';
import { encrypt, firstWords, foldIn, secondWords, uniformOf } from './threefry';

/** What a task's key is folded with for the query points; support set s is drawn with s itself. */
const QUERY_STREAM = 0x10000;
/** Draws and points of four lanes at a time. */
const LANES = memory.data(64, 16);

/** sampleTasks: `count` task records, from the range records main and noise at `ranges`. */
export function drawTasks(tasks: usize, count: i32, k0: i32, k1: i32, ranges: usize, noiseShare: f64): void {
  for (let slot = 0; slot < count; slot += 4) {
    const slots = i32x4.add(i32x4.splat(slot), i32x4(0, 1, 2, 3));
    encrypt(i32x4.splat(k0), i32x4.splat(k1), slots);
    const key0 = firstWords();
    const key1 = secondWords();
    for (let draw = 0; draw < 3; draw++) {
      v128.store(LANES + <usize>(draw << 4), uniformOf(key0, key1, i32x4.splat(draw)));
    }
    for (let lane = slot; lane < min(slot + 4, count); lane++) {
      const draws = LANES + <usize>((lane - slot) << 2);
      const isNoise = <f64>load<f32>(draws) < noiseShare;
      const range = ranges + (isNoise ? RANGE_BYTES : 0);
      const amplitude = between(range, RANGE_AMPLITUDE_MIN, RANGE_AMPLITUDE_MAX, load<f32>(draws, 16));
      const phase = between(range, RANGE_PHASE_MIN, RANGE_PHASE_MAX, load<f32>(draws, 32));
      const task = tasks + <usize>lane * TASK_BYTES;
      store<f64>(task, amplitude, TASK_AMPLITUDE);
      store<f64>(task, phase, TASK_PHASE);
      store<f64>(task, isNoise ? 1 : 0, TASK_IS_NOISE);
    }
  }
}

function between(range: usize, least: usize, most: usize, share: f32): f64 {
  const from = load<f64>(range + least);
  return from + <f64>share * (load<f64>(range + most) - from);
}

/**
 * sampleBatch: the job's support and query points. x uniform from `low` on over `width`; `inputs` is 1 for x alone, 3
 * for x, A and φ.
 */
export function drawPoints(
  job: usize,
  tasks: usize,
  k0: i32,
  k1: i32,
  inputs: usize,
  low: f32,
  width: f32,
): void {
  const count = field(job, JOB_TASKS);
  const sets = field(job, JOB_SETS);
  const supportSize = field(field(job, JOB_PASSES), PASS_POINTS);
  const querySize = field(field(job, JOB_QUERY_PASS), PASS_POINTS);
  const supportX = field(job, JOB_SUPPORT_X_STRIDE);
  const supportY = field(job, JOB_SUPPORT_Y_STRIDE);
  for (let slot: usize = 0; slot < count; slot++) {
    const task = tasks + slot * TASK_BYTES;
    foldIn(k0, k1, <i32>slot);
    const task0 = i32x4.extract_lane(firstWords(), 0);
    const task1 = i32x4.extract_lane(secondWords(), 0);
    for (let set: usize = 0; set < sets; set++) {
      const at = set * count + slot;
      const x = field(job, JOB_SUPPORT_X) + at * supportX;
      const y = field(job, JOB_SUPPORT_Y) + at * supportY;
      foldIn(task0, task1, <i32>set);
      drawSet(task, x, y, supportSize, supportX / supportSize, inputs, low, width);
    }
    const x = field(job, JOB_QUERY_X) + slot * field(job, JOB_QUERY_X_STRIDE);
    const y = field(job, JOB_QUERY_Y) + slot * field(job, JOB_QUERY_Y_STRIDE);
    foldIn(task0, task1, QUERY_STREAM);
    drawSet(task, x, y, querySize, field(job, JOB_QUERY_X_STRIDE) / querySize, inputs, low, width);
  }
}

/** The points of one set, under the key that was folded last; x rows are `rowBytes` apart. */
function drawSet(
  task: usize,
  x: usize,
  y: usize,
  points: usize,
  rowBytes: usize,
  inputs: usize,
  low: f32,
  width: f32,
): void {
  const key0 = i32x4.splat(i32x4.extract_lane(firstWords(), 0));
  const key1 = i32x4.splat(i32x4.extract_lane(secondWords(), 0));
  const lows = f32x4.splat(low);
  const amplitude = f64x2.splat(load<f64>(task, TASK_AMPLITUDE));
  const phase = f64x2.splat(load<f64>(task, TASK_PHASE));
  for (let first: usize = 0; first < points; first += 4) {
    const unit = uniformOf(key0, key1, i32x4.add(i32x4.splat(<i32>first), i32x4(0, 1, 2, 3)));
    const xs = f32x4.max(lows, f32x4.add(f32x4.mul(unit, f32x4.splat(width)), lows));
    const upper = i64x2.shuffle(xs, xs, 1, 0);
    const y01 = f64x2.mul(amplitude, sine(f64x2.sub(f64x2.promote_low_f32x4(xs), phase)));
    const y23 = f64x2.mul(amplitude, sine(f64x2.sub(f64x2.promote_low_f32x4(upper), phase)));
    v128.store(LANES, xs);
    v128.store64_lane(LANES, f32x4.demote_f64x2_zero(y01), 0, 16);
    v128.store64_lane(LANES, f32x4.demote_f64x2_zero(y23), 0, 24);
    for (let n = first; n < min(first + 4, points); n++) {
      const lane = LANES + ((n - first) << 2);
      const row = x + n * rowBytes;
      store<f32>(row, load<f32>(lane));
      store<f32>(y + (n << 2), load<f32>(lane, 16));
      if (inputs === 1) continue;
      store<f32>(row, <f32>load<f64>(task, TASK_AMPLITUDE), 4);
      store<f32>(row, <f32>load<f64>(task, TASK_PHASE), 8);
    }
  }
}
