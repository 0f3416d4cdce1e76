// Pinned runs as the charts of their lab draw them: which line on which chart, its numbers for the table, and a sentence.
// Of several seeds the mean with its 95 % band, of one seed the run itself.
import { usesAdaptiveAlpha } from '../../algorithms/adaptive-alpha.ts';
import { themeOf } from '../../charts/palette.ts';
import { createPinnedFinals } from '../../charts/pinned-finals.ts';
import type { PinnedLayer } from '../../charts/pinned-layer.ts';
import { createPinnedLayer, PIN_LOOKS, type PinnedLine } from '../../charts/pinned-lines.ts';
import { smoothReturns } from '../../charts/return-curve.ts';
import { formatValue } from '../../charts/scales.ts';
import type { ChartTable } from '../../charts/table.ts';
import type { AlgorithmId, LabId } from '../../experiment/experiment.ts';
import { meanInterval } from '../../math/student-t.ts';
import { heldOutPointsOf, policyPointsOf, sinusoidPointsOf } from '../../records/recorded-points.ts';
import type { RecordedRun } from '../../records/run-record.ts';
import { shownIn } from '../../state/pins-store.ts';
import type { Pin, SeedsCurve } from '../../state/pins-types.ts';
import { COMPARE_WORDS as words } from '../../words/compare.ts';
import { labelOf } from '../labels.ts';
import type { Overlays } from './compare-context.ts';

type Rows = ChartTable['rows'];

/** A line, with its rows in the chart's own columns. */
interface Drawn {
  readonly line: PinnedLine;
  readonly rows: Rows;
}

type Points = Pick<PinnedLine, 'x' | 'y' | 'low' | 'high'>;

/** "A MAML (α = 0.02)". */
function nameIn(pin: Pin, algorithm: AlgorithmId): string {
  return `${pin.letter} ${labelOf(algorithm)} (${pin.title})`;
}

function lineOf(pin: Pin, algorithm: AlgorithmId, points: Points): PinnedLine {
  const { letter, title, look, isBaseline } = pin;
  return {
    letter,
    title,
    algorithm,
    name: labelOf(algorithm),
    look: PIN_LOOKS[look]!,
    isBaseline,
    ...points,
  };
}

function seedsCurve({ seeds }: Pin, algorithm: AlgorithmId, name: string): SeedsCurve | null {
  const curve = seeds?.groups.find(({ id }) => id === algorithm)?.curves.find((each) => each.name === name);
  return curve !== undefined && curve.x.length > 0 ? curve : null;
}

/** Meta-iterations as another quantity that grows with them, read off the run's metrics. */
function convertX(iterations: readonly number[], run: RecordedRun, kind: string): readonly number[] {
  if (kind === 'iteration') return iterations;
  const { iteration = [], [kind]: values = [] } = run.metrics;
  return iterations.map((at) => {
    const next = iteration.findIndex((each) => each >= at);
    if (next < 0) return values.at(-1) ?? 0;
    const [x0, y0] = next === 0 ? [0, 0] : [iteration[next - 1]!, values[next - 1]!];
    const [x1, y1] = [iteration[next]!, values[next]!];
    return x1 === x0 ? y1 : y0 + ((at - x0) / (x1 - x0)) * (y1 - y0);
  });
}

function ofSeeds(curve: SeedsCurve, x: readonly number[], smooth = false): Points {
  const { mean, low, high } = curve;
  const through = (values: readonly number[]) =>
    smooth ? [...smoothReturns(values, values.length)] : values;
  const isBand = curve.n > 1;
  return { x, y: through(mean), ...(isBand && { low: through(low), high: through(high) }) };
}

