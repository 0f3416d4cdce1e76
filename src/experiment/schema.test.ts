import { describe, expect, it } from 'vitest';
import { isHeavy, parameterCountOf } from './cost.ts';
import type { SinusoidExperiment } from './experiment.ts';
import { PRESETS, presetById } from './presets.ts';
import { checkPatch, validateExperiment } from './schema.ts';

function named(id: string): SinusoidExperiment {
  const preset = presetById(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  return preset.experiment;
}
const live = named('sinusoid-live');
const fieldsOf = (issues: readonly { field: string }[]) => issues.map((issue) => issue.field);

describe('validateExperiment', () => {
  it('fills what is left out from the preset named', () => {
    const { experiment, issues } = validateExperiment({ preset: 'sinusoid-paper', seed: 7 });
    expect(issues).toEqual([]);
    expect(experiment).toEqual({ ...named('sinusoid-paper'), seed: 7 });
    expect(Object.isFrozen(experiment)).toBe(true);
  });

  it('lists every bad value in plain words and uses the preset’s', () => {
    const { experiment, issues } = validateExperiment({
      seed: -1,
      innerLearningRate: Number.NaN,
      innerSteps: 2.5,
      metaOptimizer: 'rmsprop',
      algorithms: ['maml', 'maml'],
      hiddenWidths: [],
      testInnerLearningRate: '0.1',
      colour: 'red',
    });
    expect(experiment).toEqual(live);
    expect(fieldsOf(issues)).toEqual([
      'seed',
      'innerLearningRate',
      'innerSteps',
      'metaOptimizer',
      'algorithms',
      'hiddenWidths',
      'testInnerLearningRate',
      'colour',
    ]);
    expect(issues[0]?.message).toBe(
      '“Seed” was not applied. Got -1; expected a whole number, 0 to 4294967295. The preset’s value is used.',
    );
    expect(issues[3]?.message).toContain('Got “rmsprop”; expected one of adam, sgd.');
    expect(issues[5]?.message).toContain('Got an empty list; expected 1 to 5 layers of 1 to 256 units.');
    expect(issues[7]?.message).toBe('There is no setting “colour”; it is ignored.');
  });

  it('brings values into one form', () => {
    const { experiment } = validateExperiment({ algorithms: ['rmaml', 'maml'], phaseMin: -0 });
    // toEqual tells 0 from −0.
    expect(experiment).toEqual({ ...live, algorithms: ['maml', 'rmaml'], phaseMin: 0 });
  });

  it('repairs what breaks a rule between fields, and says how', () => {
    const crossed = validateExperiment({ amplitudeMin: 4, amplitudeMax: 2 });
    expect(crossed.experiment).toMatchObject({ amplitudeMin: 0.1, amplitudeMax: 5 });
    expect(crossed.issues[0]?.message).toBe(
      '“Amplitude from” is 4, above “Amplitude to”, 2. Lower the one or raise the other. Used instead: “Amplitude from” 0.1 and “Amplitude to” 5.',
    );
    const few = validateExperiment({ metaBatchSize: 4, maxReplayedTasks: 9 });
    expect(few.experiment).toMatchObject({ maxReplayedTasks: 4 });
    expect(fieldsOf(few.issues)).toEqual(['maxReplayedTasks']);
    const wide = validateExperiment({ hiddenWidths: [256, 256, 256, 256, 256], metaBatchSize: 200 });
    expect(wide.experiment).toMatchObject({ hiddenWidths: [40, 40] });
    expect(wide.issues[0]?.message).toMatch(/at most 30 tasks per update/);
    expect(fieldsOf(validateExperiment({ xMin: 2, xMax: 2 }).issues)).toEqual(['xMin']);
  });

  it.each([[null], [3], ['text'], [[]], [undefined]])('gives the default preset for %j', (value) => {
    const { experiment, issues } = validateExperiment(value);
    expect(experiment).toEqual(live);
    expect(issues).toHaveLength(1);
  });

  it('is not fooled by keys of Object.prototype', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"seed": 9}, "constructor": 1, "toString": 2}');
    const { experiment, issues } = validateExperiment(hostile);
    expect(experiment).toEqual(live);
    expect(fieldsOf(issues)).toEqual(['__proto__', 'constructor', 'toString']);
  });
});

