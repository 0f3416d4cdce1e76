// The trained state in a link: θ, and α where it is learned, in half precision behind “trained=”. Small nets fit into
// the 8,000 characters of a link, larger ones are for run files. Reading is as strict as for any setting: names, lengths
// and numbers must be those of the link's own experiment, or nothing of it is used.
// trained = iteration "." algorithm "." numbers ["." algorithm "." numbers]…; numbers: base64url of α, then θ.
import { usesAdaptiveAlpha } from '../algorithms/adaptive-alpha.ts';
import { shapeFor } from '../algorithms/run-shape.ts';
import { encodePlainLink, MAX_LINK_LENGTH, TRAINED_KEY } from '../experiment/codec.ts';
import type { AlgorithmId, AlphaMode, Experiment } from '../experiment/experiment.ts';
import { freezeExperiment } from '../experiment/lab.ts';
import { inLabOf } from '../experiment/labs.ts';
import type { PageOptions } from '../experiment/page-options.ts';
import { show } from '../experiment/schema.ts';
import { alphaCount, policyParameterCount } from '../models/gaussian-policy.ts';
import { layerRanges, parameterCount } from '../models/mlp-shape.ts';
import { fromBase64, toBase64 } from '../records/base64.ts';
import { decodeFloat16, encodeFloat16, fitsFloat16 } from '../records/float16.ts';
import { PROGRAM_VERSION } from '../records/program-version.ts';
import type { RecordedCheckpoint, RunRecord } from '../records/run-record.ts';
import { policyShapeFor } from '../training/policy-domain.ts';
import { shareWords as words } from '../words/share.ts';

/** What is shared: one entry per algorithm that has a state, in any order. */
export interface TrainedState {
  readonly iteration: number;
  readonly runs: readonly {
    readonly algorithm: AlgorithmId;
    readonly metaParams: Float32Array;
    readonly alpha: { readonly mode: AlphaMode; readonly values: Float32Array };
  }[];
}

export type TrainedLink =
  | {
      readonly kind: 'link';
      readonly fragment: string;
      readonly iteration: number;
      /** Those whose θ it holds. */
      readonly algorithms: readonly AlgorithmId[];
      /** Per algorithm. */
      readonly parameters: number;
      /** Only one of several algorithms fits. */
      readonly isAlone: boolean;
    }
  /** nothing: the lab trains nothing. not-yet: there is no state, or one of other settings. */
  | { readonly kind: 'nothing' | 'not-yet' }
  | { readonly kind: 'too-large'; readonly characters: number };

type TrainedExperiment = Exclude<Experiment, { lab: 'reaching' }>;

/** α and θ of one algorithm's run. */
interface Layout {
  readonly mode: AlphaMode;
  /** Numbers of α in the link: none where it is not learned, since the experiment says it. */
  readonly alphas: number;
  readonly params: number;
}

/**
 * The link that opens with this state: of all algorithms where they fit, else of `focus` alone, with an experiment of
 * its own. `state` null: nothing has been trained yet.
 */
export function encodeTrainedLink(
  experiment: Experiment,
  options: PageOptions,
  state: TrainedState | null,
  focus: AlgorithmId,
): TrainedLink {
  if (experiment.lab === 'reaching') return { kind: 'nothing' };
  if (state === null || state.iteration < 1) return { kind: 'not-yet' };
  const all = linkWith(experiment, options, state);
  if (all === null) return { kind: 'not-yet' };
  if (all.length <= MAX_LINK_LENGTH + 1 || experiment.algorithms.length === 1) {
    return linkOrSize(all, experiment, state, false);
  }
  const alone = inLabOf<Experiment>(experiment, (_, e) => freezeExperiment({ ...e, algorithms: [focus] }));
  if (alone.lab === 'reaching') return { kind: 'nothing' };
  const one = linkWith(alone, options, state);
  return one === null ? { kind: 'not-yet' } : linkOrSize(one, alone, state, true);
}

