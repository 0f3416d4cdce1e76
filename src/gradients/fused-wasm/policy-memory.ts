// Blocks of the kernels' memory, given out and taken back in any order: timesteps of tasks come and go with every
// meta-iteration, and the memory must stay as large as the largest of these needed it. What lies in a block is not known
// here.

export interface PolicyMemory {
  /** Bytes given out at the moment. */
  readonly usedBytes: number;
  /** First byte of a block, which begins a cache line and holds whatever was there before. Throws when there is no room. */
  allocate(bytes: number): number;
  free(at: number): void;
  /** The memory as numbers; not to be held across an allocation, which may move the buffer. */
  views(): MemoryViews;
}

export interface MemoryViews {
  readonly records: Uint32Array;
  readonly floats: Float32Array;
  readonly doubles: Float64Array;
}

interface Block {
  readonly at: number;
  readonly bytes: number;
}

const ALIGNMENT = 64;
const PAGE_BYTES = 65_536;
/** Well below WebAssembly's 4 GiB: a page that asks for more is likely to be killed on phones. */
const MOST_BYTES = 2 ** 30;

/** All of `memory` from byte `start` on, growing as needed. */
export function createPolicyMemory(memory: WebAssembly.Memory, start: number): PolicyMemory {
  const used = new Map<number, number>();
  /** Sorted by address; no two touch. What follows `end` is free too. */
  let gaps: Block[] = [];
  let end = align(start);
  let usedBytes = 0;
  let views = viewsOf(memory);
  const extend = (bytes: number): number => {
    const at = end;
    if (at + bytes > MOST_BYTES) throw new RangeError(tooMuch(at + bytes));
    const missing = at + bytes - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE_BYTES));
    end = at + bytes;
    return at;
  };
  return {
    get usedBytes() {
      return usedBytes;
    },
    allocate(wanted) {
      const bytes = Math.max(ALIGNMENT, align(wanted));
      const found = gaps.findIndex((gap) => gap.bytes >= bytes);
      const at = found < 0 ? extend(bytes) : gaps[found]!.at;
      if (found >= 0) {
        const gap = gaps[found]!;
        const rest = gap.bytes - bytes;
        gaps.splice(found, 1, ...(rest > 0 ? [{ at: gap.at + bytes, bytes: rest }] : []));
      }
      used.set(at, bytes);
      usedBytes += bytes;
      return at;
    },
    free(at) {
      const bytes = used.get(at);
      if (bytes === undefined) return;
      used.delete(at);
      usedBytes -= bytes;
      gaps = withGap(gaps, { at, bytes });
      const last = gaps[gaps.length - 1]!;
      if (last.at + last.bytes !== end) return;
      end = last.at;
      gaps.pop();
    },
    views() {
      // Memory that has grown is another buffer.
      if (views.floats.buffer !== memory.buffer) views = viewsOf(memory);
      return views;
    },
  };
}

function viewsOf({ buffer }: WebAssembly.Memory): MemoryViews {
  return {
    records: new Uint32Array(buffer),
    floats: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
  };
}

/** The gaps and one more, which is joined to those it touches. */
function withGap(gaps: readonly Block[], added: Block): Block[] {
  const before = gaps.filter((gap) => gap.at + gap.bytes < added.at);
  const after = gaps.filter((gap) => gap.at > added.at + added.bytes);
  const touching = gaps.slice(before.length, gaps.length - after.length);
  const at = Math.min(added.at, touching[0]?.at ?? added.at);
  const bytes = touching.reduce((sum, gap) => sum + gap.bytes, added.bytes);
  return [...before, { at, bytes }, ...after];
}

function align(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}

function tooMuch(bytes: number): string {
  return (
    `fused-wasm: these timesteps need ${Math.ceil(bytes / 2 ** 20)} MiB, expected at most ${MOST_BYTES / 2 ** 20} MiB. ` +
    'Take fewer tasks or trajectories, a shorter horizon or a smaller network.'
  );
}
