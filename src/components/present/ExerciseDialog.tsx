// Makes the link of an exercise: what it hides, what it locks, whether a guess comes first. The page itself stays as it
// is; the link is for others.
import { useRef, useState } from 'react';
import { encodePlainLink } from '../../experiment/codec.ts';
import { LOCKABLE_PARTS, NO_OPTIONS, PAGE_PARTS } from '../../experiment/page-options.ts';
import { sectionsOf, settingField, visibleSettings } from '../../experiment/settings.ts';
import { EXERCISE_WORDS } from '../../words/exercise.ts';
import { useCurrent, useStores } from '../stores-context.ts';
import { PageDialog } from './PageDialog.tsx';
import './dialogs.css';

interface Choices {
  readonly hide: readonly string[];
  readonly lock: readonly string[];
  readonly predict: boolean;
  readonly present: boolean;
}

type Kind = 'hide' | 'lock';

function toggled(names: readonly string[], name: string): readonly string[] {
  return names.includes(name) ? names.filter((each) => each !== name) : [...names, name];
}

interface RowProps {
  readonly name: string;
  readonly label: string;
  readonly canLock: boolean;
  readonly choices: Choices;
  onToggle(kind: Kind, name: string): void;
}

function Row({ name, label, canLock, choices, onToggle }: RowProps) {
  const box = (kind: Kind, words: string) => (
    <label className="check">
      <input
        type="checkbox"
        aria-label={words}
        checked={choices[kind].includes(name)}
        onChange={() => onToggle(kind, name)}
      />
    </label>
  );
  return (
    <tr>
      <th scope="row">{label}</th>
      <td>{box('hide', EXERCISE_WORDS.hideName(label))}</td>
      <td>{canLock ? box('lock', EXERCISE_WORDS.lockName(label)) : null}</td>
    </tr>
  );
}

function Head({ title }: { readonly title: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{title}</th>
        <th scope="col">{EXERCISE_WORDS.hide}</th>
        <th scope="col">{EXERCISE_WORDS.lock}</th>
      </tr>
    </thead>
  );
}

/** The link itself, to be copied or read. */
function ExerciseLink({ link }: { readonly link: string }) {
  const field = useRef<HTMLInputElement>(null);
  const [said, setSaid] = useState<{ readonly link: string; readonly words: string } | null>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link);
      setSaid({ link, words: EXERCISE_WORDS.copied });
    } catch {
      field.current?.select();
      setSaid({ link, words: EXERCISE_WORDS.refused });
    }
  };
  return (
    <div className="exercise-link">
      <input
        ref={field}
        type="text"
        readOnly
        aria-label={EXERCISE_WORDS.link}
        value={link}
        onFocus={(event) => event.target.select()}
      />
      <button type="button" className="filled" onClick={copy}>
        {EXERCISE_WORDS.copy}
      </button>
      <p role="status" className="quiet">
        {said?.link === link ? said.words : EXERCISE_WORDS.length(link.length)}
      </p>
    </div>
  );
}

export function ExerciseDialog() {
  const { page } = useStores();
  const experiment = useCurrent((state) => state.experiment);
  const [choices, setChoices] = useState<Choices>(() => {
    const { hide, lock, predict } = page.getState().options;
    return { hide, lock, predict, present: false };
  });
  const toggle = (kind: Kind, name: string) =>
    setChoices((now) => ({ ...now, [kind]: toggled(now[kind], name) }));
  const link = `${location.origin}${location.pathname}${encodePlainLink(experiment, { ...NO_OPTIONS, ...choices })}`;
  const shared = { choices, onToggle: toggle };
  const canLock = (part: string) => LOCKABLE_PARTS.some((each) => each === part);
  return (
    <PageDialog title={EXERCISE_WORDS.title}>
      <p>{EXERCISE_WORDS.about}</p>
      {(['predict', 'present'] as const).map((flag) => (
        <label key={flag} className="check">
          <input
            type="checkbox"
            checked={choices[flag]}
            onChange={(event) => setChoices((now) => ({ ...now, [flag]: event.target.checked }))}
          />
          {EXERCISE_WORDS[flag]}
        </label>
      ))}
      <ExerciseLink link={link} />
      <table className="exercise-table">
        <Head title={EXERCISE_WORDS.partsTitle} />
        <tbody>
          {PAGE_PARTS.map((part) => (
            <Row
              key={part}
              name={part}
              label={EXERCISE_WORDS.parts[part]}
              canLock={canLock(part)}
              {...shared}
            />
          ))}
        </tbody>
      </table>
      {sectionsOf(experiment.lab).map(({ id, title }) => {
        const keys = visibleSettings(experiment, id);
        if (keys.length === 0) return null;
        return (
          <table key={id} className="exercise-table">
            <Head title={title} />
            <tbody>
              {keys.map((key) => (
                <Row
                  key={key}
                  name={key}
                  label={settingField(experiment.lab, key)?.label ?? key}
                  canLock
                  {...shared}
                />
              ))}
            </tbody>
          </table>
        );
      })}
      <p className="quiet">{EXERCISE_WORDS.lockedPresets}</p>
    </PageDialog>
  );
}
