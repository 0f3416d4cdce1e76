// What a WebGPU adapter is, in words, and whether it is software. A software adapter computes correctly but loses
// against WASM by a factor of about 40 on small nets, so it must never be chosen for speed.

export interface AdapterDescription {
  /** True for a CPU that pretends: SwiftShader, lavapipe, WARP. */
  readonly isSoftware: boolean;
  /** For the user: "nvidia ampere", "google swiftshader (software)". */
  readonly detail: string;
}

/** Names under which the known software rasterisers report themselves. */
const SOFTWARE = /swiftshader|llvmpipe|lavapipe|software|basic render|\bwarp\b|\bcpu\b/i;

/** Describes an adapter from what it says about itself. Browsers may leave every field empty. */
export function describeAdapter(adapter: Pick<GPUAdapter, 'info'>): AdapterDescription {
  // Chromium before version 127 has no `info`, whatever the types say.
  const info: Partial<GPUAdapterInfo> | undefined = adapter.info;
  const { vendor = '', architecture = '', device = '', description = '', isFallbackAdapter } = info ?? {};
  const isSoftware =
    isFallbackAdapter === true || SOFTWARE.test([vendor, architecture, device, description].join(' '));
  const name = description || [vendor, architecture, device].filter(Boolean).join(' ') || 'unnamed adapter';
  return { isSoftware, detail: isSoftware ? `${name} (software)` : name };
}
