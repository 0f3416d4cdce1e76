// The glossary: every symbol that the labs use, once. Symbols in pseudocode, settings and charts explain themselves from
// it, and the guide's glossary page is made of it and of glossary-terms.ts. Which mark in a line means which entry is decided in
// components/reading/symbols.ts.
import { inLanguages } from './language.ts';

/** In the order of the glossary page. */
export const SYMBOL_IDS = [
  'theta',
  'theta-adapted',
  'alpha',
  'alpha-rate',
  'beta',
  'epsilon',
  'k',
  'support-size',
  'query-size',
  'meta-batch',
  'meta-iterations',
  'task',
  'task-distribution',
  'support-loss',
  'query-loss',
  'gradient',
  'inner-gradient',
  'update-norm',
  'network',
  'input',
  'amplitude',
  'phase',
  'spread',
  'task-count',
  'buffer',
  'replayed',
  'max-replayed',
  'score',
  'position',
  'reaching-task',
  'iteration',
  'trajectories',
  'policy',
  'episode-return',
  'return-adapted',
  'horizon',
  'discount',
  'gae-lambda',
  'kl',
  'delta',
  'reward',
] as const;
export type SymbolId = (typeof SYMBOL_IDS)[number];

export interface GlossaryEntry {
  readonly name: string;
  /** What it is, in one or two sentences. */
  readonly about: string;
  /** What it is measured in; empty: a bare number. */
  readonly unit: string;
  /** Where it appears. */
  readonly where: string;
}

export interface SymbolEntry extends GlossaryEntry {
  /** As printed; subscripts and primes are part of it. */
  readonly symbol: string;
}

export const EVERY_LAB = 'All labs';
export const LEARNING = 'Sinusoid, Navigation and Cheetah labs';
export const POLICIES = 'Navigation and Cheetah labs';

