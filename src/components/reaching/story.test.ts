import { describe, expect, it } from 'vitest';
import { simulateReaching } from '../../algorithms/ideal-learner.ts';
import { STRATEGIES, type Strategy } from '../../experiment/experiment.ts';
import { REACHING_LAB } from '../../experiment/labs.ts';
import type { ReachingExperiment } from '../../experiment/reaching-experiment.ts';
import { drawReachingTasks } from '../../tasks/reaching.ts';
import { reachingPseudocode, readValues } from './pseudocode.ts';
import { readBatch, type StoryData, tellStory } from './story.ts';

const FIGURE_3 = REACHING_LAB.presets[0].experiment;

function dataOf(experiment: ReachingExperiment, at: Pick<StoryData, 'iteration' | 'phase'>): StoryData {
  const tasks = drawReachingTasks(experiment);
  const runs = experiment.strategies.map((strategy) => simulateReaching(experiment, tasks, strategy));
  return { experiment, tasks, runs, ...at };
}

describe('the facts of a batch', () => {
  it('count its parts, its noise and what is kept', () => {
    const data = dataOf(FIGURE_3, { iteration: 150, phase: null });
    const facts = STRATEGIES.map((strategy) => {
      const run = data.runs.find((one) => one.strategy === strategy)!;
      return { strategy, ...readBatch(run, data.tasks.clouds, 150) };
    });
    for (const one of facts) {
      expect(one.fresh + one.replayed).toBe(20);
      expect(one.replayed).toBe(one.strategy === 'uniform' ? 0 : 15);
      expect(one.chosen).toBe(one.replayed);
      expect(one.meanScore).toBeGreaterThan(one.leastScore);
      expect(one.meanScore).toBeLessThan(one.greatestScore);
    }
    const of = (strategy: Strategy) => facts.find((one) => one.strategy === strategy)!;
    expect(of('easy').leastChosen).toBe(of('easy').leastScore);
    expect(of('hard').greatestChosen).toBe(of('hard').greatestScore);
    expect(of('medium').leastChosen).toBeGreaterThan(of('medium').leastScore);
    expect(of('medium').noiseReplayed).toBe(0);
    expect(of('hard').noiseReplayed).toBeGreaterThan(7);
    // Fresh tasks are the same for all where as many are drawn.
    expect(of('easy').noiseFresh).toBe(of('hard').noiseFresh);
  });
});

describe('the story', () => {
  const tell = (strategy: Strategy, at: Pick<StoryData, 'iteration' | 'phase'>, experiment = FIGURE_3) =>
    tellStory(dataOf(experiment, at), strategy);

  it('says at the start what differs, and at the end who is nearest', () => {
    expect(tell('medium', { iteration: 0, phase: null })).toContain('Only one thing differs');
    expect(tell('hard', { iteration: 200, phase: null })).toMatch(
      /^After 200 iterations MEDIUM is nearest to the goal, 0\.\d+ away; then EASY .*, UNIFORM .*, HARD /,
    );
  });
  it('says of each strategy what it replays', () => {
    const at = { iteration: 150, phase: null };
    expect(tell('medium', at)).toMatch(
      /^MEDIUM replays 15 of 20: the middle by distance of the last batch, none of them noise\. Both ends were dropped/,
    );
    expect(tell('easy', at)).toContain('hardly pull');
    expect(tell('hard', at)).toContain('It follows them.');
    expect(tell('uniform', at)).toContain('replays nothing');
    expect(tell('medium', { iteration: 2, phase: null })).toContain('nothing to replay yet');
  });
  it('says each phase as it is stepped to', () => {
    const say = (phase: StoryData['phase']) => tell('medium', { iteration: 150, phase });
    expect(say('sample')).toMatch(/^MEDIUM draws 5 fresh tasks, .* and replays 15 of the last batch/);
    expect(say('move')).toMatch(/^MEDIUM moves 0\.\d+ along the mean pull of its 20 tasks/);
    expect(say('score')).toMatch(/^Each of the 20 tasks is scored by its distance to MEDIUM/);
    expect(say('choose')).toMatch(/^MEDIUM keeps 15 of 20 for the next batch: the middle by distance/);
  });
  it('does not claim that noise was dropped where it was not', () => {
    const flooded = { ...FIGURE_3, mainCount: 40, firstNoiseCount: 130, secondNoiseCount: 130 };
    expect(tell('medium', { iteration: 150, phase: null }, flooded)).not.toContain('was dropped');
  });
});

describe('the pseudocode', () => {
  it('follows the settings: order of phases, adaptation, schedule, the middle', () => {
    const phases = (e: ReachingExperiment) => reachingPseudocode(e, 'medium').map((line) => line.phase);
    expect(phases(FIGURE_3)).toEqual(['sample', 'move', 'score', 'choose', 'choose']);
    expect(phases({ ...FIGURE_3, scoredAt: 'before', innerLearningRate: 0.1 })).toEqual([
      'sample',
      'score',
      'choose',
      'choose',
      'move',
      'move',
    ]);
    const words = (e: Partial<ReachingExperiment>, strategy: Strategy) =>
      reachingPseudocode({ ...FIGURE_3, ...e }, strategy)
        .map((line) => line.text)
        .join('\n');
    expect(words({ middle: 'mean-score' }, 'medium')).toContain('nearest to the mean');
    expect(words({ replaySchedule: 'constant' }, 'hard')).toContain('L ← MAX_L\n');
    expect(words({}, 'uniform')).toContain('keep none of B');
  });
  it('shows values of the iteration, L of the next one at the end of the batch', () => {
    const data = dataOf(FIGURE_3, { iteration: 50, phase: null });
    const run = data.runs.find((one) => one.strategy === 'medium')!;
    const values = readValues(run, readBatch(run, data.tasks.clouds, 50), FIGURE_3, 50);
    expect(values.replayed).toBe(8);
    expect(values.nextReplayed).toBe(8);
    expect(values.chosen).toBe(8);
  });
});
