// Words of the page in a frame, on the screen and in its answers to the page around it.
import { inLanguages } from './language.ts';

export const embedWords = inLanguages({
  en: {
    open: 'metascope ↗',
    openTitle: 'Open this experiment in a page of its own, with all settings',
    bar: (lab: string, preset: string) => `${lab} · ${preset}`,
    unknownCommand: (type: string) =>
      `“${type}” was not obeyed: its fields are not those of a command. Expected metascope:set with a link that has a “#” and at most 10,000 characters, metascope:play or metascope:pause, and nothing else.`,
    covered: 'Not run: the outcome is covered until a guess has been made in the frame.',
  },
});
