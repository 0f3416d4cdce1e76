// The WebGPU calls of this engine: pipelines and buffers that are made once and kept, and the read-back that fails when
// the device is gone. What the kernels compute is in the *-kernel files.

/** Numbers of a uniform buffer's binding are rounded up to this many bytes. */
const UNIFORM_BYTES = 64;

export interface GpuDevice {
  readonly device: GPUDevice;
  /** Milliseconds per meta-iteration, as measured, by what runs. */
  readonly milliseconds: Map<string, number>;
  /** The pipeline of a source, compiled at its first use. */
  pipeline(key: string, source: () => string, layout?: GPUPipelineLayout): Promise<GPUComputePipeline>;
  /** A buffer that is kept under `name` and grows when more is asked for; its contents are undefined then. */
  buffer(name: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer;
  /** Writes `words` to the uniform buffer `name`. */
  uniforms(name: string, words: Uint32Array): GPUBuffer;
  /** Submits `encoder`'s commands and then reads the first `floats` of `source`, in one round trip. */
  read(encoder: GPUCommandEncoder, source: GPUBuffer, floats: number): Promise<Float32Array>;
  /** Rejects when the device is lost before `work` settles. */
  unlessLost<T>(work: Promise<T>): Promise<T>;
  destroy(): void;
}

/** `lost` as OpenBackend has it. Nothing here destroys the device, which is tfjs's. */
export function createGpuDevice(device: GPUDevice, lost: Promise<string>): GpuDevice {
  const pipelines = new Map<string, Promise<GPUComputePipeline>>();
  const buffers = new Map<string, GPUBuffer>();
  let cause: string | undefined;
  const gone = lost.then((reason): never => {
    cause = reason;
    throw lostError(reason);
  });
  // Nobody may be waiting when the device goes.
  gone.catch(() => undefined);
  const unlessLost = <T>(work: Promise<T>): Promise<T> => {
    if (cause !== undefined) return Promise.reject(lostError(cause));
    return Promise.race([work, gone]);
  };
  const buffer = (name: string, bytes: number, usage: GPUBufferUsageFlags): GPUBuffer => {
    const kept = buffers.get(name);
    if (kept && kept.size >= bytes) return kept;
    kept?.destroy();
    const made = device.createBuffer({ size: Math.ceil(bytes / 16) * 16, usage });
    buffers.set(name, made);
    return made;
  };
  return {
    device,
    milliseconds: new Map(),
    pipeline(key, source, layout) {
      let pipeline = pipelines.get(key);
      if (!pipeline) {
        const module = device.createShaderModule({ code: source() });
        pipeline = device.createComputePipelineAsync({
          layout: layout ?? 'auto',
          compute: { module, entryPoint: 'main' },
        });
        pipelines.set(key, pipeline);
        // A pipeline that failed, for want of memory say, may be asked for again.
        pipeline.catch(() => pipelines.delete(key));
      }
      return unlessLost(pipeline);
    },
    buffer,
    uniforms(name, words) {
      const bytes = Math.ceil(words.byteLength / UNIFORM_BYTES) * UNIFORM_BYTES;
      const made = buffer(name, bytes, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
      device.queue.writeBuffer(made, 0, words);
      return made;
    },
    async read(encoder, source, floats) {
      const bytes = floats * 4;
      const target = buffer('read-back', bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
      encoder.copyBufferToBuffer(source, 0, target, 0, bytes);
      device.queue.submit([encoder.finish()]);
      await unlessLost(target.mapAsync(GPUMapMode.READ, 0, bytes));
      const values = new Float32Array(target.getMappedRange(0, bytes).slice(0));
      target.unmap();
      return values;
    },
    unlessLost,
    destroy() {
      for (const made of buffers.values()) made.destroy();
      buffers.clear();
      pipelines.clear();
    },
  };
}

function lostError(cause: string): Error {
  return new Error(
    `The WebGPU device is gone (${cause}); nothing of the request was applied. Start a new worker.`,
  );
}

/** Records one dispatch of `pipeline` on `buffers`, bound in order from 0. */
export function dispatch(
  gpu: GpuDevice,
  pass: GPUComputePassEncoder,
  pipeline: GPUComputePipeline,
  buffers: readonly GPUBuffer[],
  workgroups: number,
): void {
  const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, gpu.device.createBindGroup({ layout: pipeline.getBindGroupLayout(0), entries }));
  pass.dispatchWorkgroups(workgroups);
}
