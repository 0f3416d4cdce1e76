// A story as it is told: the step's words, its question's outcome, settings to try, and the way on. Stands in place of the
// settings on wide screens and over the foot of the page on narrow ones. Fetched when a story is told.
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { groupThousands } from '../../charts/scales.ts';
import { isCovered } from '../../state/page-store.ts';
import { createStoryTeller, type StoryTeller } from '../../state/story-teller.ts';
import type { Story, StoryStep } from '../../stories/story.ts';
import { STORY_WORDS } from '../../words/story.ts';
import { ControlsPanel, EditProvider } from '../controls/ControlsPanel.tsx';
import { FieldRow } from '../controls/FieldRow.tsx';
import { useProjector } from '../present/use-projector.ts';
import { useCurrent, usePage, useStores } from '../stores-context.ts';
import { useMediaQuery, WIDE_QUERY } from '../use-media-query.ts';
import { Caption } from './Caption.tsx';
import { StoryOutcome } from './StoryOutcome.tsx';
import { useReached } from './use-reached.ts';
import { useStoryTarget } from './use-story-target.ts';
import './stories.css';

export function StoryPanel() {
  const stores = useStores();
  const [teller, setTeller] = useState<StoryTeller | null>(null);
  useEffect(() => {
    const made = createStoryTeller(stores);
    setTeller(made);
    return () => made.dispose();
  }, [stores]);
  return teller === null ? (
    <aside className="tale" aria-label={STORY_WORDS.region} />
  ) : (
    <Panel teller={teller} />
  );
}

function Panel({ teller }: { readonly teller: StoryTeller }) {
  const { story, problems, step } = useStore(teller.store);
  const wide = useMediaQuery(WIDE_QUERY);
  const { page } = useStores();
  const projector = useProjector();
  const embed = usePage(({ options }) => options.embed);
  const [shows, setShows] = useState<'story' | 'settings'>('story');
  const [isFolded, setFolded] = useState(false);
  const settings = wide && !projector && !embed;
  return (
    <aside className="tale" aria-label={STORY_WORDS.region} data-folded={isFolded || undefined}>
      <header>
        {projector || (embed && wide) ? null : wide ? (
          <button
            type="button"
            className="plain"
            aria-pressed={shows === 'settings'}
            onClick={() => setShows(shows === 'story' ? 'settings' : 'story')}
          >
            {shows === 'story' ? STORY_WORDS.showSettings : STORY_WORDS.showStory}
          </button>
        ) : (
          <button
            type="button"
            className="plain fold"
            aria-expanded={!isFolded}
            onClick={() => setFolded(!isFolded)}
          >
            {isFolded ? STORY_WORDS.unfold : STORY_WORDS.fold}
          </button>
        )}
        {embed || projector ? null : (
          <button type="button" className="plain" onClick={() => page.getState().show('story-editor')}>
            {STORY_WORDS.write}
          </button>
        )}
        <button type="button" className="plain icon" aria-label={STORY_WORDS.close} onClick={teller.close}>
          ✕
        </button>
      </header>
      {problems.length > 0 ? <Problems problems={problems} /> : null}
      {story === null && problems.length === 0 ? <p className="quiet late">{STORY_WORDS.loading}</p> : null}
      {settings && shows === 'settings' ? (
        <div className="tale-settings">
          <ControlsPanel />
        </div>
      ) : story === null ? null : (
        <Told teller={teller} story={story} at={step} />
      )}
    </aside>
  );
}

function Problems({ problems }: { readonly problems: readonly string[] }) {
  return (
    <ul className="tale-problems" role="alert">
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

interface ToldProps {
  readonly teller: StoryTeller;
  readonly story: Story;
  readonly at: number;
}

function Told({ teller, story, at }: ToldProps) {
  const step = story.steps[at]!;
  const isAsked = usePage(isCovered);
  useStoryTarget(step.target, isAsked);
  return (
    <>
      {/* Anew with each step, from its top; the way on stays, and the focus on it. */}
      <div className="tale-words" key={at}>
        <p className="tale-title">{story.title}</p>
        <h2 aria-live="polite">{step.title}</h2>
        <Caption paragraphs={step.caption} />
        <StoryOutcome step={step} />
        <Trial step={step} />
      </div>
      <Progress step={step} />
      <nav className="tale-way" aria-label={STORY_WORDS.stepOf(at + 1, story.steps.length)}>
        <button type="button" className="plain" disabled={at === 0} onClick={() => teller.go(at - 1)}>
          {STORY_WORDS.back}
        </button>
        <span className="quiet number">
          {at + 1} / {story.steps.length}
        </span>
        <button type="button" className="plain" onClick={teller.again} title={STORY_WORDS.again}>
          ↺<span className="visually-hidden">{STORY_WORDS.again}</span>
        </button>
        {at === story.steps.length - 1 ? (
          <button type="button" className="button" onClick={teller.close}>
            {STORY_WORDS.finish}
          </button>
        ) : (
          <button type="button" className="button" onClick={() => teller.go(at + 1)}>
            {STORY_WORDS.next}
          </button>
        )}
      </nav>
    </>
  );
}

/** Settings that the reader can change here. */
function Trial({ step }: { readonly step: StoryStep }) {
  const lab = useCurrent((state) => state.experiment.lab);
  if (step.controls.length === 0) return null;
  return (
    <section className="tale-trial" aria-label={STORY_WORDS.try}>
      <h3>{STORY_WORDS.try}</h3>
      <EditProvider key={lab}>
        {step.controls.map((name) => (
          <FieldRow key={name} name={name} />
        ))}
      </EditProvider>
    </section>
  );
}

function Progress({ step }: { readonly step: StoryStep }) {
  const reached = useReached(step.untilIteration);
  const covered = usePage(isCovered);
  if (step.untilIteration === null || covered) return null;
  const iteration = groupThousands(step.untilIteration);
  return (
    <p className="tale-progress quiet" aria-live="polite">
      {reached ? STORY_WORDS.reached(iteration) : STORY_WORDS.pausesAt(iteration)}
    </p>
  );
}
