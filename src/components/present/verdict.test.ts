import { describe, expect, it } from 'vitest';
import { defaultExperiment, LAB_IDS } from '../../experiment/labs.ts';
import { drawingAsked, labQuestion, outcomeChart } from './lab-questions.ts';
import { missOf } from './read-outcome.ts';
import { sayChoice, sayDrawing } from './verdict.ts';

describe('what the labs ask', () => {
  it.each(LAB_IDS)('%s: its own chart, points inside the axes, and a start inside them', (id) => {
    const experiment = defaultExperiment(id);
    const question = labQuestion(experiment);
    expect(question.question).toMatch(/\?$/);
    const asked = drawingAsked(experiment, outcomeChart(experiment, question));
    const [xLow, xHigh] = asked.x.domain;
    const [yLow, yHigh] = asked.y.domain;
    expect(asked.points.length).toBeGreaterThanOrEqual(4);
    for (const { x } of asked.points) {
      expect(x).toBeGreaterThanOrEqual(xLow);
      expect(x).toBeLessThanOrEqual(xHigh);
    }
    expect(asked.start).toBeGreaterThanOrEqual(yLow);
    expect(asked.start).toBeLessThanOrEqual(yHigh);
    expect(asked.points.map(({ x }) => x)).toEqual(asked.points.map(({ x }) => x).toSorted((a, b) => a - b));
  });

  it('gives a question that another lab’s chart answers the lab’s own chart', () => {
    const question = { kind: 'draw', chart: 'final-distance', question: '?' } as const;
    expect(outcomeChart(defaultExperiment('sinusoid'), question)).toBe('adaptation');
    expect(outcomeChart(defaultExperiment('cheetah'), question)).toBe('return');
    expect(outcomeChart(defaultExperiment('cheetah'), { ...question, chart: 'adaptation' })).toBe(
      'adaptation',
    );
  });
});

describe('how far off a guess was', () => {
  const guess = [
    { x: 0, y: 4 },
    { x: 1, y: 2 },
    { x: 2, y: 1 },
  ];

  it('is compared where there is an outcome, and nowhere else', () => {
    expect(missOf(guess, [null, null, null], 0.1)).toBeNull();
    expect(missOf(guess, [3, null, null], 0.1)).toBeNull();
    expect(missOf(guess.slice(0, 1), [3], 0.1)?.compared).toBe(1);
    expect(missOf(guess, [3, 2.05, null], 0.1)).toEqual({
      mean: expect.closeTo(0.525, 9),
      compared: 2,
      high: 1,
      low: 0,
      worst: 0,
    });
    const miss = missOf(guess, [4, 3, 3], 0.1);
    expect(miss).toEqual({ mean: 1, compared: 3, high: 0, low: 2, worst: 2 });
  });

  it('is said in words', () => {
    const experiment = defaultExperiment('sinusoid');
    const asked = drawingAsked(experiment, 'adaptation');
    const say = (values: readonly (number | null)[], iteration: number | null = 1200) =>
      sayDrawing(guess, asked, [{ name: null, values, iteration }]);
    expect(say([])).toMatch(/^It is drawn beside the outcome/);
    expect(say([3, 1, 0.5])).toBe(
      'Off by 0.83 on average (loss). Everywhere too high. The most before the first step: you guessed 4.00, 3.00 came out. So far, at iteration 1,200.',
    );
    expect(say([4, 2, 1], null)).toBe(
      'Off by 0.00 on average (loss). Your guess holds wherever there is an outcome yet.',
    );
    expect(say([4, 3, 0.5], null)).toMatch(/Too high at 1, too low at 1\./);
  });

  it('names each algorithm: the first, which is asked for, in full', () => {
    const asked = drawingAsked(defaultExperiment('sinusoid'), 'adaptation');
    const outcomes = [
      { name: 'MAML', values: [3, 1, 0.5], iteration: 1200 },
      { name: 'FOMAML', values: [], iteration: null },
      { name: 'Reptile', values: [4, 2, 3], iteration: 1200 },
      { name: 'RMAML', values: [2, 2, 1], iteration: 1200 },
    ];
    expect(sayDrawing(guess, asked, outcomes)).toBe(
      'MAML: off by 0.83 on average (loss). Everywhere too high. The most before the first step: you guessed 4.00, 3.00 came out. Off from Reptile by 0.67, RMAML by 0.67. So far, at iteration 1,200.',
    );
    expect(sayDrawing(guess, asked, outcomes.slice(1))).toMatch(/^It is drawn beside the outcome/);
    expect(sayDrawing(guess, asked, outcomes.slice(0, 1))).not.toContain('Off from');
  });

  it('of a chosen answer is the answer that turned out', () => {
    const question = { kind: 'choice', question: 'Which?', answers: ['EASY', 'MEDIUM'], right: 1 } as const;
    expect(sayChoice(question, { kind: 'choice', answer: 0 })).toBe(
      'You chose “EASY”. It turns out: “MEDIUM”.',
    );
    expect(sayChoice(question, { kind: 'choice', answer: 1 })).toBe('You chose “MEDIUM”. So it turns out.');
  });
});