export const SYMBOLS = inLanguages<Readonly<Record<SymbolId, SymbolEntry>>>({
  en: {
    theta: {
      symbol: 'θ',
      name: 'Initialisation',
      about:
        'The parameters that meta-learning learns: where adaptation to every task starts. Some papers write φ for what we call θ′.',
      unit: '',
      where: LEARNING,
    },
    'theta-adapted': {
      symbol: 'θ′ᵢ',
      name: 'Adapted parameters',
      about: 'What θ becomes after k inner steps on task i. It is thrown away after the update of θ.',
      unit: '',
      where: LEARNING,
    },
    alpha: {
      symbol: 'α',
      name: 'Inner learning rate',
      about:
        'How far one inner step moves: θ′ = θ − α ∇L(θ). One number, or one per layer or parameter where it is learned.',
      unit: '',
      where: EVERY_LAB,
    },
    'alpha-rate': {
      symbol: 'α₀',
      name: 'Learning rate of α',
      about: 'How far RMAML moves α along its own gradient, ∂Q/∂α.',
      unit: '',
      where: LEARNING,
    },
    beta: {
      symbol: 'β',
      name: 'Meta learning rate',
      about: 'How far one meta-iteration moves θ (in the Reaching lab: the agent) along the meta-gradient.',
      unit: '',
      where: EVERY_LAB,
    },
    epsilon: {
      symbol: 'ε',
      name: 'Reptile’s step',
      about:
        'The share of the way from θ to the adapted parameters that Reptile goes: θ ← θ + ε meanᵢ (θ′ᵢ − θ). It may fall to 0 over training.',
      unit: '',
      where: LEARNING,
    },
    k: {
      symbol: 'k',
      name: 'Inner steps',
      about: 'Gradient steps from θ to θ′ on each task.',
      unit: 'steps',
      where: LEARNING,
    },
    'support-size': {
      symbol: 'K',
      name: 'Support points',
      about: 'Points of a task that its inner steps see: “K-shot”. For policies, K counts trajectories.',
      unit: 'points',
      where: 'Sinusoid lab',
    },
    'query-size': {
      symbol: 'Q',
      name: 'Query points',
      about: 'Points of a task, other than the support points, on which θ′ is judged.',
      unit: 'points',
      where: 'Sinusoid lab',
    },
    'meta-batch': {
      symbol: 'M',
      name: 'Tasks per update',
      about: 'Tasks drawn for each update of θ, fresh and replayed ones together.',
      unit: 'tasks',
      where: EVERY_LAB,
    },
    'meta-iterations': {
      symbol: 'N',
      name: 'Meta-iterations',
      about: 'Updates of θ until training ends.',
      unit: 'updates',
      where: LEARNING,
    },
    task: {
      symbol: 'Tᵢ',
      name: 'Task i',
      about:
        'One thing to be learned: a sine wave, a goal, a velocity. The index i runs over the tasks of a batch.',
      unit: '',
      where: EVERY_LAB,
    },
    'task-distribution': {
      symbol: 'p(T)',
      name: 'Task distribution',
      about: 'What tasks are drawn from: the ranges of amplitudes and phases, of goals, of velocities.',
      unit: '',
      where: EVERY_LAB,
    },
    'support-loss': {
      symbol: 'Lᵢ',
      name: 'Support loss',
      about:
        'The loss of task i on its support set, whose gradient the inner steps follow. For policies: REINFORCE’s loss on K trajectories.',
      unit: '',
      where: LEARNING,
    },
    'query-loss': {
      symbol: 'Qᵢ',
      name: 'Query loss',
      about: 'The loss of the adapted parameters θ′ᵢ on the query set: what the meta-gradient lowers.',
      unit: '',
      where: LEARNING,
    },
    gradient: {
      symbol: '∇',
      name: 'Gradient',
      about: 'The vector of derivatives by every parameter. ∇θ goes through the inner steps back to θ.',
      unit: '',
      where: LEARNING,
    },
    'inner-gradient': {
      symbol: 'gᵢ',
      name: 'Inner gradient',
      about: 'The gradient of the support loss of task i, along which one inner step goes.',
      unit: '',
      where: LEARNING,
    },
    'update-norm': {
      symbol: '‖Δθ‖',
      name: 'Length of an update',
      about:
        'How far the last update moved θ, as the root of the sum of squares (‖Δw‖: the Reaching lab’s agent).',
      unit: '',
      where: EVERY_LAB,
    },
    network: {
      symbol: 'f',
      name: 'Network',
      about: 'The function that parameters define: f(x; θ).',
      unit: '',
      where: 'Sinusoid lab',
    },
    input: {
      symbol: 'x',
      name: 'Input',
      about: 'Where the sine wave is looked at.',
      unit: 'rad',
      where: 'Sinusoid lab',
    },
    amplitude: {
      symbol: 'A',
      name: 'Amplitude',
      about: 'A in y = A sin(x − φ): how high the wave of a task is.',
      unit: '',
      where: 'Sinusoid lab',
    },
    phase: {
      symbol: 'φ',
      name: 'Phase',
      about: 'φ in y = A sin(x − φ): how far the wave of a task is shifted.',
      unit: 'rad',
      where: 'Sinusoid lab',
    },
    spread: {
      symbol: 'σ',
      name: 'Standard deviation',
      about:
        'How widely something is spread: noise on points, tasks of a cloud, actions of a policy around their mean.',
      unit: '',
      where: EVERY_LAB,
    },
    'task-count': {
      symbol: 'n',
      name: 'Tasks of a cloud',
      about: 'How many of the Reaching lab’s tasks a cloud has.',
      unit: 'tasks',
      where: 'Reaching lab',
    },
    buffer: {
      symbol: 'B',
      name: 'Task buffer',
      about:
        'RMAML’s prioritised task buffer: the tasks of the last batch with their scores, from which the next batch takes L.',
      unit: 'tasks',
      where: EVERY_LAB,
    },
    replayed: {
      symbol: 'L',
      name: 'Replayed tasks',
      about:
        'Tasks of a batch that come from the buffer B; the other M − L are fresh. It grows with training.',
      unit: 'tasks',
      where: EVERY_LAB,
    },
    'max-replayed': {
      symbol: 'MAX_L',
      name: 'Most replayed tasks',
      about: 'Where L stops growing.',
      unit: 'tasks',
      where: EVERY_LAB,
    },
    score: {
      symbol: 'sᵢ',
      name: 'Score',
      about:
        'How hard task i still is: its query loss, its return with the sign changed, or its distance. B is sorted by it, easiest first.',
      unit: '',
      where: EVERY_LAB,
    },
    position: {
      symbol: 'w',
      name: 'Agent',
      about:
        'The position of an agent in the plane, which is all that it learns: the Reaching lab’s θ. w′ is where it gets by adapting to one task.',
      unit: '',
      where: 'Reaching lab',
    },
    'reaching-task': {
      symbol: 'cᵢ',
      name: 'Task i in the plane',
      about: 'A point to be reached.',
      unit: '',
      where: 'Reaching lab',
    },
    iteration: {
      symbol: 't',
      name: 'Iteration',
      about: 'Counts updates from 0; T is their number.',
      unit: 'updates',
      where: EVERY_LAB,
    },
    trajectories: {
      symbol: 'Dᵢ',
      name: 'Trajectories of task i',
      about: 'What K roll-outs of the policy brought: observations, actions, rewards. D′ᵢ: after adaptation.',
      unit: '',
      where: POLICIES,
    },
    policy: {
      symbol: 'π',
      name: 'Policy',
      about: 'What chooses actions: a Gaussian whose mean is a network of the observation.',
      unit: '',
      where: POLICIES,
    },
    'episode-return': {
      symbol: 'R',
      name: 'Return before adaptation',
      about: 'Sum of the rewards of a trajectory with θ, not discounted; mean over trajectories.',
      unit: 'reward',
      where: POLICIES,
    },
    'return-adapted': {
      symbol: 'R′',
      name: 'Return after adaptation',
      about: 'Sum of the rewards of a trajectory with θ′, not discounted; mean over trajectories.',
      unit: 'reward',
      where: POLICIES,
    },
    horizon: {
      symbol: 'H',
      name: 'Horizon',
      about: 'Steps of a trajectory. Returns of different horizons cannot be compared.',
      unit: 'steps',
      where: POLICIES,
    },
    discount: {
      symbol: 'γ',
      name: 'Discount',
      about: 'What a reward one step later is worth when advantages are reckoned.',
      unit: '',
      where: POLICIES,
    },
    'gae-lambda': {
      symbol: 'λ',
      name: 'GAE’s λ',
      about: 'From 0, advantages that trust the baseline, to 1, those that trust the rewards alone.',
      unit: '',
      where: POLICIES,
    },
    kl: {
      symbol: 'KL',
      name: 'Kullback–Leibler divergence',
      about:
        'How different the adapted policies’ actions are after an update: mean over tasks and timesteps.',
      unit: 'nats',
      where: POLICIES,
    },
    delta: {
      symbol: 'δ',
      name: 'Trust region',
      about: 'The most KL that one update may have.',
      unit: 'nats',
      where: POLICIES,
    },
    reward: {
      symbol: 'r',
      name: 'Reward',
      about: 'What one step earns.',
      unit: '',
      where: POLICIES,
    },
  },
});

/** What the explanation of a symbol says below it. */
export const GLOSSARY_WORDS = inLanguages({
  en: {
    unit: (unit: string) => `in ${unit}`,
    /** Names the symbols on a chart, before the first. */
    onChart: 'Symbols in the chart',
    hint: 'Left and right arrow keys go from symbol to symbol.',
  },
});
