// Where a meta-iteration's time goes: one stacked bar per run with its roll-outs, inner and outer part, in seconds.
// Means over the last iterations; what is averaged is the caller's business.
import type { AlgorithmId } from '../experiment/experiment.ts';
import { frameWords } from '../words/charts/frame.ts';
import { secondsWords } from '../words/charts/phase-seconds.ts';
import { emptyMessage } from './axes.ts';
import { formatValue, steppingDomain } from './scales.ts';
import { type ChartView, densityStyle, type Mark, type Rect, type Scene } from './scene.ts';
import type { ChartTable } from './table.ts';
import { textMark, textWidth } from './text.ts';

/** As in CSV files; PART_NAMES are what people read. */
export const SECOND_PARTS = ['roll-outs', 'inner', 'outer'] as const;
export type SecondPart = (typeof SECOND_PARTS)[number];

const PART_NAMES: readonly string[] = [secondsWords.rollOuts, secondsWords.inner, secondsWords.outer];

export interface PhaseSeconds {
  readonly algorithm: AlgorithmId;
  /** Seconds per meta-iteration, in the order of SECOND_PARTS. */
  readonly seconds: readonly [number, number, number];
}

export interface PhaseSecondsData {
  /** In the experiment's order; runs without a finished iteration are left out. */
  readonly runs: readonly PhaseSeconds[];
}

export interface PhaseSecondsScene extends Scene {
  /** The axis' end, kept until a bar leaves it. */
  readonly limit: number;
}

/** Strengths of the parts, from the left. */
const STRENGTH = [1, 0.6, 0.28] as const;

function totalOf({ seconds }: PhaseSeconds): number {
  return seconds[0] + seconds[1] + seconds[2];
}

/** "0.42 s" or "85 ms". */
export function formatSeconds(seconds: number): string {
  return seconds < 0.1
    ? secondsWords.milliseconds(Math.round(seconds * 1000))
    : frameWords.inSeconds(formatValue(seconds));
}

/** Lays the bars out. `previous`: the last scene, whose axis is kept while the bars fit. */
export function layoutPhaseSeconds(
  data: PhaseSecondsData,
  view: ChartView,
  previous: PhaseSecondsScene | null = null,
): PhaseSecondsScene {
  const { fontSize, scale } = densityStyle(view.density);
  const { theme } = view;
  const names = Math.ceil(
    Math.max(0, ...data.runs.map(({ algorithm }) => textWidth(theme.algorithms[algorithm].label, fontSize))) +
      8,
  );
  const totals = Math.ceil(textWidth(frameWords.inSeconds('0.00'), fontSize, true) + 8);
  const key = Math.ceil(fontSize * 1.7);
  const plot: Rect = {
    x: names,
    y: key,
    width: Math.max(view.width - names - totals, 1),
    height: Math.max(view.height - key, 1),
  };
  const longest = Math.max(0, ...data.runs.map(totalOf).filter(Number.isFinite));
  const kept = previous === null ? null : ([0, previous.limit] as const);
  const [, limit] = steppingDomain(kept, longest > 0 ? longest : null);
  const scene = { width: view.width, height: view.height, background: theme.surface, plot, limit };
  if (data.runs.length === 0) return { ...scene, marks: [emptyMessage(view, plot)] };
  const lane = plot.height / data.runs.length;
  const thickness = Math.min(lane * 0.55, 16 * scale);
  const bars = data.runs.flatMap((run, i): Mark[] => {
    const style = theme.algorithms[run.algorithm];
    const middle = plot.y + lane * (i + 0.5);
    const perSecond = plot.width / limit;
    let x = plot.x;
    const parts = run.seconds.map((seconds, part): Mark => {
      const rect = { x, y: middle - thickness / 2, width: seconds * perSecond, height: thickness };
      x += rect.width;
      return {
        kind: 'rect',
        role: `${SECOND_PARTS[part]!}:${run.algorithm}`,
        rect,
        fill: style.mark,
        stroke: theme.surface,
        lineWidth: 1,
        opacity: STRENGTH[part]!,
      };
    });
    const words = { y: middle, fontSize };
    return [
      ...parts,
      textMark(style.label, { role: `name:${run.algorithm}`, x: 0, ...words, fill: style.text }),
      textMark(formatSeconds(totalOf(run)), {
        role: `total:${run.algorithm}`,
        x: x + 6,
        ...words,
        fill: theme.ink,
        bold: true,
      }),
    ];
  });
  return { ...scene, marks: [...layoutKey(plot, view), ...bars] };
}

/** Which part is which: a swatch and its word each. */
function layoutKey(plot: Rect, view: ChartView): readonly Mark[] {
  const { fontSize } = densityStyle(view.density);
  const { theme } = view;
  const side = fontSize * 0.75;
  const y = fontSize * 0.75;
  let x = plot.x;
  return SECOND_PARTS.flatMap((part, i): Mark[] => {
    const swatch: Mark = {
      kind: 'rect',
      role: `key:${part}`,
      rect: { x, y: y - side / 2, width: side, height: side },
      fill: theme.ink2,
      stroke: null,
      lineWidth: 0,
      opacity: STRENGTH[i]!,
    };
    const name = PART_NAMES[i]!;
    const word = textMark(name, {
      role: `key-word:${part}`,
      x: x + side + 4,
      y,
      fill: theme.ink2,
      fontSize,
    });
    x += side + 4 + textWidth(name, fontSize) + 12;
    return [swatch, word];
  });
}

/** "MAML 0.42 s per iteration: roll-outs 0.21 s, inner 80 ms, outer 0.13 s." */
export function describePhaseSeconds(data: PhaseSecondsData, nameOf: (id: AlgorithmId) => string): string {
  if (data.runs.length === 0) return frameWords.nothing;
  return data.runs
    .map((run) => {
      const parts = PART_NAMES.map((part, i) => `${part} ${formatSeconds(run.seconds[i]!)}`);
      return secondsWords.summary(nameOf(run.algorithm), formatSeconds(totalOf(run)), parts.join(', '));
    })
    .join(' ');
}

export function tablePhaseSeconds(data: PhaseSecondsData, nameOf: (id: AlgorithmId) => string): ChartTable {
  return {
    columns: ['algorithm', ...SECOND_PARTS.map((part) => `${part} (s)` as const)],
    rows: data.runs.map(({ algorithm, seconds }) => [nameOf(algorithm), ...seconds]),
  };
}
