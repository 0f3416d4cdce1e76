// An experiment from what the user names on the command line: a preset, a file, or a link. Unlike the page, which
// falls back to the preset, the command line refuses what is wrong: a script must not train something else.
import { readFileSync, statSync } from 'node:fs';
import { decodeLink } from '../experiment/codec.ts';
import {
  ALGORITHM_IDS,
  type AlgorithmId,
  type Experiment,
  type SinusoidExperiment,
} from '../experiment/experiment.ts';
import { findPreset, LAB_IDS, SINUSOID_LAB } from '../experiment/labs.ts';
import { checkPatchIn, type FieldIssue, validateExperiment } from '../experiment/schema.ts';
import { presetsOf } from '../experiment/settings.ts';
import { UsageError } from './usage-error.ts';

const MAX_EXPERIMENT_BYTES = 1024 * 1024;

/** The experiment called `source`, of any lab; a UsageError lists everything that was wrong with it. */
export async function loadAnyExperiment(source: string): Promise<Experiment> {
  const preset = findPreset(source);
  if (preset !== undefined) return preset.experiment;
  if (isLink(source)) {
    const { experiment, issues } = await decodeLink(source.slice(source.indexOf('#') + 1));
    refuse('The link', issues);
    return experiment;
  }
  if (!/[./\\]/.test(source)) {
    const known = LAB_IDS.flatMap((lab) => presetsOf(lab).map(({ id }) => id)).join(', ');
    throw new UsageError(
      `There is no preset “${source}”. Presets: ${known}; or give a .json file or a link.`,
    );
  }
  const parsed = readJsonFile(source, MAX_EXPERIMENT_BYTES);
  const { experiment, issues } = validateExperiment(parsed);
  refuse(source, issues);
  return experiment;
}

/** The same for commands that know the Sinusoid lab only. */
export async function loadExperiment(source: string): Promise<SinusoidExperiment> {
  return sinusoidOnly(await loadAnyExperiment(source), source);
}

/** The experiment as one that this program trains; a UsageError for those of other labs. */
export function sinusoidOnly(experiment: Experiment, what: string): SinusoidExperiment {
  if (experiment.lab === 'sinusoid') return experiment;
  throw new UsageError(
    `${what} is an experiment of the ${experiment.lab} lab; this command takes the sinusoid lab’s.`,
  );
}

/** Applies command-line options on top of an experiment. */
export function patchExperiment(
  experiment: SinusoidExperiment,
  patch: Partial<SinusoidExperiment>,
): SinusoidExperiment {
  const { experiment: patched, issues } = checkPatchIn(SINUSOID_LAB, experiment, { ...patch });
  refuse('The options', issues);
  return patched;
}

/** "maml,reptile" as ids. */
export function parseAlgorithms(text: string): AlgorithmId[] {
  return text.split(',').map((name) => {
    const id = ALGORITHM_IDS.find((candidate) => candidate === name.trim());
    if (id !== undefined) return id;
    throw new UsageError(`There is no algorithm “${name.trim()}”. Known: ${ALGORITHM_IDS.join(', ')}.`);
  });
}

/** Reads and parses a JSON file; UsageErrors for files that are missing, too large or not JSON. */
export function readJsonFile(path: string, maxBytes: number): unknown {
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size === undefined) throw new UsageError(`There is no file ${path}.`);
  if (size > maxBytes) {
    throw new UsageError(`${path} has ${size} bytes; at most ${maxBytes} are read. Is it the right file?`);
  }
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new UsageError(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}.`);
  }
}

/** Throws a UsageError that lists the issues, if there are any. */
export function refuse(what: string, issues: readonly FieldIssue[]): void {
  if (issues.length === 0) return;
  const list = issues.map(({ field, message }) => `  ${field}: ${message}`).join('\n');
  throw new UsageError(`${what} cannot be used as it is:\n${list}`);
}

function isLink(source: string): boolean {
  return source.includes('#') || /^(v=\d|z=)/.test(source);
}
