// WGSL of the passes of a task's network over its points: forward, backward, weight gradients, and the same three for
// Pearlmutter's R-operator (docs/engines.md; reference/hessian-vector.ts in loops). Every thread computes a tile: a few
// points × one quad of units, or 4 × 4 weights, from quads, so that one load serves four to sixteen products. One piece
// of code serves all layers: their sizes come from the uniforms, which keeps compilation short.
import type { TaskArrays, Tuning } from './task-plan.ts';

/** All threads wait, and see what the others have written. */
export const BARRIER = 'storageBarrier(); workgroupBarrier();';

/** What the passes of one kernel have in common. */
export interface PassContext {
  readonly arrays: TaskArrays;
  readonly tuning: Tuning;
  /** Whether f″ is not 0 (bendOf is defined). */
  readonly bends: boolean;
}

/** The direction u = α∘v of an R-pass: quads, and a factor within layer `layer` ('' when it is in the quads). */
export interface Direction {
  readonly ref: (index: string) => string;
  readonly factor: string;
}

/** One factor pair of a weight gradient: Σ over points of left[point][row] · right[point][column]. */
export interface OuterTerm {
  readonly left: (quad: string) => string;
  readonly right: (quad: string) => string;
  /** Name of the sum; several terms may go into one. */
  readonly into: string;
  /** Whether the bias gets Σ right. */
  readonly hasBias: boolean;
}

/** Of the level of units below layer `layer`, in the slot of the pass, or of the R-pass (`tangent`). */
export function below(context: PassContext, what: 'values' | 'deltas', slot: 'slot' | 'tangent') {
  const at = what === 'values' ? 'valuesBelow' : 'deltasBelow';
  return (quad: string) => context.arrays.slots.ref(`${slot}${capital(at)} + ${quad}`);
}

/** Of the level of units above layer `layer`. */
export function above(context: PassContext, what: 'values' | 'deltas', slot: 'slot' | 'tangent') {
  const at = what === 'values' ? 'valuesAbove' : 'deltasAbove';
  return (quad: string) => context.arrays.slots.ref(`${slot}${capital(at)} + ${quad}`);
}