/** The kept lines of one chart, the baseline's first. */
function layerOf(
  pins: readonly Pin[],
  drawn: (pin: Pin, run: RecordedRun) => Drawn | null,
  snapX = false,
): PinnedLayer | null {
  // By algorithm, then by pin: where names are short of room, every pin has one before any has two.
  const most = Math.max(0, ...pins.map(({ record }) => record?.runs.length ?? 0));
  const all = Array.from({ length: most }, (_, at) => at).flatMap((at) =>
    pins.flatMap((pin) => {
      const run = pin.record?.runs[at];
      const one = run === undefined ? null : drawn(pin, run);
      return one === null || one.line.x.length === 0 ? [] : [{ pin, ...one }];
    }),
  );
  const summary = all
    .map(({ pin, line }) => {
      const value = formatValue(line.y.at(-1) ?? Number.NaN);
      return words.onChart(pin.letter, pin.title, line.name, value);
    })
    .join(' ');
  return createPinnedLayer({
    lines: all.map(({ line }) => line),
    rows: all.flatMap(({ rows }) => rows),
    snapX,
    summary,
  });
}

function learningOf(pin: Pin, run: RecordedRun, kind: string): Drawn | null {
  const { algorithm } = run;
  if (algorithm === 'random') return null;
  const name = nameIn(pin, algorithm);
  const curve = seedsCurve(pin, algorithm, 'learning');
  if (curve !== null) {
    const points = ofSeeds(curve, convertX(curve.x, run, kind));
    const rows = points.x.map((x, i) => [name, x, curve.mean[i]!, curve.low[i]!, curve.high[i]!, null]);
    return { line: lineOf(pin, algorithm, points), rows };
  }
  const heldOut = heldOutPointsOf(run);
  if (heldOut.length < 2) {
    const { [kind]: x = [], queryLoss = [] } = run.metrics;
    return {
      line: lineOf(pin, algorithm, { x, y: [...smoothReturns(queryLoss, queryLoss.length)] }),
      rows: [],
    };
  }
  const x = heldOut.map((point) =>
    kind === 'seconds' ? point.seconds : kind === 'iteration' ? point.iteration : point.gradientEvaluations,
  );
  const rows = heldOut.map(({ loss }, i) => [name, x[i]!, loss.median, loss.q25, loss.q75, loss.mean]);
  return { line: lineOf(pin, algorithm, { x, y: heldOut.map(({ loss }) => loss.median) }), rows };
}

function adaptationOf(pin: Pin, run: RecordedRun, supportSize: number): Drawn | null {
  const { algorithm } = run;
  const name = nameIn(pin, algorithm);
  const mean = seedsCurve(pin, algorithm, `adaptation ${supportSize}`);
  if (mean !== null) {
    const rows = mean.x.map((x, i) => [
      name,
      supportSize,
      x,
      mean.mean[i]!,
      mean.low[i]!,
      mean.high[i]!,
      null,
      null,
    ]);
    return { line: lineOf(pin, algorithm, ofSeeds(mean, mean.x)), rows };
  }
  const curve = sinusoidPointsOf(run)
    .at(-1)
    ?.curves.find((each) => each.supportSize === supportSize);
  if (curve === undefined) return null;
  const { steps: x, median: y, q25, q75, mean: means, diverged } = curve;
  const rows = x.map((step, i) => [
    name,
    supportSize,
    step,
    y[i]!,
    q25[i]!,
    q75[i]!,
    means[i]!,
    diverged[i]!,
  ]);
  return { line: lineOf(pin, algorithm, { x, y }), rows };
}

function returnsOf(pin: Pin, run: RecordedRun, kind: string): Drawn | null {
  const { algorithm, metrics } = run;
  const name = nameIn(pin, algorithm);
  const curve = seedsCurve(pin, algorithm, 'learning');
  if (curve !== null) {
    const points = ofSeeds(curve, convertX(curve.x, run, kind), true);
    const rows = curve.x.map((_, i) => [
      name,
      points.x[i]!,
      null,
      curve.mean[i]!,
      curve.low[i]!,
      curve.high[i]!,
    ]);
    return { line: lineOf(pin, algorithm, points), rows };
  }
  const {
    [kind]: x = [],
    returnBefore = [],
    returnAfter = [],
    returnAfterQ25 = [],
    returnAfterQ75 = [],
  } = metrics;
  const rows = x.map((each, i) => [
    name,
    each,
    returnBefore[i] ?? null,
    returnAfter[i] ?? null,
    returnAfterQ25[i] ?? null,
    returnAfterQ75[i] ?? null,
  ]);
  return {
    line: lineOf(pin, algorithm, { x, y: [...smoothReturns(returnAfter, returnAfter.length)] }),
    rows,
  };
}

