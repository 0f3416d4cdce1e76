// Pinned runs as text, for storage and for files: the run itself as a run file (records/run-file.ts), and beside it what
// the page added. Reading never throws: whatever is wrong is said in a sentence.
import * as v from 'valibot';
import type { Experiment } from '../experiment/experiment.ts';
import { inLabOf } from '../experiment/labs.ts';
import { validateExperiment } from '../experiment/schema.ts';
import { Count, Measured } from '../records/recorded-points.ts';
import { describeRunFileIssue, encodeRunRecord, readRunFile } from '../records/run-file.ts';
import type { RunRecord } from '../records/run-record.ts';
import { COMPARE_WORDS } from '../words/compare.ts';
import { MAX_PINS, PIN_LOOK_COUNT, type Pin } from './pins-types.ts';

export const PINS_FORMAT = 'metascope-pins';
const PINS_VERSION = 1;
/** Longest text that is read, in characters: of one stored pin, and of a file of many. */
export const MAX_STORED_CHARACTERS = 16 * 1024 * 1024;
export const MAX_FILE_BYTES = 64 * 1024 * 1024;

const Text = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.transform((text) => text.replace(/\p{C}/gu, '')),
  );
const Numbers = v.pipe(v.array(Measured), v.maxLength(1000));
const Id = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/, 'letters, digits and hyphens'));

const Seeds = v.object({
  seeds: v.pipe(v.array(Count), v.minLength(1), v.maxLength(1000)),
  asked: Count,
  failed: Count,
  groups: v.pipe(
    v.array(
      v.object({
        id: Id,
        diverged: Count,
        finals: v.record(Id, Numbers),
        curves: v.pipe(
          v.array(
            v.pipe(
              v.object({
                name: Text(40),
                n: Count,
                x: Numbers,
                mean: Numbers,
                low: Numbers,
                high: Numbers,
              }),
              v.check(({ x, mean, low, high }) =>
                [mean, low, high].every((list) => list.length === x.length),
              ),
            ),
          ),
          v.maxLength(20),
        ),
      }),
    ),
    v.maxLength(10),
  ),
});

const PinValues = v.object({
  id: Id,
  title: Text(200),
  letter: v.pipe(v.string(), v.regex(/^[A-Z][0-9]{0,3}$/, 'a capital letter')),
  look: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(PIN_LOOK_COUNT - 1)),
  isShown: v.boolean(),
  isBaseline: v.boolean(),
  keptAt: Count,
  /** A run file's text; null where there is no run, but its experiment. */
  run: v.nullable(v.string()),
  experiment: v.nullable(v.unknown()),
  seeds: v.nullable(Seeds),
});

const PinsFile = v.object({
  format: v.literal(PINS_FORMAT),
  version: v.literal(PINS_VERSION),
  pins: v.pipe(v.array(PinValues), v.minLength(1), v.maxLength(MAX_PINS)),
});

/** The text of these pins. */
export function encodePins(pins: readonly Pin[]): string {
  const file = {
    format: PINS_FORMAT,
    version: PINS_VERSION,
    pins: pins.map(({ record, experiment, ...pin }) => ({
      ...pin,
      run: record === null ? null : encodeRun(record),
      experiment: record === null ? plainExperiment(experiment) : null,
    })),
  };
  return JSON.stringify(file);
}

/** The run file of a pin. θ of a diverged run may not be finite: then its last finite checkpoint is its end. */
export function encodeRun(record: RunRecord): string {
  return encodeRunRecord(record, { precision: 'f16' });
}

function plainExperiment(experiment: Experiment): Readonly<Record<string, unknown>> {
  return inLabOf(experiment, (lab, e) => ({
    lab: lab.id,
    preset: e.preset,
    ...Object.fromEntries(lab.fieldKeys.map((key) => [key, e[key]])),
  }));
}

export type PinsReading =
  | { readonly kind: 'read'; readonly pins: readonly Pin[] }
  | { readonly kind: 'refused'; readonly message: string };

/** The pins in a text of encodePins, or what is wrong with it. */
export function readPins(text: string, most = MAX_FILE_BYTES): PinsReading {
  if (text.length > most) return refused(COMPARE_WORDS.tooLong(text.length, most));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refused(COMPARE_WORDS.notJson);
  }
  const parsed = v.safeParse(PinsFile, value);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const place = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
    // A message of our own says it better than a pattern.
    const expected = issue.message.startsWith('Invalid') ? (issue.expected ?? '') : issue.message;
    return refused(COMPARE_WORDS.badValue(place, issue.received.slice(0, 80), expected));
  }
  const pins: Pin[] = [];
  for (const [at, { run, experiment: values, ...pin }] of parsed.output.pins.entries()) {
    const found = run === null ? experimentOf(values) : recordOfText(run);
    if (typeof found === 'string') return refused(COMPARE_WORDS.badPin(at + 1, found));
    pins.push({ ...pin, ...found });
  }
  return { kind: 'read', pins };
}

function refused(message: string): PinsReading {
  return { kind: 'refused', message };
}

type Kept = Pick<Pin, 'experiment' | 'record'>;

function recordOfText(text: string): Kept | string {
  const reading = readRunFile(text);
  if (reading.kind === 'refused') return describeRunFileIssue(reading.issue);
  const { record } = reading;
  return { experiment: record.experiment, record };
}

function experimentOf(values: unknown): Kept | string {
  const { experiment, issues } = validateExperiment(values);
  const [issue] = issues;
  return issue === undefined ? { experiment, record: null } : issue.message;
}
