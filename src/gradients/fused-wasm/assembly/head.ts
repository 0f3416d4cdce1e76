// The loss at the net's outputs: its value, its first derivative δ = ∂loss/∂f and the product R{δ} = ∂²loss/∂f² · R{f}.
// Here the mean squared error. Another loss is another triple of such functions; the passes know none of them.
import {
  LEVEL_DELTAS,
  LEVEL_R_DELTAS,
  LEVEL_R_VALUES,
  LEVEL_UNITS,
  LEVEL_VALUES,
  PASS_POINTS,
} from './fields';
import { field } from './records';

/** The mean over points and outputs of (f − y)²; y [N, out]. In float64, so that the sum adds no rounding. */
export function squaredError(pass: usize, output: usize, y: usize): f32 {
  const count = field(pass, PASS_POINTS) * field(output, LEVEL_UNITS);
  const f = field(output, LEVEL_VALUES);
  let sum: f64 = 0;
  for (let i: usize = 0; i < count; i++) {
    const difference = <f64>(load<f32>(f + (i << 2)) - load<f32>(y + (i << 2)));
    sum += difference * difference;
  }
  return <f32>(sum / <f64>count);
}

/** squaredError, and its derivative to the output's deltas. */
export function squaredErrorGradient(pass: usize, output: usize, y: usize): f32 {
  const count = field(pass, PASS_POINTS) * field(output, LEVEL_UNITS);
  const f = field(output, LEVEL_VALUES);
  const deltas = field(output, LEVEL_DELTAS);
  const scale = <f32>2 / <f32>count;
  for (let i: usize = 0; i < count; i++) {
    const at = i << 2;
    store<f32>(deltas + at, scale * (load<f32>(f + at) - load<f32>(y + at)));
  }
  return squaredError(pass, output, y);
}

/** R{δ} from R{f}. */
export function squaredErrorTangent(pass: usize, output: usize): void {
  const count = field(pass, PASS_POINTS) * field(output, LEVEL_UNITS);
  const rf = field(output, LEVEL_R_VALUES);
  const rDeltas = field(output, LEVEL_R_DELTAS);
  const scale = <f32>2 / <f32>count;
  for (let i: usize = 0; i < count; i++) store<f32>(rDeltas + (i << 2), scale * load<f32>(rf + (i << 2)));
}
