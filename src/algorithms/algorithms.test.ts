// Every algorithm against the quadratic oracle, where its update has an exact formula, and the metamorphic
// relations between them.
import { describe, expect, it } from 'vitest';
import { ALGORITHM_IDS, type AlgorithmId, type SinusoidExperiment } from '../experiment/experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { key } from '../math/rng.ts';
import { sampleTasks, trainingDistribution } from '../tasks/sinusoid.ts';
import type { SinusoidTask } from '../tasks/sinusoid-task.ts';
import { createAlpha } from './adaptive-alpha.ts';
import { PHASES, type PhaseEvent, type RunState, type StepContext, type StepResult } from './algorithm.ts';
import { algorithmById } from './algorithms.ts';
import { createOptimizer } from './optimizers.ts';
import { createQuadraticEngine } from './quadratic-engine.testing.ts';
import { reptileStepSizeAt } from './reptile.ts';
import { shapeFor } from './run-shape.ts';

const live = presetById('sinusoid-live')!.experiment;
const experiment: SinusoidExperiment = {
  ...live,
  metaOptimizer: 'sgd',
  metaLearningRate: 0.1,
  innerLearningRate: 0.25,
  innerSteps: 3,
  reptileInnerSteps: 3,
  reptileStepSize: 0.5,
  reptileSchedule: 'constant',
  metaBatchSize: 4,
  adaptiveAlpha: 'none',
  taskBuffer: 'none',
};
const tasks = sampleTasks(key(1), trainingDistribution(experiment), 4);
const theta = Float32Array.of(0.5, -1.5, 2);

interface Overrides {
  readonly experiment?: Partial<SinusoidExperiment>;
  readonly state?: Partial<RunState>;
  readonly context?: Partial<StepContext>;
}

async function step(id: AlgorithmId, overrides: Overrides = {}) {
  const settings = { ...experiment, ...overrides.experiment };
  const engine = createQuadraticEngine();
  const alpha = createAlpha(settings, id, shapeFor(settings, id));
  const optimizer = createOptimizer(settings.metaOptimizer, theta.length);
  const state = { metaParams: theta, optimizer, alpha, buffer: [], ...overrides.state };
  const context: StepContext = {
    experiment: settings,
    engine,
    state,
    iteration: 0,
    freshTasks: tasks,
    key: key(2),
    ...overrides.context,
  };
  const generator = algorithmById(id).step(context);
  const events: PhaseEvent[] = [];
  let next = await generator.next();
  while (next.done !== true) {
    events.push(next.value);
    next = await generator.next();
  }
  const result: StepResult = next.value;
  return { result, events, batch: engine.requests[0]!.tasks, request: engine.requests[0]! };
}

/** Centres of the tasks as the quadratic engine reads them: the first three targets. */
function centres(values: ArrayLike<number>, size: number, task: number): number[] {
  return [0, 1, 2].map((i) => values[task * size + i]!);
}

/** θ − factor · mean over tasks of direction(θ_k, c_q) with θ_k by the closed form. */
function expected(
  batch: Awaited<ReturnType<typeof step>>['batch'],
  rate: number,
  direction: (adapted: number, query: number, start: number) => number,
): number[] {
  const shrink = (1 - 0.25) ** 3;
  return Array.from(theta, (start, i) => {
    let sum = 0;
    for (let task = 0; task < 4; task++) {
      const support = centres(batch.supportY, 10, task)[i]!;
      const query = centres(batch.queryY, 10, task)[i]!;
      sum += direction(support + shrink * (start - support), query, start) / 4;
    }
    return start - rate * sum;
  });
}

function expectClose(actual: ArrayLike<number>, wanted: readonly number[]) {
  expect(actual.length).toBe(wanted.length);
  for (const [i, value] of wanted.entries()) expect(actual[i]).toBeCloseTo(value, 5);
}

