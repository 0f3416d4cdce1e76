// What each lab asks before its outcome is shown, and the axes that a guess is drawn into: ranges that hold what could
// come out, from the experiment alone, so that they give nothing away.
import type { AxisSpec } from '../../charts/axes.ts';
import { formatTick, groupThousands, niceCeiling } from '../../charts/scales.ts';
import type { Experiment } from '../../experiment/experiment.ts';
import type { PredictChart, PredictQuestion } from '../../experiment/predict-question.ts';
import { PREDICT_WORDS } from '../../words/predict.ts';
import { labelOf } from '../labels.ts';

export interface DrawingAsked {
  readonly x: AxisSpec;
  readonly y: AxisSpec;
  /** Where the guess has points, and what each is called. */
  readonly points: readonly { readonly x: number; readonly name: string }[];
  /** Height that the points have at first. */
  readonly start: number;
  /** Step of the fields' arrow keys. */
  readonly step: number;
  readonly isCategorical: boolean;
  /** What y counts. */
  readonly unit: string;
}

const words = PREDICT_WORDS;

/** The chart of outcomes that a lab has, where a question names another's. */
function chartOf(experiment: Experiment, wanted: PredictChart | null): PredictChart {
  if (experiment.lab === 'reaching') return 'final-distance';
  if (experiment.lab === 'sinusoid') return 'adaptation';
  return wanted === 'adaptation' ? 'adaptation' : 'return';
}

/** The question of a lab that no story tells. */
export function labQuestion(experiment: Experiment): PredictQuestion {
  const chart = chartOf(experiment, null);
  if (experiment.lab === 'reaching')
    return { kind: 'draw', chart, question: words.questions['final-distance'] };
  const name = labelOf(experiment.algorithms[0] ?? 'maml');
  const say = chart === 'return' ? words.questions.return : words.questions.adaptation;
  return { kind: 'draw', chart, question: say(name) };
}

function linear(domain: readonly [number, number], ticks: readonly number[], unit?: string): AxisSpec {
  return { domain, kind: 'linear', ticks, ...(unit === undefined ? {} : { unit }) };
}

/** [least, greatest] return that a policy of that experiment may get. */
function returnRange(experiment: Experiment): readonly [number, number] {
  if (experiment.lab === 'navigation') {
    const { goalXMin, goalXMax, goalYMin, goalYMax, horizon, reward } = experiment;
    const reach = Math.max(...[goalXMin, goalXMax, goalYMin, goalYMax].map(Math.abs), 0.1);
    const perStep = reward === 'distance' ? reach : reach ** 2;
    return [-niceCeiling(2 * perStep * horizon).value, 0];
  }
  if (experiment.lab !== 'cheetah') return [-1, 0];
  const most = niceCeiling(experiment.horizon).value;
  return experiment.family === 'dir' ? [-most, 2 * most] : [-2 * most, 0];
}

function steps(count: number, chosen: readonly number[]): readonly number[] {
  const kept = chosen.filter((at) => at < count);
  return [...kept, count];
}

function askSteps(experiment: Experiment): DrawingAsked {
  const isLoss = experiment.lab === 'sinusoid';
  const most = isLoss || experiment.lab === 'reaching' ? 10 : Math.max(experiment.testInnerSteps, 1);
  const [low, high] = isLoss ? [0, 6] : returnRange(experiment);
  const at = isLoss ? [0, 1, 2, 3, 5, 10] : steps(most, [0, 1, 2, 3]);
  return {
    x: linear([0, most], isLoss ? [0, 5, 10] : [...new Set([0, Math.round(most / 2), most])], 'steps'),
    y: linear([low, high], [low, (low + high) / 2, high]),
    points: at.map((x) => ({ x, name: words.steps(x) })),
    start: isLoss ? 4 : (low + high) / 2,
    step: isLoss ? 0.1 : (high - low) / 100,
    isCategorical: false,
    unit: isLoss ? words.units.loss : words.units.return,
  };
}

function askIterations(experiment: Experiment): DrawingAsked {
  const most = experiment.lab === 'reaching' ? experiment.iterations : experiment.metaIterations;
  const [low, high] = returnRange(experiment);
  const at = [...new Set([0, 0.1, 0.25, 0.5, 1].map((share) => Math.round(share * most)))];
  return {
    x: { ...linear([0, most], [0, most / 2, most], 'iterations'), format: formatTick },
    y: linear([low, high], [low, (low + high) / 2, high]),
    points: at.map((x) => ({ x, name: words.iteration(groupThousands(x)) })),
    start: (low + high) / 2,
    step: (high - low) / 100,
    isCategorical: false,
    unit: words.units.return,
  };
}

function askStrategies(experiment: Extract<Experiment, { lab: 'reaching' }>): DrawingAsked {
  const { strategies, startX, startY, mainX, mainY } = experiment;
  const far = niceCeiling(Math.max(Math.hypot(startX - mainX, startY - mainY), 1)).value;
  const names = strategies.map((id) => id.toUpperCase());
  return {
    x: {
      domain: [-0.5, strategies.length - 0.5],
      kind: 'linear',
      // The last tick has no name: its label would end there instead of being centred.
      ticks: [...names.map((_, i) => i), strategies.length - 0.5],
      format: (i) => names[i] ?? '',
    },
    y: linear([0, far], [0, far / 2, far]),
    points: names.map((name, x) => ({ x, name })),
    start: far / 2,
    step: 0.1,
    isCategorical: true,
    unit: words.units.distance,
  };
}

/** The axes and points of a drawn guess, for the chart that the question names or the lab's own. */
export function drawingAsked(experiment: Experiment, wanted: PredictChart | null): DrawingAsked {
  const chart = chartOf(experiment, wanted);
  if (chart === 'return') return askIterations(experiment);
  if (chart === 'final-distance' && experiment.lab === 'reaching') return askStrategies(experiment);
  return askSteps(experiment);
}

/** The chart in which that lab shows the outcome of such a question. */
export function outcomeChart(experiment: Experiment, question: PredictQuestion): PredictChart {
  return chartOf(experiment, question.kind === 'draw' ? question.chart : null);
}
