// The list of recorded runs that come with the page, public/runs/index.json: what the picker says of each before it is
// fetched. Written by the command that records them, read by the page; the runs themselves are run files.
import * as v from 'valibot';
import { ALGORITHM_IDS } from '../experiment/experiment.ts';
import { MAX_RUN_INDEX_BYTES } from './run-index-size.ts';

export const RUN_INDEX_FORMAT = 'metascope-runs';
export const RUN_INDEX_VERSION = 1;

const Text = v.pipe(v.string(), v.maxLength(200));
const Whole = v.pipe(v.number(), v.integer(), v.minValue(0));

const Entry = v.object({
  /** The run file's name, beside the index: a plain name, no path. */
  file: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9._-]{0,79}\.json$/)),
  title: Text,
  lab: v.picklist(['sinusoid', 'navigation', 'cheetah']),
  preset: Text,
  /** Of the Cheetah lab: which tasks; null in other labs. */
  family: v.nullable(Text),
  /** Of the Cheetah lab: "gym" or "finn2017"; null in other labs. */
  convention: v.nullable(Text),
  /** "live", "paper" or the like. */
  scale: Text,
  algorithms: v.pipe(v.array(v.picklist(ALGORITHM_IDS)), v.minLength(1)),
  seed: Whole,
  iterations: Whole,
  /** Wall-clock seconds of training. */
  seconds: v.pipe(v.number(), v.finite(), v.minValue(0)),
  bytes: Whole,
  /** Mean test return of each algorithm at the end, after 0, 1, 2, … inner steps. */
  returns: v.array(v.array(v.pipe(v.number(), v.finite()))),
});

const RunIndexSchema = v.object({
  format: v.literal(RUN_INDEX_FORMAT),
  version: v.literal(RUN_INDEX_VERSION),
  /** The one that a lab opens with comes first among its runs. */
  runs: v.pipe(v.array(Entry), v.maxLength(500)),
});

export type RunIndex = v.InferOutput<typeof RunIndexSchema>;
export type RunIndexEntry = RunIndex['runs'][number];

/** The runs that the index lists; null where the text is no index of this version. Never throws. */
export function readRunIndex(text: string): readonly RunIndexEntry[] | null {
  if (text.length > MAX_RUN_INDEX_BYTES) return null;
  try {
    const result = v.safeParse(RunIndexSchema, JSON.parse(text));
    return result.success ? result.output.runs : null;
  } catch {
    return null;
  }
}