describe('the quadratic oracle', () => {
  it('MAML: (1−α)^k (θ_k − c_q)', async () => {
    const { result, batch } = await step('maml');
    const shrink = 0.75 ** 3;
    expectClose(
      result.state.metaParams,
      expected(batch, 0.1, (adapted, query) => shrink * (adapted - query)),
    );
  });

  it('FOMAML: θ_k − c_q', async () => {
    const { result, batch } = await step('fomaml');
    expectClose(
      result.state.metaParams,
      expected(batch, 0.1, (adapted, query) => adapted - query),
    );
  });

  it('Reptile: θ + ε mean(θ_k − θ), each inner step on its own minibatch', async () => {
    const { result, batch } = await step('reptile');
    expect(batch.supportSets).toBe(3);
    const wanted = Array.from(theta, (start, i) => {
      let sum = 0;
      for (let task = 0; task < 4; task++) {
        let adapted = start;
        for (let set = 0; set < 3; set++) {
          adapted -= 0.25 * (adapted - batch.supportY[(set * 4 + task) * 10 + i]!);
        }
        sum += (adapted - start) / 4;
      }
      return start + 0.5 * sum;
    });
    expectClose(result.state.metaParams, wanted);
  });

  it('pretrained and oracle: joint training on the query points', async () => {
    for (const id of ['pretrained', 'oracle'] as const) {
      const { result, batch } = await step(id);
      const wanted = Array.from(theta, (start, i) => {
        const queries = [0, 1, 2, 3].map((task) => centres(batch.queryY, 10, task)[i]!);
        return start - (0.1 * queries.reduce((sum, query) => sum + start - query, 0)) / 4;
      });
      expectClose(result.state.metaParams, wanted);
    }
  });

  it('RMAML: α ← clamp(α − α₀ mean ∂Q/∂α), ∂Q/∂α = −∇Q(θ′)·∇L(θ)', async () => {
    const settings = { innerSteps: 1, adaptiveAlpha: 'rmaml', alphaMode: 'scalar' } as const;
    const rates = { alphaLearningRate: 0.01, alphaMin: 0, alphaMax: 10 };
    const { result, batch } = await step('rmaml', { experiment: { ...settings, ...rates } });
    let gradient = 0;
    for (let task = 0; task < 4; task++) {
      const support = centres(batch.supportY, 10, task);
      const query = centres(batch.queryY, 10, task);
      theta.forEach((start, i) => {
        const inner = start - support[i]!;
        gradient -= ((start - 0.25 * inner - query[i]!) * inner) / 4;
      });
    }
    expect(result.state.alpha.values[0]).toBeCloseTo(0.25 - 0.01 * gradient, 5);
    expect(Math.abs(gradient)).toBeGreaterThan(0.1);

    const clamped = await step('rmaml', {
      experiment: { ...settings, ...rates, alphaMin: 0.2, alphaMax: 0.21 },
    });
    expect(clamped.result.state.alpha.values[0]).toBeCloseTo(gradient > 0 ? 0.2 : 0.21, 6);
  });

  it('random: θ stays, and the adapted loss is reported', async () => {
    const { result, batch } = await step('random');
    expect(result.state.metaParams).toEqual(theta);
    const losses = [0, 1, 2, 3].map((task) => {
      const support = centres(batch.supportY, 10, task);
      const query = centres(batch.queryY, 10, task);
      return theta.reduce((sum, start, i) => {
        const adapted = support[i]! + 0.75 ** 3 * (start - support[i]!);
        return sum + (adapted - query[i]!) ** 2 / 2;
      }, 0);
    });
    expect(result.queryLoss).toBeCloseTo(losses.reduce((sum, loss) => sum + loss, 0) / 4, 4);
  });
});

