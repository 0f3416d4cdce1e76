// Random valid experiments for property tests. Not part of the program.
import { foldIn, type Key, uniform } from '../math/rng.ts';
import type { Experiment, LabId } from './experiment.ts';
import type { Field } from './field-types.ts';
import { inLab } from './labs.ts';
import { validateExperiment } from './schema.ts';

/** A preset of the lab with about a third of its fields replaced by random acceptable values, rules repaired. */
export function randomExperiment(source: Key, id: LabId = 'sinusoid'): Experiment {
  return inLab<Experiment>(id, ({ fieldKeys, field, presets }) => {
    const choose = uniform(foldIn(source, 0), 2 * fieldKeys.length + 1);
    const preset = presets[Math.floor(choose.at(-1)! * presets.length)]!;
    const changes = fieldKeys
      .filter((_, i) => choose[2 * i]! < 0.33)
      .map((key, i) => [key, randomValue(field(key), foldIn(source, i + 1))]);
    return validateExperiment({ ...preset.experiment, ...Object.fromEntries(changes) }).experiment;
  });
}

function randomValue(field: Field, source: Key): unknown {
  const draws = uniform(source, 2);
  const u = draws[0]!;
  const w = draws[1]!;
  switch (field.kind) {
    case 'number':
      return w < 0.3 ? field.min : field.min + u ** 3 * (field.max - field.min);
    case 'integer':
      return Math.floor(field.min + u ** 3 * (field.max - field.min));
    case 'optional-number':
      return w < 0.3 ? null : field.min + u ** 3 * (field.max - field.min);
    case 'choice': {
      const values = Object.keys(field.choices);
      return values[Math.floor(u * values.length)];
    }
    case 'multi-choice': {
      const values = Object.keys(field.choices);
      return values.filter((_, i) => (i + 1) * u > 0.5 || i === 0);
    }
    case 'widths':
      return Array.from({ length: 1 + Math.floor(w * 5) }, (_, i) => 1 + Math.floor(u * 40) + i);
    case 'points':
      return Array.from(uniform(foldIn(source, 7), 2 * Math.floor(u * 20), field.min, field.max));
    default:
      return field satisfies never;
  }
}
