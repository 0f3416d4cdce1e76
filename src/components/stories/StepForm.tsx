// One step of a story as a form.
import { useId } from 'react';
import { inLab, LAB_IDS } from '../../experiment/labs.ts';
import { hideable } from '../../experiment/page-options-codec.ts';
import { settingField } from '../../experiment/settings.ts';
import { storyExperimentOf } from '../../state/story-draft.ts';
import type { StoryStep } from '../../stories/story.ts';
import { experimentOf } from '../../stories/story-file.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { usePage, useStores } from '../stores-context.ts';

const PLACES = ['stage', 'transport', 'pseudocode'] as const;
/** Titles of the charts that any lab shows. */
const CHARTS = [
  'Learning curve',
  'Adaptation',
  'Inner learning rate',
  'Task buffer',
  'Parameter space',
  'Return',
  'Final distance',
  'Distance to the goal',
  'Phase map',
] as const;

interface StepFormProps {
  readonly step: StoryStep;
  onChange(change: Partial<StoryStep>): void;
}

/** The lines of a text, without empty ones. */
function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

interface TextProps {
  readonly label: string;
  readonly value: string;
  readonly rows?: number;
  onChange(value: string): void;
}

export function TextField({ label, value, rows = 1, onChange }: TextProps) {
  const id = useId();
  return (
    <div className="tale-field">
      <label htmlFor={id}>{label}</label>
      {rows === 1 ? (
        <input id={id} type="text" value={value} onChange={(event) => onChange(event.target.value)} />
      ) : (
        <textarea id={id} rows={rows} value={value} onChange={(event) => onChange(event.target.value)} />
      )}
    </div>
  );
}

/** All presets, by lab. */
const PRESETS = LAB_IDS.map((id) =>
  inLab<{ readonly title: string; readonly presets: readonly { id: string; title: string }[] }>(
    id,
    ({ title, presets }) => ({ title, presets }),
  ),
);

