// The compiled kernels as JavaScript sees them: fetching, the check for SIMD, and the types of what they export. What
// the arguments are, assembly/ says.
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

/** A small module with SIMD in it: one function, which returns i8x16.popcnt(i8x16.splat(0)). */
const SIMD_PROBE = Uint8Array.of(
  ...[
    0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98,
    11,
  ],
);

/**
 * Instantiates the kernels from their URL or their bytes. Throws a BackendUnavailableError where WebAssembly has no SIMD
 * or the file cannot be had.
 */
export async function loadKernels(source: string | BufferSource): Promise<Kernels> {
  if (typeof WebAssembly === 'undefined' || !WebAssembly.validate(SIMD_PROBE)) {
    throw new BackendUnavailableError(
      "fused-wasm: this browser's WebAssembly has no SIMD. Update the browser (Chrome 91, Firefox 89, Safari 16.4 or " +
        'newer have it) or use another engine.',
    );
  }
  const bytes = typeof source === 'string' ? await fetchBytes(source) : source;
  const { instance } = await WebAssembly.instantiate(bytes, { env: { abort } });
  return instance.exports as Partial<Kernels> as Kernels;
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
