// Splittable, counter-based random keys: Threefry-2x32 as in JAX (partitionable layout), to its golden values.

/** A random key: two unsigned 32-bit words. */
export type Key = readonly [number, number];