function PresetSelect({ onChange }: Pick<StepFormProps, 'onChange'>) {
  return (
    <select
      aria-label={STORY_WORDS.choosePreset}
      value=""
      onChange={({ target }) => onChange({ experiment: { preset: target.value, settings: {} } })}
    >
      <option value="" disabled>
        {STORY_WORDS.choosePreset}
      </option>
      {PRESETS.map(({ title, presets }) => (
        <optgroup key={title} label={title}>
          {presets.map((preset) => (
            <option key={preset.id} value={preset.id}>
              {preset.title}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function ExperimentField({ step, onChange }: StepFormProps) {
  const { current } = useStores();
  const inLabNow = usePage(({ options }) => options.page === 'lab');
  const { experiment } = step;
  const changes = Object.keys(experiment?.settings ?? {}).length;
  return (
    <div className="tale-field">
      <span>{STORY_WORDS.experiment}</span>
      <p className="quiet">
        {experiment === null
          ? STORY_WORDS.asBefore
          : STORY_WORDS.presetAndChanges(experiment.preset, changes)}
      </p>
      <span className="tale-buttons">
        <button
          type="button"
          className="plain"
          onClick={() => onChange({ experiment: storyExperimentOf(current.getState().experiment) })}
        >
          {inLabNow ? STORY_WORDS.takeCurrent : STORY_WORDS.takeLeft}
        </button>
        <PresetSelect onChange={onChange} />
        {experiment === null ? null : (
          <button type="button" className="plain" onClick={() => onChange({ experiment: null })}>
            {STORY_WORDS.asBefore}
          </button>
        )}
      </span>
    </div>
  );
}

function TargetField({ step, onChange }: StepFormProps) {
  const id = useId();
  const known = [...PLACES, ...CHARTS.map((title) => `chart:${title}`)];
  const target = step.target ?? '';
  return (
    <div className="tale-field">
      <label htmlFor={id}>{STORY_WORDS.target}</label>
      <select
        id={id}
        value={target}
        onChange={({ target: { value } }) => onChange({ target: value || null })}
      >
        <option value="">{STORY_WORDS.nothing}</option>
        {PLACES.map((place) => (
          <option key={place} value={place}>
            {STORY_WORDS[place]}
          </option>
        ))}
        {CHARTS.map((title) => (
          <option key={title} value={`chart:${title}`}>
            {STORY_WORDS.chart(title)}
          </option>
        ))}
        {target === '' || known.includes(target) ? null : <option value={target}>{target}</option>}
      </select>
    </div>
  );
}

/** Settings of the step's own lab, else of any. */
function ControlsField({ step, onChange }: StepFormProps) {
  const id = useId();
  const labs = step.experiment === null ? LAB_IDS : [experimentOf(step.experiment).experiment.lab];
  const fields = labs.flatMap((lab) =>
    hideable(lab).flatMap((key) => {
      const field = settingField(lab, key);
      return field === undefined ? [] : [{ key, label: field.label }];
    }),
  );
  const choices = new Map(fields.map(({ key, label }) => [key, label]));
  return (
    <div className="tale-field">
      <label htmlFor={id}>{STORY_WORDS.controls}</label>
      <select
        id={id}
        multiple
        size={5}
        value={[...step.controls]}
        onChange={({ target }) =>
          onChange({ controls: [...target.selectedOptions].map(({ value }) => value) })
        }
      >
        {[...choices].map(([key, label]) => (
          <option key={key} value={key}>
            {label}
          </option>
        ))}
      </select>
    </div>
  );
}

function QuestionField({ step, onChange }: StepFormProps) {
  const id = useId();
  const { question } = step;
  const choice = question?.kind === 'choice' ? question : null;
  const ask = (text: string, answers: readonly string[], right: number | undefined) =>
    onChange({
      question:
        text === '' && answers.length === 0
          ? null
          : { kind: 'choice', question: text, answers, ...(right === undefined ? {} : { right }) },
    });
  const answers = choice?.answers ?? [];
  return (
    <>
      <TextField
        label={STORY_WORDS.question}
        value={question?.question ?? ''}
        onChange={(text) =>
          question?.kind === 'draw'
            ? onChange({ question: { ...question, question: text } })
            : ask(text, answers, choice?.right)
        }
      />
      {question?.kind === 'draw' ? null : (
        <TextField
          label={STORY_WORDS.answers}
          rows={3}
          value={answers.join('\n')}
          onChange={(text) =>
            ask(question?.question ?? '', text === '' ? [] : text.split('\n'), choice?.right)
          }
        />
      )}
      {choice === null ? null : (
        <div className="tale-field">
          <label htmlFor={id}>{STORY_WORDS.rightAnswer}</label>
          <select
            id={id}
            value={choice.right ?? ''}
            onChange={({ target: { value } }) =>
              ask(choice.question, answers, value === '' ? undefined : Number(value))
            }
          >
            <option value="">{STORY_WORDS.noRightAnswer}</option>
            {answers.map((answer, at) => (
              <option key={at} value={at}>
                {answer}
              </option>
            ))}
          </select>
        </div>
      )}
      {question === null ? null : (
        <TextField
          label={STORY_WORDS.answer}
          rows={3}
          value={step.answer ?? ''}
          onChange={(text) => onChange({ answer: text === '' ? null : text })}
        />
      )}
    </>
  );
}

function UntilField({ step, onChange }: StepFormProps) {
  const id = useId();
  return (
    <div className="tale-field">
      <label htmlFor={id}>{STORY_WORDS.until}</label>
      <input
        id={id}
        type="number"
        min={1}
        max={1_000_000}
        step={1}
        value={step.untilIteration ?? ''}
        onChange={({ target }) =>
          onChange({ untilIteration: target.value === '' ? null : Math.round(target.valueAsNumber) })
        }
      />
    </div>
  );
}

export function StepForm({ step, onChange }: StepFormProps) {
  return (
    <div className="tale-form">
      <TextField label={STORY_WORDS.stepTitle} value={step.title} onChange={(title) => onChange({ title })} />
      <TextField
        label={STORY_WORDS.caption}
        rows={6}
        value={step.caption.join('\n')}
        onChange={(text) => onChange({ caption: text.split('\n') })}
      />
      <ExperimentField step={step} onChange={onChange} />
      <label className="check">
        <input
          type="checkbox"
          checked={step.runs}
          onChange={({ target }) => onChange({ runs: target.checked })}
        />
        {STORY_WORDS.runs}
      </label>
      <UntilField step={step} onChange={onChange} />
      <TargetField step={step} onChange={onChange} />
      <ControlsField step={step} onChange={onChange} />
      <QuestionField step={step} onChange={onChange} />
    </div>
  );
}

/** The story's empty lines are the editor's affair: they separate nothing once it is told. */
export function withoutEmptyLines(step: StoryStep): StoryStep {
  const { question } = step;
  return {
    ...step,
    caption: linesOf(step.caption.join('\n')),
    question:
      question?.kind === 'choice' ? { ...question, answers: linesOf(question.answers.join('\n')) } : question,
  };
}