function linkOrSize(
  fragment: string,
  experiment: TrainedExperiment,
  { iteration }: TrainedState,
  isAlone: boolean,
): TrainedLink {
  // The limit is on what stands behind the "#".
  const characters = fragment.length - 1;
  if (characters > MAX_LINK_LENGTH) return { kind: 'too-large', characters };
  const { algorithms } = experiment;
  const parameters = layoutOf(experiment, algorithms[0]!).params;
  return { kind: 'link', fragment, iteration, algorithms, parameters, isAlone };
}

/** null where a state is missing, of other settings, or beyond half precision. */
function linkWith(experiment: TrainedExperiment, options: PageOptions, state: TrainedState): string | null {
  if (state.iteration > experiment.metaIterations) return null;
  const parts = [String(state.iteration)];
  for (const algorithm of experiment.algorithms) {
    const run = state.runs.find((each) => each.algorithm === algorithm);
    const layout = layoutOf(experiment, algorithm);
    if (run === undefined || run.metaParams.length !== layout.params || run.alpha.mode !== layout.mode) {
      return null;
    }
    const alphas = layout.alphas === 0 ? new Float32Array() : run.alpha.values;
    if (alphas.length !== layout.alphas || !alphas.every((value) => value > 0)) return null;
    if (!fitsFloat16(run.metaParams)) return null;
    const numbers = [...packAlpha(alphas, layout.mode), ...encodeFloat16(run.metaParams)];
    parts.push(algorithm, toBase64Url(Uint8Array.from(numbers)));
  }
  // Not by name as well: the state may be of any iteration.
  return `${encodePlainLink(experiment, { ...options, runs: [] })}&${TRAINED_KEY}=${parts.join('.')}`;
}

export type ReadTrained =
  | { readonly kind: 'record'; readonly record: RunRecord }
  /** A sentence: what, got, expected, remedy. */
  | { readonly kind: 'refused'; readonly message: string };

/** Reads what stands behind “trained=” in the link of that experiment. Never throws. */
export function readTrained(text: string, experiment: Experiment): ReadTrained {
  const read = readRuns(text, experiment);
  if (typeof read === 'string') return { kind: 'refused', message: words.badTrained(read) };
  const runs = read.runs.map(({ algorithm }) => ({
    algorithm,
    divergedAt: null,
    metrics: {},
    adaptations: [],
    heldOut: [],
  }));
  const record: RunRecord = {
    title: words.trainedTitle,
    program: PROGRAM_VERSION,
    experiment,
    engine: 'link',
    seconds: 0,
    iterations: read.iteration,
    runs,
    checkpoints: [read],
  };
  return { kind: 'record', record };
}

/** The checkpoint, or what is wrong. */
function readRuns(text: string, experiment: Experiment): RecordedCheckpoint | string {
  if (experiment.lab === 'reaching') return words.trainedLab(experiment.lab);
  const [at = '', ...pairs] = text.split('.');
  if (!/^[1-9]\d{0,8}$/.test(at) || pairs.length === 0 || pairs.length % 2 !== 0) {
    return words.trainedForm(show(text));
  }
  const iteration = Number(at);
  if (iteration > experiment.metaIterations) return words.trainedIteration(at, experiment.metaIterations);
  const named = pairs.filter((_, i) => i % 2 === 0);
  const { algorithms } = experiment;
  if (named.join() !== algorithms.join()) {
    return words.trainedAlgorithms(show(named.join(', ')), algorithms.join(', '));
  }
  const runs: RecordedCheckpoint['runs'][number][] = [];
  for (const [i, algorithm] of algorithms.entries()) {
    const run = readRun(pairs[2 * i + 1]!, experiment, algorithm);
    if (typeof run === 'string') return run;
    runs.push(run);
  }
  return { iteration, runs };
}