describe('checkPatch', () => {
  it('returns a new frozen experiment and leaves the old one alone', () => {
    const { experiment, issues } = checkPatch(live, { innerSteps: 3 });
    expect(issues).toEqual([]);
    expect(experiment).toEqual({ ...live, innerSteps: 3 });
    expect(live.innerSteps).toBe(1);
    expect(Object.isFrozen(experiment)).toBe(true);
  });

  it('refuses a bad value and changes nothing', () => {
    const { experiment, issues } = checkPatch(live, { innerLearningRate: 1e9, seed: 3 });
    expect(experiment).toBe(live);
    expect(issues).toEqual([
      {
        field: 'innerLearningRate',
        message:
          '“Inner learning rate” was not applied. Got 1000000000; expected 0 to 100. Choose a value in that range.',
      },
    ]);
  });

  it('says what was got, what is expected, with units and labels, and what to do', () => {
    const said = (patch: Record<string, unknown>) => checkPatch(live, patch).issues[0]?.message;
    expect(said({ supportSize: 2.5 })).toBe(
      '“Support points” was not applied. Got 2.5; expected a whole number, 1 to 100 points. Choose a whole number in that range.',
    );
    expect(said({ testInnerLearningRate: -1 })).toBe(
      '“α at test” was not applied. Got -1; expected 0 to 100, or empty (as in training). Choose a value in that range, or none.',
    );
    expect(said({ algorithms: [] })).toMatch(/Got an empty list; expected at least one of MAML, FOMAML, /);
    expect(said({ metaOptimizer: 'rmsprop' })).toContain('expected one of Adam, SGD. Choose one of these.');
    expect(said({ innerLearningRate: Number.NaN })).toContain('Got no number; ');
  });

  it('explains a broken rule at the control that was edited', () => {
    expect(fieldsOf(checkPatch(live, { amplitudeMax: 0 }).issues)).toEqual(['amplitudeMax']);
    expect(fieldsOf(checkPatch(live, { amplitudeMin: 6 }).issues)).toEqual(['amplitudeMin']);
    expect(fieldsOf(checkPatch(live, { metaBatchSize: 4 }).issues)).toEqual(['metaBatchSize']);
    expect(fieldsOf(checkPatch(live, { ...live, metaBatchSize: 4 }).issues)).toEqual(['metaBatchSize']);
  });

  it('lets a hidden setting give way', () => {
    const maml = checkPatch(live, { algorithms: ['maml'] }).experiment;
    const { experiment, issues } = checkPatch(maml, { metaBatchSize: 4 });
    expect(issues).toEqual([]);
    expect([experiment.metaBatchSize, experiment.maxReplayedTasks]).toEqual([4, 4]);
    expect(checkPatch(maml, { ...maml, metaBatchSize: 4 })).toEqual({ experiment, issues });
  });
});

describe('cost', () => {
  it('counts the parameters of 1-40-40-1', () => {
    expect(parameterCountOf([40, 40])).toBe(40 + 40 + 1600 + 40 + 40 + 1);
  });

  it('calls no preset heavy, but a network a hundred times larger', () => {
    expect(PRESETS.filter((preset) => isHeavy(preset.experiment))).toEqual([]);
    expect(isHeavy({ ...live, hiddenWidths: [256, 256, 256, 256] })).toBe(true);
  });
});

describe('settings that came with the preset', () => {
  it('give way without a word to those that were asked for', () => {
    const { experiment, issues } = validateExperiment({ metaBatchSize: 4 });
    expect(experiment).toMatchObject({ metaBatchSize: 4, maxReplayedTasks: 4 });
    expect(issues).toEqual([]);
  });
});
