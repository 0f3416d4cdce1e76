// The compiled kernels as JavaScript sees them: fetching, the check for SIMD, and the types of what they export. What
// the arguments are, assembly/ says.
import type { BackendResources } from '../backend-resources.ts';
import { BackendUnavailableError } from '../backend-unavailable-error.ts';

/** All arguments are byte addresses in `memory` unless they are counts. */
export interface Kernels {
  readonly memory: WebAssembly.Memory;
  /** First byte that is the caller's. */
  arenaStart(): number;
  packParams(net: number, flat: number, padded: number): void;
  unpackParams(net: number, padded: number, flat: number): void;
  /** vector ← factor · vector, of `bytes` bytes. */
  scaleBy(vector: number, factor: number, bytes: number): void;
  /** Returns the sum over tasks of ‖∇L(θ)‖. */
  metaGradient(net: number, job: number, paramCount: number): number;
  adapt(net: number, job: number, paramCount: number): void;
  /** What surrounds the meta-gradient in a meta-iteration; a key is two words. Arguments in assembly/draw.ts. */
  drawTasks(tasks: number, count: number, k0: number, k1: number, ranges: number, noiseShare: number): void;
  drawPoints(
    job: number,
    tasks: number,
    k0: number,
    k1: number,
    inputs: number,
    low: number,
    width: number,
  ): void;
  /** See assembly/optimizers.ts: params ← params − step · scale · direction, and Adam's step. */
  descendBy(params: number, direction: number, scale: number, step: number, bytes: number): void;
  adam(
    params: number,
    gradient: number,
    firstMoment: number,
    secondMoment: number,
    scale: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    rate: number,
    rootScale: number,
    bytes: number,
  ): void;
  /**
   * The building blocks, for the N points of one pass: loss at points x [N, in], y [N, out] and its gradient (padded),
   * then the product of the loss's Hessian with a padded vector, added to `product`. The halves are for other losses:
   * forward, the loss's deltas at the output, backward; tangentForward, its R{deltas}, tangentBackward.
   */
  lossGradient(net: number, pass: number, params: number, x: number, y: number, gradient: number): number;
  lossOnly(net: number, pass: number, params: number, x: number, y: number): number;
  addHessianVectorProduct(net: number, pass: number, params: number, v: number, product: number): void;
  forward(net: number, pass: number, params: number): void;
  backward(net: number, pass: number, params: number, gradient: number): void;
  tangentForward(net: number, pass: number, params: number, v: number): void;
  tangentBackward(net: number, pass: number, params: number, v: number, product: number): void;
}

/**
 * The kernels of Gaussian policies (assembly/policy-*.ts), in the same module. `net` and `rows` are records of
 * assembly/policy-fields.ts; derivatives go to the net's sums. The flags say what still stands from the call before.
 */
export interface PolicyModule extends Pick<Kernels, 'memory' | 'arenaStart'> {
  policyPack(net: number, flat: number, padded: number): void;
  policyUnpack(net: number, padded: number, flat: number): void;
  /** Returns the mean loss of `head` (REINFORCE, SURROGATE). */
  policyGradient(net: number, rows: number, head: number, haveValues: boolean): number;
  policyInnerLoss(net: number, rows: number, haveValues: boolean): number;
  policyHessian(net: number, rows: number, haveValues: boolean, haveGradients: boolean): void;
  policyFisher(net: number, rows: number, haveValues: boolean): void;
  policyRemember(net: number, rows: number, haveValues: boolean): void;
  policyEvaluate(net: number, rows: number, haveValues: boolean): void;
  policyMeans(net: number, observations: number, count: number, means: number): void;
}

/** A small module with SIMD in it: one function, which returns i8x16.popcnt(i8x16.splat(0)). */
const SIMD_PROBE = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
    11,
  ],
);

/** Where the resources have the kernels. Throws a BackendUnavailableError where nobody said. */
export function kernelSource({ fusedWasm }: BackendResources): string | BufferSource {
  if (fusedWasm !== undefined) return fusedWasm;
  throw new BackendUnavailableError(
    'fused-wasm: resources.fusedWasm is missing; expected the address or the bytes of its compiled kernels. ' +
      'Name them where the engine is opened, or use another engine.',
  );
}

/**
 * Instantiates the kernels from their URL or their bytes. Throws a BackendUnavailableError where WebAssembly has no SIMD
 * or the file cannot be had.
 */
export async function loadKernels(source: string | BufferSource): Promise<Kernels & PolicyModule> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD_PROBE)) {
    throw new BackendUnavailableError(
      "fused-wasm: this browser's WebAssembly has no SIMD. Update the browser (Chrome 91, Firefox 89, Safari 16.4 or " +
        'newer have it) or use another engine.',
    );
  }
  const bytes = typeof source === 'string' ? await fetchBytes(source) : source;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { abort } });
  return instance.exports as Partial<Kernels & PolicyModule> as Kernels & PolicyModule;
}

async function fetchBytes(url: string): Promise<ArrayBuffer> {
  const response = await fetch(url);
  if (!response.ok) {
    throw new BackendUnavailableError(
      `fused-wasm: its kernels at ${url} came with status ${response.status}. Reload the page or use another engine.`,
    );
  }
  return response.arrayBuffer();
}

/** AssemblyScript calls this where an assertion of its own fails; the kernels make none. */
function abort(): never {
  throw new Error('fused-wasm: the kernels stopped. Please report the experiment that did it.');
}
