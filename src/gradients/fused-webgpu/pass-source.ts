// WGSL of the passes of a task's network over its points: forward, backward, weight gradients, and the same three for
// Pearlmutter's R-operator (docs/engines.md; reference/hessian-vector.ts in loops). Every thread computes a tile: a few
// points × one quad of units, or 4 × 4 weights, from quads, so that one load serves four to sixteen products.
import type { QuadLayer } from './quad-layout.ts';
import type { TaskPlan } from './task-plan.ts';

/** Where a pass finds its slot: WGSL of the slot's first quad in `slots`. */
export interface Slots {
  /** Values a and deltas ∂L/∂z of the pass. */
  readonly pass: string;
  /** R{a} and R{∂L/∂z}. */
  readonly tangent: string;
}

/** All threads wait, and see what the others have written. */
export const BARRIER = 'storageBarrier(); workgroupBarrier();\n';

/** Level l's value of `point`, quad `index`. */
export function valueRef(plan: TaskPlan, slot: string, level: number, quad: string): string {
  return plan.slots.ref(`${slot} + ${plan.valuesAt[level]}u + ${quad}`);
}

export function deltaRef(plan: TaskPlan, slot: string, level: number, quad: string): string {
  return plan.slots.ref(`${slot} + ${plan.deltasAt[level]}u + ${quad}`);
}

/** What a product of a pass is made of, per term: WGSL of quads of the row of points and of the weights. */
interface Term {
  /** Quad of the row: level below (forward) or above (backward), by point row and quad. */
  readonly row: (index: string) => string;
  readonly weight: (index: string) => string;
  /** Factor of the whole term; '' for 1. */
  readonly factor: string;
}

/** Points per tile: as few rounds of all threads as possible, and in those as many points per thread as pay. */
function rowsPerTile(plan: TaskPlan, columns: number): number {
  const points = Math.max(plan.key.supportSize, plan.key.querySize);
  const { threads, rows: most } = plan.tuning;
  let best = 1;
  let least = Number.POSITIVE_INFINITY;
  for (let rows = 1; rows <= Math.min(most, points); rows++) {
    const rounds = Math.ceil((Math.ceil(points / rows) * columns) / threads);
    // 4 loads of weights and one per point serve 4 products per point; a load costs about as much as 4 products.
    const cost = rounds * (16 + 4 * rows + 4 * rows);
    if (cost < least) [best, least] = [rows, cost];
  }
  return best;
}

/** Loop over tiles of `rows` points × 1 quad of `columns`; inside, r0 … are points, c the quad, row tiles first. */
function tiles(rows: number, columns: number, body: string): string {
  const points = range(rows).map((i) => `let r${i} = min(tile % rowTiles + ${i}u * rowTiles, points - 1u);`);
  return `
  {
    let rowTiles = (points + ${rows - 1}u) / ${rows}u;
    for (var tile = lane; tile < rowTiles * ${columns}u; tile += THREADS) {
      let c = tile / rowTiles;
      ${points.join('\n      ')}
      ${body}
    }
  }
  ${BARRIER}`;
}

/** Stores for every point of the tile that is not the repetition of another one. */
function forOwnRows(rows: number, body: (row: number) => string): string {
  return range(rows)
    .map((i) => `if (tile % rowTiles + ${i}u * rowTiles < points) { ${body(i)} }`)
    .join('\n      ');
}

/** z_r += Σ_terms Σ_i row[r][i] · weight[i][c] over the inputs of the layer. */
function forwardSum(layer: QuadLayer, rows: number, terms: readonly Term[]): string {
  const { inputs, at, stride } = layer;
  const whole = Math.floor(inputs / 4);
  const block = (quad: string, count: number) =>
    terms
      .map(({ row, weight, factor }, t) => {
        const weights = range(count).map(
          (e) => `let w${t}${e} = ${weight(`${at}u + (4u * ${quad} + ${e}u) * ${stride}u + c`)}${factor};`,
        );
        const sums = range(rows).map((i) => {
          const products = range(count).map((e) => `a${t}${i}.${'xyzw'[e]} * w${t}${e}`);
          return `let a${t}${i} = ${row(`r${i} * ROW + ${quad}`)}; z${i} += ${products.join(' + ')};`;
        });
        return [...weights, ...sums].join('\n        ');
      })
      .join('\n        ');
  const rest = inputs % 4 === 0 ? '' : `{ ${block(`${whole}u`, inputs % 4)} }`;
  const loop = whole === 0 ? '' : `for (var q = 0u; q < ${whole}u; q++) { ${block('q', 4)} }`;
  return `${loop}\n      ${rest}`.replaceAll('ROW', `${Math.ceil(inputs / 4)}u`);
}

