// Golden cases of returns, baseline and advantages (rl-advantages-*): read, and run. They need no engine. Comparing is
// gradients/golden-case.ts's.
import {
  GoldenCaseError,
  type JsonObject,
  numberAt,
  numbersAt,
  objectAt,
  rowsAt,
} from '../gradients/golden-json.ts';
import { type AdvantageSettings, taskAdvantages } from './advantages.ts';
import type { TaskEpisodes } from './linear-baseline.ts';

export interface AdvantagesCase {
  readonly name: string;
  readonly settings: AdvantageSettings;
  readonly episodes: TaskEpisodes;
  readonly expected: JsonObject;
}

/** The names and shapes of a case file's `expected`: [episodes][horizon], and [2·dim + 4]. */
export interface AdvantagesQuantities {
  returns: number[][];
  baselineCoefficients: number[];
  values: number[][];
  advantages: number[][];
  normalizedAdvantages: number[][];
}

/** A case from the parsed JSON of its file. Throws a GoldenCaseError that names the entry that is missing or wrong. */
export function parseAdvantagesCase(json: unknown): AdvantagesCase {
  const root = objectAt(json, 'the file');
  const settings = objectAt(root.settings, 'settings');
  if (!Array.isArray(root.rewards) || root.rewards.length === 0) {
    throw new GoldenCaseError('rewards: expected a list of at least one episode, each a list of numbers.');
  }
  const rewards = root.rewards.map((row: unknown, at) => numbersAt(row, `rewards[${at}]`));
  const horizon = rewards[0]!.length;
  const wrong = rewards.findIndex((row) => row.length !== horizon);
  if (wrong >= 0) {
    throw new GoldenCaseError(`rewards[${wrong}]: got ${rewards[wrong]!.length} steps, expected ${horizon}.`);
  }
  const { observations, width } = parseObservations(root.observations, rewards.length, horizon);
  return {
    name: typeof root.name === 'string' ? root.name : 'unnamed case',
    settings: {
      discount: numberAt(settings.discount, 'settings.discount'),
      gaeLambda: numberAt(settings.gaeLambda, 'settings.gaeLambda'),
      ridge: numberAt(settings.ridge, 'settings.ridge'),
      normalise: true,
    },
    episodes: {
      episodes: rewards.length,
      horizon,
      observationSize: width,
      lengths: new Int32Array(rewards.length).fill(horizon),
      observations: Float64Array.from(observations),
      rewards: Float64Array.from(rewards.flat()),
    },
    expected: root.expected === undefined ? {} : objectAt(root.expected, 'expected'),
  };
}

function parseObservations(
  value: unknown,
  episodes: number,
  horizon: number,
): { readonly observations: number[]; readonly width: number } {
  if (!Array.isArray(value) || value.length !== episodes) {
    throw new GoldenCaseError(`observations: expected ${episodes} episodes, as in rewards.`);
  }
  const first: unknown = Array.isArray(value[0]) ? value[0][0] : undefined;
  const width = numbersAt(first, 'observations[0][0]').length;
  const rows = value.map((episode: unknown, at) => {
    const steps = rowsAt(episode, width, `observations[${at}]`);
    if (steps.length === horizon) return steps;
    throw new GoldenCaseError(
      `observations[${at}]: got ${steps.length} steps, expected ${horizon} as in rewards.`,
    );
  });
  return { observations: rows.flat(2), width };
}

/** The case's quantities as this program computes them. */
export function runAdvantagesCase({ settings, episodes }: AdvantagesCase): AdvantagesQuantities {
  const judged = taskAdvantages(episodes, settings);
  const rows = (values: Float64Array) =>
    Array.from({ length: episodes.episodes }, (_, at) =>
      Array.from(values.subarray(at * episodes.horizon, (at + 1) * episodes.horizon)),
    );
  return {
    returns: rows(judged.returns),
    baselineCoefficients: Array.from(judged.baselineCoefficients),
    values: rows(judged.values),
    advantages: rows(judged.advantages),
    normalizedAdvantages: rows(judged.normalizedAdvantages),
  };
}
