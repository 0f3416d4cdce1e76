// From a session to a record and back into a session: what goes on from there is trained like the rest.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SinusoidExperiment } from '../experiment/experiment.ts';
import type { NavigationExperiment } from '../experiment/navigation-experiment.ts';
import { presetById } from '../experiment/presets.ts';
import { createReferenceEngine } from '../gradients/reference/reference-engine.ts';
import { eventsOf, startTiny, TINY } from '../training/policy-session.testing.ts';
import type { PolicyCheckpoint, PolicyMetrics } from '../training/policy-session-events.ts';
import { createSession } from '../training/session.ts';
import type { Checkpoint, IterationMetrics, SessionEvent } from '../training/session-events.ts';
import { PROGRAM_VERSION } from './program-version.ts';
import type { RecordedExperiment } from './recorded-experiments.ts';
import {
  fromCheckpoints,
  thinCheckpoints,
  toPolicyCheckpoint,
  toSinusoidCheckpoint,
} from './run-checkpoints.ts';
import { describeRunFileIssue, encodeRunRecord, readRunFile } from './run-file.ts';
import type { RunRecord } from './run-record.ts';

const at = (iteration: number) => ({ iteration });

describe('thinning', () => {
  const schedule = [
    0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 14, 16, 20, 24, 28, 32, 40, 48, 56, 64, 80, 96, 112, 128,
  ].map(at);

  it('keeps the first, the last and as many as allowed, in order', () => {
    for (let limit = 2; limit <= schedule.length + 1; limit++) {
      const kept = thinCheckpoints(schedule, limit);
      expect(kept).toHaveLength(Math.min(limit, schedule.length));
      expect(kept[0]).toEqual(at(0));
      expect(kept.at(-1)).toEqual(at(128));
      expect(kept).toEqual([...kept].sort((a, b) => a.iteration - b.iteration));
    }
    expect(thinCheckpoints([], 4)).toEqual([]);
    expect(() => thinCheckpoints(schedule, 1)).toThrow(/got a limit of 1/);
  });

  it('spaces them about evenly in the logarithm', () => {
    const kept = thinCheckpoints(
      Array.from({ length: 2001 }, (_, i) => at(i)),
      20,
    );
    const places = kept.map(({ iteration }) => Math.log(iteration + 20));
    const gaps = places.slice(1).map((place, i) => place - places[i]!);
    expect(Math.max(...gaps) / Math.min(...gaps)).toBeLessThan(2.5);
  });
});

/** The record of a finished session, through the text of a file. */
function throughFile(
  experiment: RecordedExperiment,
  metrics: readonly (PolicyMetrics | IterationMetrics)[],
  checkpoints: Parameters<typeof fromCheckpoints>[0],
): RunRecord {
  const runs = experiment.algorithms.map((algorithm) => {
    const rows = metrics.filter((row) => row.algorithm === algorithm);
    const names = Object.keys(rows[0]!).filter((name) => name !== 'algorithm');
    const columns = names.map((name) => [name, rows.map((row) => Number(Reflect.get(row, name)))]);
    return {
      algorithm,
      divergedAt: null,
      metrics: Object.fromEntries(columns),
      adaptations: [],
      heldOut: [],
    };
  });
  const record: RunRecord = {
    title: null,
    program: PROGRAM_VERSION,
    experiment,
    engine: 'reference',
    seconds: 1,
    iterations: experiment.metaIterations,
    runs,
    checkpoints: fromCheckpoints(checkpoints),
  };
  const reading = readRunFile(encodeRunRecord(record, { precision: 'f32' }));
  if (reading.kind === 'refused') throw new Error(describeRunFileIssue(reading.issue));
  return reading.record;
}

describe('a session that goes on from a record', () => {
  it('of meta-RL comes to the same θ where the optimiser has no memory', async () => {
    const experiment: NavigationExperiment = {
      ...TINY,
      algorithms: ['maml', 'reptile', 'rmaml'],
      outerOptimizer: 'trpo',
      taskBuffer: 'none',
      alphaMode: 'layer',
    };
    const whole = startTiny(experiment);
    const events = await eventsOf(whole);
    const record = throughFile(
      experiment,
      events.flatMap((event) => (event.kind === 'metrics' ? [event.metrics] : [])),
      events.flatMap((event) => (event.kind === 'checkpoint' ? [event.checkpoint] : [])),
    );
    expect(record.checkpoints.map(({ iteration }) => iteration)).toEqual([0, 1, 2, 3, 4]);
    const rest = startTiny(experiment, { resume: toPolicyCheckpoint(record, 2) });
    expect(rest.checkpoint().iteration).toBe(2);
    await eventsOf(rest);
    expect(essenceOf(rest.checkpoint())).toEqual(essenceOf(whole.checkpoint()));
    expect(() => toPolicyCheckpoint(record, 7)).toThrow(/it has 0, 1, 2, 3, 4/);
  });

  it('of the Sinusoid lab does too, and counts on', async () => {
    const experiment: SinusoidExperiment = {
      ...presetById('sinusoid-live')!.experiment,
      algorithms: ['maml', 'rmaml'],
      hiddenWidths: [4],
      metaBatchSize: 3,
      maxReplayedTasks: 1,
      metaIterations: 6,
      metaOptimizer: 'sgd',
      taskBuffer: 'none',
    };
    const start = (resume: Checkpoint | null) =>
      createSession(experiment, createReferenceEngine(), { clock: () => 0, evaluationTasks: 0, resume });
    const whole = start(null);
    const events: SessionEvent[] = [];
    for await (const event of whole.events) events.push(event);
    const record = throughFile(
      experiment,
      events.flatMap((event) => (event.kind === 'metrics' ? [event.metrics] : [])),
      events.flatMap((event) => (event.kind === 'checkpoint' ? [event.checkpoint] : [])),
    );
    const rest = start(toSinusoidCheckpoint({ ...record, experiment }, 3));
    for await (const _ of rest.events);
    expect(essenceOf(rest.checkpoint())).toEqual(essenceOf(whole.checkpoint()));
    const counts = ({ runs }: Checkpoint) => runs.map(({ gradientEvaluations }) => gradientEvaluations);
    expect(counts(rest.checkpoint())).toEqual(counts(whole.checkpoint()));
  });

  it('leaves runs alone that had diverged by then', () => {
    const text = readFileSync(new URL('./fixtures/version-1-navigation.json', import.meta.url), 'utf8');
    const reading = readRunFile(text);
    if (reading.kind === 'refused') throw new Error(describeRunFileIssue(reading.issue));
    const { record } = reading;
    const runs = record.runs.map((run, i) => ({ ...run, divergedAt: i === 0 ? 5 : null }));
    const { runs: resumed } = toPolicyCheckpoint({ ...record, runs }, 6);
    expect(resumed.map(({ divergedAt }) => divergedAt)).toEqual([5, null, null]);
  });
});

/** θ and α. */
function essenceOf({ runs }: PolicyCheckpoint | Checkpoint) {
  return runs.map(({ algorithm, state: { metaParams, alpha } }) => ({ algorithm, metaParams, alpha }));
}