/** s_r[e] += Σ_terms Σ_j row[r][j] · weight[4c + e][j]: the way back through a layer, for one quad of its inputs. */
function backwardSum(layer: QuadLayer, rows: number, terms: readonly Term[]): string {
  const { inputs, at, stride } = layer;
  const body = terms
    .map(({ row, weight, factor }, t) => {
      // A quad's last entries may lie beyond the inputs: they read the bias, and what comes out is masked away.
      const weights = range(4).map(
        (e) => `let w${t}${e} = ${weight(`${at}u + min(4u * c + ${e}u, ${inputs}u) * ${stride}u + q`)};`,
      );
      const sums = range(rows).map((i) => {
        const products = range(4).map((e) => `dot(d${t}${i}, w${t}${e})`);
        return `let d${t}${i} = ${row(`r${i} * ${stride}u + q`)}${factor}; s${i} += vec4f(${products.join(', ')});`;
      });
      return [...weights, ...sums].join('\n        ');
    })
    .join('\n        ');
  return `for (var q = 0u; q < ${stride}u; q++) { ${body} }`;
}

/** `value` with the entries beyond `size` set to 0, where column c is the level's last quad. */
function masked(value: string, size: number): string {
  const kept = size % 4;
  if (kept === 0) return value;
  const mask = range(4).map((e) => (e < kept ? 'false' : 'true'));
  return `select(${value}, vec4f(), vec4<bool>(${mask.join(', ')}) & vec4<bool>(c == ${Math.ceil(size / 4) - 1}u))`;
}

/**
 * Values of all levels from `points` points in the slot's level 0; at the output ∂L/∂z and, into the thread's `loss`,
 * the sum of squared errors. Needs targetsAt, the first target in `data`, and `scale` = 2/(N·outputs).
 */
export function forwardSource(plan: TaskPlan, slot: string): string {
  const { layers } = plan.layout;
  return layers
    .map((layer, l) => {
      const rows = rowsPerTile(plan, layer.stride);
      const isLast = l === layers.length - 1;
      const sum = forwardSum(layer, rows, [
        { row: (at) => valueRef(plan, slot, l, at), weight: (at) => plan.params.ref(at), factor: '' },
      ]);
      const store = (i: number) =>
        isLast
          ? `let e${i} = ${masked(`z${i} - pointQuad(targetsAt + r${i} * ${layer.outputs}u + 4u * c, ${layer.outputs}u - 4u * c)`, layer.outputs)};
        loss += dot(e${i}, e${i}); ${deltaRef(plan, slot, l + 1, `r${i} * ${layer.stride}u + c`)} = scale * e${i};`
          : `${valueRef(plan, slot, l + 1, `r${i} * ${layer.stride}u + c`)} = activate(z${i});`;
      const bias = plan.params.ref(`${layer.at + layer.inputs * layer.stride}u + c`);
      return tiles(
        rows,
        layer.stride,
        `let bias = ${bias};
      ${range(rows)
        .map((i) => `var z${i} = bias;`)
        .join(' ')}
      ${sum}
      ${forOwnRows(rows, store)}`,
      );
    })
    .join('');
}

/** Deltas of all hidden levels from that of the output. */
export function backwardSource(plan: TaskPlan, slot: string): string {
  return hiddenLayersDown(plan)
    .map(([layer, l]) => {
      const columns = plan.strides[l]!;
      const rows = rowsPerTile(plan, columns);
      const sum = backwardSum(layer, rows, [
        { row: (at) => deltaRef(plan, slot, l + 1, at), weight: (at) => plan.params.ref(at), factor: '' },
      ]);
      return tiles(
        rows,
        columns,
        `${zeros('s', rows)}
      ${sum}
      ${forOwnRows(rows, (i) => {
        const quad = `r${i} * ${columns}u + c`;
        const delta = masked(`s${i} * slopeOf(${valueRef(plan, slot, l, quad)})`, layer.inputs);
        return `${deltaRef(plan, slot, l, quad)} = ${delta};`;
      })}`,
      );
    })
    .join('');
}

/** R{values} and R{∂L/∂output} for the direction that `direction` gives; hidden R{deltas} get their bend part. */
export function tangentForwardSource(plan: TaskPlan, slots: Slots, direction: Direction): string {
  const { layers } = plan.layout;
  return layers
    .map((layer, l) => {
      const rows = rowsPerTile(plan, layer.stride);
      const factor = direction.factor(l);
      const terms: Term[] = [
        { row: (at) => valueRef(plan, slots.pass, l, at), weight: direction.ref, factor },
      ];
      if (l > 0) {
        const row = (at: string) => valueRef(plan, slots.tangent, l, at);
        terms.push({ row, weight: (at) => plan.params.ref(at), factor: '' });
      }
      const bias = direction.ref(`${layer.at + layer.inputs * layer.stride}u + c`);
      return tiles(
        rows,
        layer.stride,
        `let bias = ${bias}${factor};
      ${range(rows)
        .map((i) => `var z${i} = bias;`)
        .join(' ')}
      ${forwardSum(layer, rows, terms)}
      ${forOwnRows(rows, (i) => storeTangent(plan, slots, l, i))}`,
      );
    })
    .join('');
}

