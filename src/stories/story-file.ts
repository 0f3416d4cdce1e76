// Stories as text: a lecturer's own file, or a story inside a link. Read with the care that anything from outside needs:
// capped before it is parsed, checked by schema, every experiment by its lab's own; what is wrong is listed by its place.
import * as v from 'valibot';
import { findPreset, inLabOf } from '../experiment/labs.ts';
import { PREDICT_CHARTS } from '../experiment/predict-question.ts';
import { show, validateExperiment } from '../experiment/schema.ts';
import { STORY_WORDS } from '../words/story.ts';
import { completeStep, type Story, type StoryExperiment, type StoryStep } from './story.ts';

/** Longest story that is read, in characters. */
export const MAX_STORY_LENGTH = 100_000;
export const STORY_FORMAT = 'metascope-story';
export const STORY_VERSION = 1;
export const MAX_STEPS = 40;

const text = (max: number) => v.pipe(v.string(), v.maxLength(max));
const words = (max: number) => v.pipe(text(max), v.trim(), v.minLength(1));
const names = v.pipe(v.array(words(60)), v.maxLength(20));
const TARGET = /^(stage|transport|pseudocode|instruments|settings|chart:.{1,60})$/;

const QUESTION = v.variant('kind', [
  v.strictObject({
    kind: v.literal('choice'),
    question: words(300),
    answers: v.pipe(v.array(words(200)), v.minLength(2), v.maxLength(6)),
    right: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
  v.strictObject({ kind: v.literal('draw'), chart: v.picklist(PREDICT_CHARTS), question: words(300) }),
]);

const VIEW = v.strictObject({
  focus: v.optional(words(20)),
  innerStep: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(10))),
});

const STEP = v.strictObject({
  title: words(120),
  caption: v.pipe(v.array(words(1000)), v.maxLength(6)),
  experiment: v.optional(
    v.nullable(
      v.strictObject({ preset: words(60), settings: v.optional(v.record(v.string(), v.unknown()), {}) }),
    ),
  ),
  recordings: v.optional(v.pipe(v.array(v.pipe(v.string(), v.regex(/^[a-z0-9-]+\.json$/))), v.maxLength(7))),
  view: v.optional(VIEW),
  runs: v.optional(v.boolean()),
  untilIteration: v.optional(
    v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000))),
  ),
  target: v.optional(v.nullable(v.pipe(v.string(), v.regex(TARGET)))),
  controls: v.optional(names),
  question: v.optional(v.nullable(QUESTION)),
  answer: v.optional(v.nullable(words(1000))),
});

const FILE = v.strictObject({
  format: v.literal(STORY_FORMAT),
  version: v.literal(STORY_VERSION),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9][a-z0-9-]{0,39}$/)),
  title: words(120),
  summary: text(300),
  minutes: v.pipe(v.number(), v.minValue(0), v.maxValue(600)),
  author: v.nullable(text(120)),
  steps: v.pipe(v.array(STEP), v.minLength(1), v.maxLength(MAX_STEPS)),
});

export type StoryReading =
  | { readonly kind: 'story'; readonly story: Story }
  /** Plain sentences, the first of what was wrong. */
  | { readonly kind: 'refused'; readonly problems: readonly string[] };

/** More than these nobody reads at once. */
const MAX_PROBLEMS = 8;

/** Whether a text means to be a story, whatever else is wrong with it; a run's strings cannot look like that. */
export function isStoryText(source: string): boolean {
  return /"format"\s*:\s*"metascope-story"/.test(source);
}

/** Reads a story's text. Never throws. */
export function readStory(source: string): StoryReading {
  if (source.length > MAX_STORY_LENGTH) return refused(STORY_WORDS.tooLong(source.length, MAX_STORY_LENGTH));
  let value: unknown;
  try {
    value = JSON.parse(source);
  } catch {
    return refused(STORY_WORDS.notJson);
  }
  return checkStory(value);
}

