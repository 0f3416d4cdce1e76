// Writing a story: steps at the left, the chosen one as a form, and what can be done with the whole: try it, save it as a
// file, copy it as a link. The draft is kept in the browser at every change.
import { useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { MAX_LINK_LENGTH } from '../../experiment/codec.ts';
import { browserStorage } from '../../state/browser.ts';
import { tellOwn } from '../../state/own-stories.ts';
import {
  addStep,
  changeStep,
  moveStep,
  newStory,
  readDraft,
  removeStep,
  writeDraft,
} from '../../state/story-draft.ts';
import type { Story } from '../../stories/story.ts';
import { checkStory, encodeStory, MAX_STORY_LENGTH, readStory } from '../../stories/story-file.ts';
import { encodeTale, linkOfTale } from '../../stories/story-link.ts';
import { loadToldStory, TOLD_STORIES } from '../../stories/told-stories.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { download } from '../chart/chart-files.ts';
import { PageDialog } from '../present/PageDialog.tsx';
import { useStores } from '../stores-context.ts';
import { StepForm, TextField, withoutEmptyLines } from './StepForm.tsx';
import '../present/dialogs.css';
import './stories.css';

/** As it would be told or saved. */
function finished(story: Story): Story {
  return { ...story, steps: story.steps.map(withoutEmptyLines) };
}

export function StoryEditor() {
  const { page } = useStores();
  const embed = useStore(page, (state) => state.options.embed);
  const storage = useMemo(() => (embed ? null : browserStorage()), [embed]);
  const [story, setStory] = useState(
    () => readDraft(storage) ?? newStory({ title: STORY_WORDS.newTitle, step: STORY_WORDS.newStep }),
  );
  const [at, setAt] = useState(0);
  const [said, setSaid] = useState('');
  const [earlier, setEarlier] = useState<Story | null>(null);
  const change = (next: Story, step = at) => {
    setStory(next);
    setAt(Math.max(0, Math.min(step, next.steps.length - 1)));
    setSaid('');
    writeDraft(storage, finished(next));
  };
  const whole = finished(story);
  const reading = checkStory(JSON.parse(encodeStory(whole)));
  const problems = reading.kind === 'refused' ? reading.problems : [];
  const step = story.steps[at] ?? story.steps[0]!;
  return (
    <PageDialog title={STORY_WORDS.editor}>
      <div className="tale-editor">
        <div className="tale-about">
          <TextField
            label={STORY_WORDS.title}
            value={story.title}
            onChange={(title) => change({ ...story, title })}
          />
          <TextField
            label={STORY_WORDS.summary}
            value={story.summary}
            onChange={(summary) => change({ ...story, summary })}
          />
          <TextField
            label={STORY_WORDS.author}
            value={story.author ?? ''}
            onChange={(author) => change({ ...story, author: author === '' ? null : author })}
          />
        </div>
        <StepList story={story} at={at} onChoose={setAt} onChange={change} />
        <StepForm key={at} step={step} onChange={(patch) => change(changeStep(story, at, patch))} />
        <Ends
          story={whole}
          at={at}
          problems={problems}
          said={said}
          onSay={setSaid}
          onOpen={(opened) => {
            setEarlier(story);
            change(opened, 0);
          }}
        />
        {earlier === null ? null : (
          <button
            type="button"
            className="plain"
            onClick={() => {
              setEarlier(null);
              change(earlier, 0);
            }}
          >
            {STORY_WORDS.bringBack}
          </button>
        )}
      </div>
    </PageDialog>
  );
}

interface StepListProps {
  readonly story: Story;
  readonly at: number;
  onChoose(at: number): void;
  onChange(story: Story, at: number): void;
}

function StepList({ story, at, onChoose, onChange }: StepListProps) {
  return (
    <div className="tale-steps">
      <ol>
        {story.steps.map((step, i) => (
          <li key={i}>
            <button
              type="button"
              className="plain"
              aria-current={i === at ? 'step' : undefined}
              onClick={() => onChoose(i)}
            >
              {i + 1}. {step.title}
            </button>
          </li>
        ))}
      </ol>
      <span className="tale-buttons">
        <button
          type="button"
          className="plain"
          onClick={() => onChange(addStep(story, at, STORY_WORDS.newStep), at + 1)}
        >
          {STORY_WORDS.addStep}
        </button>
        <button
          type="button"
          className="plain"
          disabled={at === 0}
          onClick={() => onChange(moveStep(story, at, -1), at - 1)}
        >
          {STORY_WORDS.moveUp}
        </button>
        <button
          type="button"
          className="plain"
          disabled={at === story.steps.length - 1}
          onClick={() => onChange(moveStep(story, at, 1), at + 1)}
        >
          {STORY_WORDS.moveDown}
        </button>
        <button
          type="button"
          className="plain"
          disabled={story.steps.length === 1}
          onClick={() => onChange(removeStep(story, at), at - 1)}
        >
          {STORY_WORDS.removeStep}
        </button>
      </span>
    </div>
  );
}

interface EndsProps {
  readonly story: Story;
  readonly at: number;
  readonly problems: readonly string[];
  readonly said: string;
  onSay(words: string): void;
  onOpen(story: Story): void;
}

/** What is done with the whole story. */
function Ends({ story, at, problems, said, onSay, onOpen }: EndsProps) {
  const { page } = useStores();
  const file = useRef<HTMLInputElement>(null);
  const canTell = problems.length === 0;
  const tryIt = async () => {
    await tellOwn(page.getState(), story, at);
    page.getState().show(null);
  };
  const copy = async () => {
    const tale = await encodeTale(story);
    const link = `${location.href.split('#')[0]}${linkOfTale(tale ?? '')}`;
    const length = linkOfTale(tale ?? '').length;
    if (tale === null || length > MAX_LINK_LENGTH) {
      onSay(STORY_WORDS.tooLongForLink(length, MAX_LINK_LENGTH));
      return;
    }
    try {
      await navigator.clipboard.writeText(link);
      onSay(STORY_WORDS.linkCopied);
    } catch {
      onSay(STORY_WORDS.linkRefusedHere(link));
    }
  };
  const open = async (chosen: File | undefined) => {
    if (chosen === undefined) return;
    if (chosen.size > 4 * MAX_STORY_LENGTH) {
      onSay(STORY_WORDS.tooLong(chosen.size, MAX_STORY_LENGTH));
      return;
    }
    const reading = readStory(await chosen.text());
    if (reading.kind === 'story') onOpen(reading.story);
    else onSay(reading.problems.join(' '));
  };
  const save = () =>
    download(
      new Blob([encodeStory(story)], { type: 'application/json' }),
      `metascope-story-${story.id}.json`,
    );
  return (
    <div className="tale-ends">
      {canTell ? null : (
        <div role="alert">
          <p>{STORY_WORDS.problems}</p>
          <ul>
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        </div>
      )}
      <span className="tale-buttons">
        <button type="button" className="button" disabled={!canTell} onClick={() => void tryIt()}>
          {STORY_WORDS.preview}
        </button>
        <button type="button" className="plain" disabled={!canTell} onClick={() => void copy()}>
          {STORY_WORDS.copyLink}
        </button>
        <button type="button" className="plain" disabled={!canTell} onClick={save}>
          {STORY_WORDS.saveFile}
        </button>
        <button type="button" className="plain" onClick={() => file.current?.click()}>
          {STORY_WORDS.openFile}
        </button>
        <BeginFrom onOpen={onOpen} onSay={onSay} />
      </span>
      <input
        ref={file}
        type="file"
        accept="application/json,.json"
        className="visually-hidden"
        aria-label={STORY_WORDS.openFile}
        tabIndex={-1}
        onChange={({ target }) => {
          void open(target.files?.[0]);
          target.value = '';
        }}
      />
      <p role="status" className="quiet">
        {said}
      </p>
    </div>
  );
}

/** A new story, or a copy of one that comes with the page. */
function BeginFrom({ onOpen, onSay }: Pick<EndsProps, 'onOpen' | 'onSay'>) {
  const begin = async (id: string) => {
    if (id === 'new') {
      onOpen(newStory({ title: STORY_WORDS.newTitle, step: STORY_WORDS.newStep }));
      return;
    }
    const told = await loadToldStory(id).catch(() => null);
    if (told === null) onSay(STORY_WORDS.failed);
    else onOpen(told);
  };
  return (
    <select aria-label={STORY_WORDS.beginFrom} value="" onChange={({ target }) => void begin(target.value)}>
      <option value="" disabled>
        {STORY_WORDS.beginFrom}
      </option>
      <option value="new">{STORY_WORDS.newStory}</option>
      {TOLD_STORIES.map(({ id, title }) => (
        <option key={id} value={id}>
          {title}
        </option>
      ))}
    </select>
  );
}