/** Per layer where its levels start: compilers of software adapters do not take such sums out of loops. */
function levelStarts(slots: readonly ('slot' | 'tangent')[]): string {
  const columns = ['valuesBelow', 'valuesAbove', 'deltasBelow', 'deltasAbove'];
  return slots
    .flatMap((slot) => columns.map((at) => `let ${slot}${capital(at)} = ${slot} + layer.${at};`))
    .join(' ');
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/** Rows of the points, and the weights that they are multiplied with. */
interface Term {
  readonly row: (quad: string) => string;
  readonly weight: (index: string) => string;
  readonly factor: string;
}

const E = [0, 1, 2, 3] as const;

/** All layers upwards, with a barrier after each; `l`, `layer` and `isLast` are defined in `body`. */
function upwards(slots: readonly ('slot' | 'tangent')[], body: string): string {
  return `
    for (var l = 0u; l < sizes.layerCount; l++) {
      let layer = layers[l];
      ${levelStarts(slots)}
      let isLast = l + 1u == sizes.layerCount;
      ${body}
      ${BARRIER}
    }`;
}

/** All layers but the first, downwards. */
function downwards(slots: readonly ('slot' | 'tangent')[], body: string): string {
  return `
    for (var l = sizes.layerCount - 1u; l > 0u; l--) {
      let layer = layers[l];
      ${levelStarts(slots)}
      ${body}
      ${BARRIER}
    }`;
}

/** Loop over tiles of points × 1 quad of `columns`: r0 … are points, c the quad; threads go through points first. */
function tiles({ tuning }: PassContext, columns: string, body: string): string {
  const { rows } = tuning;
  const points = range(rows).map((i) => `let r${i} = min(tile % rowTiles + ${i}u * rowTiles, points - 1u);`);
  return `
      let rowTiles = (points + ${rows - 1}u) / ${rows}u;
      for (var tile = lane; tile < rowTiles * ${columns}; tile += THREADS) {
        let c = tile / rowTiles;
        ${points.join('\n        ')}
        ${body}
      }`;
}

/** For every point of the tile that is not the repetition of another one. */
function forOwnRows({ tuning }: PassContext, body: (row: number) => string): string {
  return range(tuning.rows)
    .map((i) => `if (tile % rowTiles + ${i}u * rowTiles < points) { ${body(i)} }`)
    .join('\n        ');
}

/** z_r += Σ_terms Σ_i row[r][i] · weight[i][c]. Beyond the inputs rows are 0, which multiplies a weight of the bias. */
function forwardSum({ tuning }: PassContext, terms: readonly Term[]): string {
  const body = terms.map(({ row, weight, factor }, t) => {
    const weights = E.map((e) => `let w${t}${e} = ${weight(`w${e}`)}${factor};`);
    const sums = range(tuning.rows).map((i) => {
      const products = E.map((e) => `a${t}${i}.${'xyzw'[e]} * w${t}${e}`);
      return `let a${t}${i} = ${row(`below${i} + q`)}; z${i} += ${products.join(' + ')};`;
    });
    return [...weights, ...sums].join('\n          ');
  });
  const indices = E.map(
    (e) => `let w${e} = layer.at + min(4u * q + ${e}u, layer.inputs) * layer.stride + c;`,
  );
  const starts = range(tuning.rows).map((i) => `let below${i} = r${i} * layer.strideBelow;`);
  return `${starts.join(' ')}
        for (var q = 0u; q < layer.strideBelow; q++) {
          ${[...indices, ...body].join('\n          ')}
        }`;
}

/** s_r[e] += Σ_terms Σ_j row[r][j] · weight[4c + e][j]. Beyond the inputs comes nonsense, to be masked away. */
function backwardSum({ tuning }: PassContext, terms: readonly Term[]): string {
  const body = terms.map(({ row, weight, factor }, t) => {
    const weights = E.map((e) => `let w${t}${e} = ${weight(`w${e}`)};`);
    const sums = range(tuning.rows).map((i) => {
      const products = E.map((e) => `dot(d${t}${i}, w${t}${e})`);
      return `let d${t}${i} = ${row(`above${i} + q`)}${factor}; s${i} += vec4f(${products.join(', ')});`;
    });
    return [...weights, ...sums].join('\n          ');
  });
  const starts = [
    ...range(tuning.rows).map((i) => `let above${i} = r${i} * layer.stride;`),
    ...E.map((e) => `let start${e} = layer.at + min(4u * c + ${e}u, layer.inputs) * layer.stride;`),
  ];
  const indices = E.map((e) => `let w${e} = start${e} + q;`);
  return `
        ${starts.join(' ')}
        for (var q = 0u; q < layer.stride; q++) {
          ${[...indices, ...body].join('\n          ')}
        }`;
}

/**
 * Values of all levels from `points` points in the slot's level 0; at the output ∂L/∂z and, into the thread's `loss`,
 * the sum of squared errors. Needs targetsAt, the first target in `data`, and `scale` = 2/(N·outputs).
 */
export function forwardSource(context: PassContext): string {
  const { params } = context.arrays;
  const row = below(context, 'values', 'slot');
  const store = (i: number) => `
          let out${i} = r${i} * layer.stride + c;
          if (isLast) {
            let e${i} = keep(z${i} - pointQuad(targetsAt + r${i} * layer.outputs + 4u * c, layer.outputs - 4u * c), c, layer.outputs);
            loss += dot(e${i}, e${i});
            ${above(context, 'deltas', 'slot')(`out${i}`)} = scale * e${i};
          } else { ${above(context, 'values', 'slot')(`out${i}`)} = keep(activate(z${i}), c, layer.outputs); }`;
  return upwards(
    ['slot'],
    tiles(
      context,
      'layer.stride',
      `${biasStart(context, params.ref('layer.at + layer.inputs * layer.stride + c'))}
        ${forwardSum(context, [{ row, weight: (at) => params.ref(at), factor: '' }])}
        ${forOwnRows(context, store)}`,
    ),
  );
}

/** Deltas of all hidden levels from that of the output. */
export function backwardSource(context: PassContext): string {
  const row = above(context, 'deltas', 'slot');
  return downwards(
    ['slot'],
    tiles(
      context,
      'layer.strideBelow',
      `${zeros('s', context.tuning.rows)}
        ${backwardSum(context, [{ row, weight: (at) => context.arrays.params.ref(at), factor: '' }])}
        ${forOwnRows(context, (i) => {
          const slope = `slopeOf(${below(context, 'values', 'slot')(`in${i}`)})`;
          return `let in${i} = r${i} * layer.strideBelow + c;
          ${below(context, 'deltas', 'slot')(`in${i}`)} = keep(s${i} * ${slope}, c, layer.inputs);`;
        })}`,
    ),
  );
}

/** R{values} and R{∂L/∂output} in the direction; hidden R{deltas} get their bend part, f″(z) R{z} ∂L/∂a. */
export function tangentForwardSource(context: PassContext, direction: Direction): string {
  const { params } = context.arrays;
  const { ref, factor } = direction;
  const terms: Term[] = [
    { row: below(context, 'values', 'slot'), weight: ref, factor },
    { row: below(context, 'values', 'tangent'), weight: (at) => params.ref(at), factor: '' },
  ];
  const store = (i: number) => {
    const delta = above(context, 'deltas', 'tangent')(`out${i}`);
    const bend = `${delta} = bendOf(v${i}) * z${i} * ${above(context, 'deltas', 'slot')(`out${i}`)};`;
    return `
          let out${i} = r${i} * layer.stride + c;
          if (isLast) { ${delta} = scale * z${i}; } else {
            let v${i} = ${above(context, 'values', 'slot')(`out${i}`)};
            ${above(context, 'values', 'tangent')(`out${i}`)} = slopeOf(v${i}) * z${i};
            ${context.bends ? bend : ''}
          }`;
  };
  return upwards(
    ['slot', 'tangent'],
    tiles(
      context,
      'layer.stride',
      `${biasStart(context, `${ref('layer.at + layer.inputs * layer.stride + c')}${factor}`)}
        ${forwardSum(context, terms)}
        ${forOwnRows(context, store)}`,
    ),
  );
}

/** R{deltas} of all hidden levels. */
export function tangentBackwardSource(context: PassContext, { ref, factor }: Direction): string {
  const terms: Term[] = [
    { row: above(context, 'deltas', 'tangent'), weight: (at) => context.arrays.params.ref(at), factor: '' },
    { row: above(context, 'deltas', 'slot'), weight: ref, factor },
  ];
  return downwards(
    ['slot', 'tangent'],
    tiles(
      context,
      'layer.strideBelow',
      `${zeros('s', context.tuning.rows)}
        ${backwardSum(context, terms)}
        ${forOwnRows(context, (i) => {
          const at = below(context, 'deltas', 'tangent')(`in${i}`);
          const slope = `slopeOf(${below(context, 'values', 'slot')(`in${i}`)})`;
          return `let in${i} = r${i} * layer.strideBelow + c;
          ${at} = keep(s${i} * ${slope}${context.bends ? ` + ${at}` : ''}, c, layer.inputs);`;
        })}`,
    ),
  );
}

/**
 * Weight gradients of all layers. For every quad of parameters `apply` gets the sums under the terms' names and its
 * place as `at`. No barrier at the end.
 */
export function outerSource(
  slots: readonly ('slot' | 'tangent')[],
  terms: readonly OuterTerm[],
  apply: string,
): string {
  const names = [...new Set(terms.map(({ into }) => into))];
  const loads = terms.map(
    ({ left, right }, t) =>
      `let a${t} = ${left('n * layer.strideBelow + iq')}; let d${t} = ${right('n * layer.stride + c')};`,
  );
  const sums = terms.flatMap(({ into }, t) => E.map((e) => `${into}${e} += a${t}.${'xyzw'[e]} * d${t};`));
  const biasSums = terms.flatMap(({ hasBias, into }, t) => (hasBias ? [`${into}4 += d${t};`] : []));
  return `
    for (var l = 0u; l < sizes.layerCount; l++) {
      let layer = layers[l];
      ${levelStarts(slots)}
      for (var tile = lane; tile < layer.strideBelow * layer.stride; tile += THREADS) {
        let iq = tile / layer.stride;
        let c = tile % layer.stride;
        ${names.map((name) => zeros(name, 5)).join(' ')}
        for (var n = 0u; n < points; n++) {
          ${[...loads, ...sums, ...biasSums].join('\n          ')}
        }
        for (var e = 0u; e < 5u; e++) {
          let row = select(4u * iq + e, layer.inputs, e == 4u);
          if (select(row < layer.inputs, iq == 0u, e == 4u)) {
            let at = layer.at + row * layer.stride + c;
            ${names.map((name) => `let ${name} = pick(e, ${range(5).map((i) => `${name}${i}`)});`).join(' ')}
            ${apply}
          }
        }
      }
    }`;
}

function biasStart({ tuning }: PassContext, bias: string): string {
  const sums = range(tuning.rows).map((i) => `var z${i} = bias;`);
  return `let bias = ${bias}; ${sums.join(' ')}`;
}

function zeros(name: string, count: number): string {
  return range(count)
    .map((i) => `var ${name}${i} = vec4f();`)
    .join(' ');
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
