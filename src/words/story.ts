// The words around stories: the panel that tells them, the editor, and what is said of a file that cannot be read.
import { inLanguages } from './language.ts';
import { groupThousands } from './numbers.ts';

export const STORY_WORDS = inLanguages({
  en: {
    // reading
    tooLong: (got: number, most: number) =>
      `The story is ${groupThousands(got)} characters long; at most ${groupThousands(most)} are read. Leave out steps or shorten captions.`,
    notJson: 'This is no story file: its text is not JSON. Open the file that “Save as a file” wrote.',
    notStory:
      'This is no story file: it does not begin with "format": "metascope-story". Open the file that “Save as a file” wrote.',
    otherVersion: (got: string, ours: number) =>
      `This story is of version ${got}; this page reads version ${ours}. Reload the page, or ask for a story of version ${ours}.`,
    problemAt: (place: string, got: string, expected: string) =>
      `${place === '' ? 'The story' : place}: got ${got}; expected ${expected}. Change it there.`,
    atLeast: (count: number) => `a length of at least ${count}`,
    atMost: (count: number) => `a length of at most ${groupThousands(count)}`,
    noSuchPreset: (step: number, got: string) =>
      `Step ${step}: there is no preset ${got}. Choose one of the presets of the labs.`,
    badSetting: (step: number, field: string, message: string) => `Step ${step}, ${field}: ${message}`,
    noSuchAnswer: (step: number, right: number, answers: number) =>
      `Step ${step}: the right answer is number ${right}, but answers are numbered 0 to ${answers - 1}.`,
    noSuchStory: (id: string) =>
      `There is no story “${id}” here. It may come from a newer version: reload the page, or choose one in the gallery.`,
    notInLink:
      'This story came from a file and is too long for a link. Drop the file on the page, or ask for it.',
    damagedLink:
      'The story in this link is damaged or cut off. Copy the whole link again, or ask for the file.',

    // telling
    region: 'Story',
    stepOf: (step: number, steps: number) => `Step ${step} of ${steps}`,
    next: 'Next',
    back: 'Back',
    again: 'Start this step again',
    close: 'Close the story',
    finish: 'Finish',
    showSettings: 'Settings',
    showStory: 'Story',
    fold: 'Fold the story',
    unfold: 'Unfold the story',
    try: 'Try it here',
    pausesAt: (iteration: string) => `Pauses at iteration ${iteration}.`,
    reached: (iteration: string) => `Iteration ${iteration} is reached.`,
    guessFirst: 'Make your guess first: the outcome is covered until then.',
    youGuessed: (answer: string) => `You guessed: ${answer}`,
    rightGuess: 'That is how it turns out.',
    otherGuess: (right: string) => `It turns out otherwise: ${right}`,
    whatToMakeOfIt: 'What to make of it',
    loading: 'Loading the story…',
    failed: 'The story could not be loaded. Check the connection and open it again from the gallery.',
    link: 'Link to this step',
    linkCopied: 'Link copied',
    linkRefused: 'The clipboard is not available. Copy the address bar.',

    // editing
    editor: 'Story editor',
    write: 'Write a story',
    beginFrom: 'Begin from…',
    newStory: 'a new story',
    bringBack: 'Bring back the earlier draft',
    newTitle: 'My story',
    newStep: 'A new step',
    openFile: 'Open a file…',
    openStory: 'Open a story file…',
    saveFile: 'Save as a file',
    copyLink: 'Copy as a link',
    linkRefusedHere: (link: string) => `The clipboard is not available. Copy it from here: ${link}`,
    tooLongForLink: (got: number, most: number) =>
      `As a link this story is ${got} characters long; links hold at most ${most}. Save it as a file instead.`,
    preview: 'Try it from this step',
    addStep: 'Add a step',
    removeStep: 'Remove the step',
    moveUp: 'Move up',
    moveDown: 'Move down',
    title: 'Title',
    summary: 'Summary',
    author: 'Author',
    minutes: 'Minutes',
    stepTitle: 'Title of the step',
    caption: 'Caption, a paragraph per line; formulas between $ and $',
    experiment: 'Lab state',
    asBefore: 'As the step before left it',
    takeCurrent: 'Take what is on the screen now',
    takeLeft: 'Take the lab as it was left',
    choosePreset: 'Choose a preset…',
    presetAndChanges: (preset: string, changes: number) =>
      changes === 0 ? `${preset}` : `${preset}, ${changes} ${changes === 1 ? 'setting' : 'settings'} changed`,
    runs: 'Starts training',
    until: 'Pause at iteration',
    target: 'Points at',
    nothing: 'nothing',
    controls: 'Settings in the story',
    question: 'Question before the outcome',
    answers: 'Answers, one per line',
    rightAnswer: 'Right answer',
    noRightAnswer: 'let them see',
    answer: 'What to make of it',
    problems: 'This story cannot be told yet:',
    stage: 'the stage',
    transport: 'the transport',
    pseudocode: 'the pseudocode',
    chart: (title: string) => `the chart “${title}”`,
  },
});
