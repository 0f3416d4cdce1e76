// The kernel that takes the mean over tasks of what the task kernel left: the meta-gradient and ∂ mean Q/∂α.

/** Threads per workgroup; one thread per quad of the result. */
export const REDUCE_THREADS = 32;

/**
 * WGSL; bindings 0 uniforms (tasks, quads of θ, quads of ∂/∂α, where the gradients start, where the ∂/∂α, padded to 8
 * words), 1 work: the means go to its first quads.
 */
export const REDUCE_SOURCE = `
struct Sizes { taskCount : u32, params : u32, rates : u32, gradient : u32, alphaGradient : u32 }
@group(0) @binding(0) var<uniform> sizes : Sizes;
@group(0) @binding(1) var<storage, read_write> work : array<vec4f>;
@compute @workgroup_size(${REDUCE_THREADS})
fn main(@builtin(global_invocation_id) id : vec3u) {
  if (id.x >= sizes.params + sizes.rates) { return; }
  let isRate = id.x >= sizes.params;
  let stride = select(sizes.params, sizes.rates, isRate);
  let at = select(sizes.gradient + id.x, sizes.alphaGradient + id.x - sizes.params, isRate);
  var total = vec4f();
  for (var task = 0u; task < sizes.taskCount; task++) { total += work[at + task * stride]; }
  work[id.x] = total / f32(sizes.taskCount);
}`;
