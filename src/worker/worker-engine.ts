// What the worker needs of an engine beyond computing: to know that its device is gone, and to make it go in tests.
import type { MetaGradientEngine } from '../gradients/meta-gradient.ts';

export interface WorkerEngine extends MetaGradientEngine {
  /** Resolves with the reason when the device under the engine is lost; absent where there is no device. */
  readonly lost?: Promise<string>;
  /** Test hook: loses the device as a driver reset would. */
  destroyDevice?(): void;
}