/** The same of a value that was parsed already, such as the editor's. */
export function checkStory(value: unknown): StoryReading {
  const header = v.safeParse(v.object({ format: v.unknown(), version: v.unknown() }), value);
  if (!header.success || header.output.format !== STORY_FORMAT) return refused(STORY_WORDS.notStory);
  const { version } = header.output;
  if (version !== STORY_VERSION) return refused(STORY_WORDS.otherVersion(show(version), STORY_VERSION));
  const parsed = v.safeParse(FILE, value);
  if (!parsed.success) {
    const problems = parsed.issues.map((issue) =>
      STORY_WORDS.problemAt(v.getDotPath(issue) ?? '', show(issue.input), expectedOf(issue)),
    );
    return { kind: 'refused', problems: problems.slice(0, MAX_PROBLEMS) };
  }
  const { steps: written, format: _, version: __, ...about } = parsed.output;
  const problems: string[] = [];
  const steps = written.map((step, at): StoryStep => {
    const { experiment = null, question = null, view = {}, ...rest } = step;
    if (experiment !== null) problems.push(...experimentProblems(experiment, at));
    if (question?.kind === 'choice' && (question.right ?? 0) >= question.answers.length) {
      problems.push(STORY_WORDS.noSuchAnswer(at + 1, question.right ?? 0, question.answers.length));
    }
    return completeStep({ ...rest, experiment, question: withoutUndefined(question), view: viewOf(view) });
  });
  if (problems.length > 0) return { kind: 'refused', problems: problems.slice(0, MAX_PROBLEMS) };
  return { kind: 'story', story: { ...about, steps } };
}

/** What the schema wanted there, in words. */
function expectedOf(issue: v.InferIssue<typeof FILE>): string {
  if (issue.type === 'min_length') return STORY_WORDS.atLeast(issue.requirement);
  if (issue.type === 'max_length') return STORY_WORDS.atMost(issue.requirement);
  return issue.expected ?? issue.message;
}

function refused(problem: string): StoryReading {
  return { kind: 'refused', problems: [problem] };
}

/** What is wrong with a step's experiment: an unknown preset, or settings that its lab does not take. */
function experimentProblems({ preset, settings }: StoryExperiment, at: number): string[] {
  const found = findPreset(preset);
  if (found === undefined) return [STORY_WORDS.noSuchPreset(at + 1, show(preset))];
  const { issues } = experimentOf({ preset, settings });
  return issues.map(({ field, message }) => STORY_WORDS.badSetting(at + 1, field, message));
}

/** The experiment of a step: its preset with its settings; always valid, `issues` lists what was not taken. */
export function experimentOf({ preset, settings }: StoryExperiment) {
  const base = findPreset(preset)?.experiment;
  if (base === undefined) return validateExperiment({ ...settings, preset });
  return inLabOf(base, (_, e) => validateExperiment({ ...e, ...settings, preset, lab: e.lab }));
}

/** The text of a story file: what readStory reads, what is as usual left out. */
export function encodeStory(story: Story): string {
  const steps = story.steps.map((step) => shortened(step));
  return `${JSON.stringify({ format: STORY_FORMAT, version: STORY_VERSION, ...story, steps }, null, 2)}\n`;
}

function shortened(step: StoryStep): Readonly<Record<string, unknown>> {
  const usual: Readonly<Record<string, unknown>> = { ...completeStep({ title: '', caption: [] }) };
  return Object.fromEntries(
    Object.entries(step).filter(
      ([key, value]) =>
        key === 'title' || key === 'caption' || JSON.stringify(value) !== JSON.stringify(usual[key]),
    ),
  );
}

/** The same without what says nothing. */
function viewOf({ focus, innerStep }: v.InferOutput<typeof VIEW>): StoryStep['view'] {
  return { ...(focus === undefined ? {} : { focus }), ...(innerStep === undefined ? {} : { innerStep }) };
}

function withoutUndefined(question: v.InferOutput<typeof QUESTION> | null): StoryStep['question'] {
  if (question?.kind !== 'choice') return question;
  const { right, ...rest } = question;
  return right === undefined ? rest : { ...rest, right };
}