function returnAdaptationOf(pin: Pin, run: RecordedRun): Drawn | null {
  const { algorithm } = run;
  const name = nameIn(pin, algorithm);
  const mean = seedsCurve(pin, algorithm, 'adaptation');
  if (mean !== null) {
    const rows = mean.x.map((x, i) => [name, x, mean.mean[i]!, null, mean.low[i]!, mean.high[i]!]);
    return { line: lineOf(pin, algorithm, ofSeeds(mean, mean.x)), rows };
  }
  const point = policyPointsOf(run).at(-1);
  if (point === undefined) return null;
  const { steps: x, meanReturn: y, standardError, q25, q75 } = point;
  const rows = x.map((step, i) => [name, step, y[i]!, standardError[i]!, q25[i]!, q75[i]!]);
  return { line: lineOf(pin, algorithm, { x, y }), rows };
}

function alphaOf(pin: Pin, run: RecordedRun): Drawn | null {
  const { experiment } = pin;
  const { algorithm, metrics } = run;
  if (experiment.lab === 'reaching' || !usesAdaptiveAlpha(experiment, algorithm)) return null;
  const { iteration: x = [], alphaMean: y = [], alphaMin = [], alphaMax = [] } = metrics;
  const name = nameIn(pin, algorithm);
  const rows = x.map((each, i) => [name, each, y[i] ?? null, alphaMin[i] ?? null, alphaMax[i] ?? null]);
  return { line: lineOf(pin, algorithm, { x, y }), rows };
}

function finalsOf(pins: readonly Pin[]) {
  const all = pins.flatMap((pin) =>
    (pin.seeds?.groups ?? []).flatMap(({ id, finals }) => {
      const distances = finals.distance ?? [];
      if (distances.length === 0) return [];
      const { centre, halfWidth } = meanInterval(distances);
      return [{ pin, strategy: id, distances, mean: centre, halfWidth }];
    }),
  );
  return createPinnedFinals(
    all.map(({ pin, ...final }) => ({ ...final, letter: pin.letter, isBaseline: pin.isBaseline })),
    {
      rows: all.flatMap(({ pin, strategy, distances }) =>
        distances.map((distance, seed) => [
          `${pin.letter} ${strategy.toUpperCase()} (${pin.title})`,
          seed + 1,
          distance,
        ]),
      ),
      summary: all
        .map(({ pin, strategy, mean }) => {
          const name = strategy in themeOf('light').agents ? strategy.toUpperCase() : strategy;
          return words.onChart(pin.letter, pin.title, name, formatValue(mean));
        })
        .join(' '),
    },
  );
}

/** What the charts of a lab draw of these pins; null where none is shown there. Layers are made once each. */
export function overlaysOf(pins: readonly Pin[], lab: LabId): Overlays | null {
  const shown = shownIn(pins, lab);
  if (shown.length === 0) return null;
  const made = new Map<string, PinnedLayer | null>();
  const once = (key: string, make: () => PinnedLayer | null): PinnedLayer | null => {
    const known = made.get(key);
    if (known !== undefined) return known;
    const layer = make();
    made.set(key, layer);
    return layer;
  };
  let finals: ReturnType<typeof finalsOf> | undefined;
  return {
    learning: (x) => once(`learning ${x}`, () => layerOf(shown, (pin, run) => learningOf(pin, run, x))),
    adaptation: (k) =>
      once(`adaptation ${k}`, () => layerOf(shown, (pin, run) => adaptationOf(pin, run, k), true)),
    returns: (x) => once(`returns ${x}`, () => layerOf(shown, (pin, run) => returnsOf(pin, run, x))),
    returnAdaptation: () => once('return adaptation', () => layerOf(shown, returnAdaptationOf, true)),
    alpha: () => once('alpha', () => layerOf(shown, alphaOf)),
    finals() {
      finals ??= finalsOf(shown);
      return finals;
    },
  };
}
