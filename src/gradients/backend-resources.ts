// What an environment (a browser's worker, Node) has to say so that engines can be opened in it.

/** Where the caller has put tfjs's .wasm files; the threaded one is never used. */
export interface WasmFiles {
  /** URL or path of each file: in browsers from the bundler's `?url` imports. */
  readonly plain: string;
  readonly simd: string;
}

export interface BackendResources {
  /** Needed for fused-wasm only: URL (browsers) or bytes (Node) of its compiled kernels. */
  readonly fusedWasm?: string | BufferSource;
  /** Needed for wasm only. */
  readonly wasmFiles?: WasmFiles;
  /** Needed for webgpu only: navigator.gpu, or Dawn's in Node. */
  readonly gpu?: GPU;
}