function readRun(
  text: string,
  experiment: TrainedExperiment,
  algorithm: AlgorithmId,
): RecordedCheckpoint['runs'][number] | string {
  const { mode, alphas, params } = layoutOf(experiment, algorithm);
  const head = alphaSize(mode, alphas);
  const size = head + 2 * params;
  const expected = Math.ceil((4 * size) / 3);
  // Before anything is decoded.
  const bytes = text.length === expected ? fromBase64Url(text, size) : null;
  if (bytes === null) return words.trainedLength(algorithm, text.length, expected);
  const { alphaMin, alphaMax, innerLearningRate } = experiment;
  const metaParams = decodeFloat16(bytes.subarray(head));
  if (!metaParams.every(Number.isFinite)) return words.trainedNumbers(algorithm, 'θ');
  const values = alphas === 0 ? Float32Array.of(innerLearningRate) : unpackAlpha(bytes, mode, alphas);
  // Rounding may have moved a value a little past its end.
  const slack = (limit: number) => limit * 2 ** -20;
  const isWithin = (value: number) =>
    value >= alphaMin - slack(alphaMin) && value <= alphaMax + slack(alphaMax);
  if (alphas > 0 && !values.every(isWithin)) return words.trainedNumbers(algorithm, 'α');
  const clamped =
    alphas === 0 ? values : values.map((value) => Math.min(alphaMax, Math.max(alphaMin, value)));
  return { algorithm, metaParams, alpha: { mode, values: clamped }, environmentSteps: 0, seconds: 0 };
}

function layoutOf(experiment: TrainedExperiment, algorithm: AlgorithmId): Layout {
  const isLearned = usesAdaptiveAlpha(experiment, algorithm);
  const mode = isLearned ? experiment.alphaMode : 'scalar';
  const [params, count] = countsOf(experiment, algorithm, mode);
  return { mode, alphas: isLearned ? count : 0, params };
}

/** P, and the numbers of an α of that mode. */
function countsOf(experiment: TrainedExperiment, algorithm: AlgorithmId, mode: AlphaMode): [number, number] {
  if (experiment.lab === 'sinusoid') {
    const shape = shapeFor(experiment, algorithm);
    const params = parameterCount(shape);
    return [params, { scalar: 1, layer: layerRanges(shape).length, parameter: params }[mode]];
  }
  const shape = policyShapeFor(experiment, algorithm);
  return [policyParameterCount(shape), alphaCount(shape, mode)];
}

/** Bytes of α in the link. A few step sizes are kept exactly; of one per parameter, a byte each between their ends. */
function alphaSize(mode: AlphaMode, count: number): number {
  return count === 0 ? 0 : mode === 'parameter' ? 8 + count : 4 * count;
}

/** A byte's steps between the smallest and the largest, on a log scale. */
const LEVELS = 255;

function packAlpha(values: Float32Array, mode: AlphaMode): Uint8Array {
  const bytes = new Uint8Array(alphaSize(mode, values.length));
  const view = new DataView(bytes.buffer);
  if (mode !== 'parameter') {
    for (const [i, value] of values.entries()) view.setFloat32(4 * i, value, true);
  } else if (values.length > 0) {
    const low = values.reduce((least, value) => Math.min(least, value));
    const high = values.reduce((most, value) => Math.max(most, value));
    view.setFloat32(0, low, true);
    view.setFloat32(4, high, true);
    const span = Math.log(high / low) || 1;
    for (const [i, value] of values.entries()) {
      bytes[8 + i] = Math.round((LEVELS * Math.log(value / low)) / span);
    }
  }
  return bytes;
}

function unpackAlpha(bytes: Uint8Array, mode: AlphaMode, count: number): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  if (mode !== 'parameter') {
    return Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i, true));
  }
  const low = view.getFloat32(0, true);
  // Ends that are no step sizes give NaN or infinities, which nobody accepts.
  const span = Math.log(view.getFloat32(4, true) / low);
  return Float32Array.from(bytes.subarray(8, 8 + count), (level) => low * Math.exp((span * level) / LEVELS));
}

function toBase64Url(bytes: Uint8Array): string {
  return toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

function fromBase64Url(text: string, length: number): Uint8Array | null {
  if (!/^[\w-]*$/.test(text)) return null;
  const padded = text.padEnd(4 * Math.ceil(text.length / 4), '=');
  return fromBase64(padded.replaceAll('-', '+').replaceAll('_', '/'), length);
}
