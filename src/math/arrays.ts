// The array types shared by every room: flat, row-major, named axes in the docstrings.

/** A flat numeric array. Engines take and return Float32Array; the float64 reference also takes Float64Array. */
export type FloatArray = Float32Array | Float64Array;
