// Points in the order of their x, which hinges.ts needs. Losses are means over points, so no result depends on it.

/** Gaps of Shell's sort after Ciura (2001), falling; beyond the first one it is good enough for what tasks have. */
const GAPS = memory.data<u32>([701, 301, 132, 57, 23, 10, 4, 1], 4);
const GAP_COUNT: usize = 8;

/** Sorts x [N] and with it the rows of y [N, out], `outBytes` long, in place. */
export function sortPoints(x: usize, y: usize, points: usize, outBytes: usize): void {
  for (let g: usize = 0; g < GAP_COUNT; g++) {
    const gap = <usize>load<u32>(GAPS + (g << 2));
    for (let n = gap; n < points; n++) {
      let to = n;
      while (to >= gap && load<f32>(x + (to << 2)) < load<f32>(x + ((to - gap) << 2))) {
        swapFloats(x + (to << 2), x + ((to - gap) << 2), 4);
        swapFloats(y + to * outBytes, y + (to - gap) * outBytes, outBytes);
        to -= gap;
      }
    }
  }
}

function swapFloats(a: usize, b: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 4) {
    const value = load<f32>(a + at);
    store<f32>(a + at, load<f32>(b + at));
    store<f32>(b + at, value);
  }
}
