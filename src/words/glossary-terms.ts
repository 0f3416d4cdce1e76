// The glossary's words without a symbol of their own, for the guide's glossary page.
import { EVERY_LAB, type GlossaryEntry, LEARNING, POLICIES } from './glossary.ts';
import { inLanguages } from './language.ts';

/** In the order of the glossary page. */
export const TERM_IDS = [
  'meta-iteration',
  'inner-loop',
  'outer-loop',
  'support-set',
  'query-set',
  'adaptation',
  'held-out',
  'diverged',
  'easy',
  'medium',
  'hard',
  'uniform',
  'pretrained',
  'random',
  'oracle',
  'second-order',
  'advantage',
  'trpo',
] as const;
export type TermId = (typeof TERM_IDS)[number];

export const TERMS = inLanguages<Readonly<Record<TermId, Omit<GlossaryEntry, 'unit'>>>>({
  en: {
    'meta-iteration': {
      name: 'Meta-iteration',
      about: 'One update of θ: M tasks are drawn, adapted to and judged.',
      where: EVERY_LAB,
    },
    'inner-loop': {
      name: 'Inner loop',
      about: 'Adaptation to one task: k gradient steps from θ.',
      where: LEARNING,
    },
    'outer-loop': {
      name: 'Outer loop',
      about: 'Learning θ from how well the inner loop went.',
      where: LEARNING,
    },
    'support-set': {
      name: 'Support set',
      about: 'The data of a task that the inner loop adapts on (D_train).',
      where: LEARNING,
    },
    'query-set': {
      name: 'Query set',
      about: 'Other data of the same task, on which the adapted parameters are judged (D_val).',
      where: LEARNING,
    },
    adaptation: {
      name: 'Adaptation curve',
      about: 'Loss or return on fixed test tasks after 0, 1, 2, … inner steps.',
      where: LEARNING,
    },
    'held-out': {
      name: 'Held-out loss',
      about: 'Query loss on test tasks that training never sees, always the same ones.',
      where: 'Sinusoid lab',
    },
    diverged: {
      name: 'Diverged',
      about: 'A loss or a parameter became infinite or not a number, or a test loss is above 100.',
      where: LEARNING,
    },
    easy: {
      name: 'EASY',
      about: 'Replay the L tasks with the lowest scores.',
      where: EVERY_LAB,
    },
    medium: {
      name: 'MEDIUM',
      about: 'Replay the L tasks in the middle: RMAML’s choice.',
      where: EVERY_LAB,
    },
    hard: {
      name: 'HARD',
      about: 'Replay the L tasks with the highest scores.',
      where: EVERY_LAB,
    },
    uniform: {
      name: 'UNIFORM',
      about: 'Replay none: every task is fresh, as MAML has it.',
      where: EVERY_LAB,
    },
    pretrained: {
      name: 'Pretrained',
      about: 'A baseline: one network trained on all tasks together, then adapted like the others.',
      where: LEARNING,
    },
    random: {
      name: 'Random',
      about: 'A baseline: an untrained network, adapted like the others.',
      where: LEARNING,
    },
    oracle: {
      name: 'Oracle',
      about: 'A baseline that is told the task: amplitude and phase, goal, or velocity.',
      where: LEARNING,
    },
    'second-order': {
      name: 'Second order',
      about:
        'Differentiating through the inner steps needs second derivatives of the loss; FOMAML and Reptile do without.',
      where: LEARNING,
    },
    advantage: {
      name: 'Advantage',
      about: 'How much better an action turned out than the baseline expected there.',
      where: POLICIES,
    },
    trpo: {
      name: 'TRPO',
      about: 'An outer step as far as the KL between old and new policies allows, checked by a line search.',
      where: POLICIES,
    },
  },
});