function storeTangent(plan: TaskPlan, { pass, tangent }: Slots, l: number, i: number): string {
  const { layers } = plan.layout;
  const quad = `r${i} * ${layers[l]!.stride}u + c`;
  const delta = deltaRef(plan, tangent, l + 1, quad);
  if (l === layers.length - 1) return `${delta} = scale * z${i};`;
  const bend =
    plan.key.shape.activation === 'relu'
      ? ''
      : `${delta} = bendOf(v${i}) * z${i} * ${deltaRef(plan, pass, l + 1, quad)};`;
  return `let v${i} = ${valueRef(plan, pass, l + 1, quad)};
        ${valueRef(plan, tangent, l + 1, quad)} = slopeOf(v${i}) * z${i}; ${bend}`;
}

/** R{deltas} of all hidden levels. */
export function tangentBackwardSource(plan: TaskPlan, slots: Slots, direction: Direction): string {
  return hiddenLayersDown(plan)
    .map(([layer, l]) => {
      const columns = plan.strides[l]!;
      const rows = rowsPerTile(plan, columns);
      const sum = backwardSum(layer, rows, [
        {
          row: (at) => deltaRef(plan, slots.tangent, l + 1, at),
          weight: (at) => plan.params.ref(at),
          factor: '',
        },
        {
          row: (at) => deltaRef(plan, slots.pass, l + 1, at),
          weight: direction.ref,
          factor: direction.factor(l),
        },
      ]);
      return tiles(
        rows,
        columns,
        `${zeros('s', rows)}
      ${sum}
      ${forOwnRows(rows, (i) => {
        const quad = `r${i} * ${columns}u + c`;
        const at = deltaRef(plan, slots.tangent, l, quad);
        const bend = plan.key.shape.activation === 'relu' ? '' : ` + ${at}`;
        const value = `s${i} * slopeOf(${valueRef(plan, slots.pass, l, quad)})${bend}`;
        return `${at} = ${masked(value, layer.inputs)};`;
      })}`,
      );
    })
    .join('');
}

/** The direction u = α∘v of an R-pass: quads, and a factor per layer ('' when it is in the quads). */
export interface Direction {
  readonly ref: (index: string) => string;
  readonly factor: (layer: number) => string;
}

/** One factor pair of a weight gradient: Σ over points of left[point][row] · right[point][column]. */
export interface OuterTerm {
  /** WGSL of the quad of units on the left of layer l; null where it is zero or, for the bias, a column of ones. */
  readonly left: (layer: number, quad: string) => string | null;
  readonly right: (layer: number, quad: string) => string;
  /** Name of the sum. Several terms may go into one. */
  readonly into: string;
  /** Whether the bias gets Σ right. */
  readonly hasBias: boolean;
}

/**
 * Weight gradients of all layers at once. For every quad of parameters `apply(layer)` gets its sums under the names
 * of the terms, and its place as `at`. No barrier at the end.
 */
export function outerSource(
  plan: TaskPlan,
  terms: readonly OuterTerm[],
  apply: (layer: number) => string,
): string {
  const names = [...new Set(terms.map(({ into }) => into))];
  return plan.layout.layers
    .map((layer, l) => {
      const { inputs, stride } = layer;
      const rowQuads = Math.ceil(inputs / 4);
      const active = terms.filter(({ left }) => left(l, '0u') !== null);
      const loads = active.map(
        ({ left, right }, t) =>
          `let a${t} = ${left(l, `n * ${rowQuads}u + iq`)}; let d${t} = ${right(l, `n * ${stride}u + c`)};`,
      );
      const sums = active.flatMap(({ into }, t) =>
        range(4).map((e) => `${into}${e} += a${t}.${'xyzw'[e]} * d${t};`),
      );
      const rows = range(4).map((e) => {
        const sums = names.map((name) => `let ${name} = ${name}${e};`).join(' ');
        const put = `let at = ${layer.at}u + (4u * iq + ${e}u) * ${stride}u + c; ${sums} ${apply(l)}`;
        return inputs % 4 === 0 || e === 0 ? `{ ${put} }` : `if (4u * iq + ${e}u < ${inputs}u) { ${put} }`;
      });
      const biases = terms
        .filter(({ hasBias }) => hasBias)
        .map(({ right, into }) => `${into} += ${right(l, `n * ${stride}u + c`)};`);
      return `
  for (var tile = lane; tile < ${rowQuads * stride}u; tile += THREADS) {
    let iq = tile / ${stride}u;
    let c = tile % ${stride}u;
    ${names.map((name) => zeros(name, 4)).join(' ')}
    for (var n = 0u; n < points; n++) {
      ${[...loads, ...sums].join('\n      ')}
    }
    ${rows.join('\n    ')}
  }
  for (var c = lane; c < ${stride}u; c += THREADS) {
    ${names.map((name) => `var ${name} = vec4f();`).join(' ')}
    for (var n = 0u; n < points; n++) { ${biases.join(' ')} }
    let at = ${layer.at + inputs * stride}u + c;
    ${apply(l)}
  }`;
    })
    .join('');
}

function hiddenLayersDown(plan: TaskPlan): [QuadLayer, number][] {
  return plan.layout.layers
    .map((layer, l): [QuadLayer, number] => [layer, l])
    .slice(1)
    .reverse();
}

function zeros(name: string, count: number): string {
  return range(count)
    .map((i) => `var ${name}${i} = vec4f();`)
    .join(' ');
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, i) => i);
}