describe('relations between the algorithms', () => {
  it('α = 0: MAML and FOMAML are joint training', async () => {
    const zero = { experiment: { innerLearningRate: 0 } };
    const joint = (await step('pretrained', zero)).result.state.metaParams;
    expectClose((await step('maml', zero)).result.state.metaParams, [...joint]);
    expectClose((await step('fomaml', zero)).result.state.metaParams, [...joint]);
  });

  it('MAML tends to FOMAML as α → 0, linearly', async () => {
    const gap = async (innerLearningRate: number) => {
      const settings = { experiment: { innerLearningRate, innerSteps: 1 } };
      const second = (await step('maml', settings)).result.state.metaParams;
      const first = (await step('fomaml', settings)).result.state.metaParams;
      return Math.max(...second.map((value, i) => Math.abs(value - first[i]!)));
    };
    const large = await gap(0.1);
    const small = await gap(0.01);
    expect(small).toBeLessThan(large);
    expect(small / large).toBeGreaterThan(0.05);
    expect(small / large).toBeLessThan(0.2);
  });

  it('the sum over tasks is M times the mean', async () => {
    const mean = (await step('maml')).result.state.metaParams;
    const sum = (await step('maml', { experiment: { metaLoss: 'sum' } })).result.state.metaParams;
    expectClose(
      sum,
      [...mean].map((value, i) => theta[i]! + 4 * (value - theta[i]!)),
    );
  });

  it('one inner step of Reptile is ε·α times joint training on the support set', async () => {
    const { result, batch } = await step('reptile', { experiment: { reptileInnerSteps: 1 } });
    const wanted = Array.from(theta, (start, i) => {
      const supports = [0, 1, 2, 3].map((task) => centres(batch.supportY, 10, task)[i]!);
      return start - 0.5 * 0.25 * (start - supports.reduce((sum, value) => sum + value, 0) / 4);
    });
    expectClose(result.state.metaParams, wanted);
  });
});

describe('Reptile’s ε', () => {
  it('is constant, or falls linearly to 0 at the end', () => {
    const linear = { ...experiment, reptileSchedule: 'linear', metaIterations: 200 } as const;
    expect(reptileStepSizeAt(experiment, 150)).toBe(0.5);
    expect([0, 50, 100, 200, 300].map((t) => reptileStepSizeAt(linear, t))).toEqual([0.5, 0.375, 0.25, 0, 0]);
  });
});

describe.each(ALGORITHM_IDS)('%s', (id) => {
  const on = { adaptiveAlpha: 'all', taskBuffer: 'all', alphaMode: 'scalar' } as const;

  it('emits all phases in order, and its pseudocode lights up in that order', async () => {
    for (const settings of [{}, on]) {
      const { events } = await step(id, { experiment: settings });
      expect(events.map((event) => event.phase)).toEqual([...PHASES]);
      const lines = algorithmById(id).pseudocode({ ...experiment, ...settings });
      const lit = lines.map((line) => line.phase);
      expect(lit.filter((phase, i) => phase !== lit[i - 1])).toEqual([...PHASES]);
      expect(lines.length).toBeGreaterThanOrEqual(5);
      expect(lines.length).toBeLessThanOrEqual(7);
      for (const line of lines.filter(({ value }) => value !== undefined)) {
        const event = events.find(({ phase }) => phase === line.phase);
        expect(event?.values[line.value!.key], `${line.text}: ${line.value!.key}`).toBeTypeOf('number');
      }
    }
  });

  it('replays L tasks of the buffer in place of the last fresh ones', async () => {
    const strangers: SinusoidTask[] = [1, 2, 3, 4].map((amplitude) => ({
      amplitude: amplitude * 10,
      phase: 0,
      isNoise: false,
    }));
    const buffer = strangers.map((task, i) => ({ task, score: [3, 1, 4, 2][i]!, replayed: false }));
    const { result, batch } = await step(id, {
      experiment: { ...on, strategy: 'hard', maxReplayedTasks: 2, replayRampIterations: 10 },
      state: { buffer },
      context: { iteration: 10 },
    });
    if (id === 'random') {
      expect(result.replayedTasks).toBe(0);
      expect(result.state.buffer).toEqual(buffer);
      return;
    }
    expect(result.replayedTasks).toBe(2);
    const kept = result.state.buffer;
    expect(kept.map((entry) => entry.task)).toEqual([tasks[0], tasks[1], strangers[0], strangers[2]]);
    expect(kept.map((entry) => entry.replayed)).toEqual([false, false, true, true]);
    expect(batch.queryY.subarray(30).some((y) => Math.abs(y) > 5)).toBe(true);
    const mean = kept.reduce((sum, entry) => sum + entry.score, 0) / 4;
    expect(mean).toBeCloseTo(result.queryLoss, 8);
  });
});
