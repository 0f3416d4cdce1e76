// The papers behind what is on the screen, as BibTeX: which ones follows from the experiment alone.
import type { Experiment } from '../experiment/experiment.ts';

interface Citation {
  readonly key: string;
  readonly kind: 'inproceedings' | 'misc' | 'software';
  /** In order. */
  readonly fields: Readonly<Record<string, string>>;
}

const FINN: Citation = {
  key: 'finn2017maml',
  kind: 'inproceedings',
  fields: {
    title: '{Model-Agnostic Meta-Learning} for Fast Adaptation of Deep Networks',
    author: 'Finn, Chelsea and Abbeel, Pieter and Levine, Sergey',
    booktitle: 'Proceedings of the 34th International Conference on Machine Learning',
    series: 'Proceedings of Machine Learning Research',
    volume: '70',
    pages: '1126--1135',
    year: '2017',
    eprint: '1703.03400',
    archiveprefix: 'arXiv',
  },
};

const NICHOL: Citation = {
  key: 'nichol2018firstorder',
  kind: 'misc',
  fields: {
    title: 'On First-Order Meta-Learning Algorithms',
    author: 'Nichol, Alex and Achiam, Joshua and Schulman, John',
    year: '2018',
    eprint: '1803.02999',
    archiveprefix: 'arXiv',
  },
};

const NGUYEN: Citation = {
  key: 'nguyen2021rmaml',
  kind: 'inproceedings',
  fields: {
    title:
      'Robust {MAML}: Prioritization Task Buffer with Adaptive Learning Process for Model-Agnostic Meta-Learning',
    author: 'Nguyen, Thanh and Luu, Tung and Pham, Trung and Rakhimkul, Sanzhar and Yoo, Chang D.',
    booktitle: '2021 IEEE International Conference on Acoustics, Speech and Signal Processing ({ICASSP})',
    pages: '3460--3464',
    year: '2021',
    doi: '10.1109/ICASSP39728.2021.9413446',
    eprint: '2103.08233',
    archiveprefix: 'arXiv',
  },
};

const SCHULMAN: Citation = {
  key: 'schulman2015trpo',
  kind: 'inproceedings',
  fields: {
    title: 'Trust Region Policy Optimization',
    author: 'Schulman, John and Levine, Sergey and Abbeel, Pieter and Jordan, Michael and Moritz, Philipp',
    booktitle: 'Proceedings of the 32nd International Conference on Machine Learning',
    series: 'Proceedings of Machine Learning Research',
    volume: '37',
    pages: '1889--1897',
    year: '2015',
    eprint: '1502.05477',
    archiveprefix: 'arXiv',
  },
};

const TODOROV: Citation = {
  key: 'todorov2012mujoco',
  kind: 'inproceedings',
  fields: {
    title: '{MuJoCo}: A physics engine for model-based control',
    author: 'Todorov, Emanuel and Erez, Tom and Tassa, Yuval',
    booktitle: '2012 IEEE/RSJ International Conference on Intelligent Robots and Systems',
    pages: '5026--5033',
    year: '2012',
    doi: '10.1109/IROS.2012.6386109',
  },
};

/** This program, as it is served. */
export interface ProgramCitation {
  readonly version: string;
  /** The page's address without its fragment. */
  readonly address: string;
}

/** Keys of the papers that this view rests on, in a fixed order. */
export function papersBehind(experiment: Experiment): string[] {
  return citations(experiment).map(({ key }) => key);
}

/** BibTeX of the papers behind the view and of the program itself; ends with a line feed. */
export function bibtexOf(experiment: Experiment, program: ProgramCitation): string {
  const own: Citation = {
    key: 'metascope',
    kind: 'software',
    fields: {
      title: '{metascope}: meta-learning, watched as it trains',
      author: '{metascope contributors}',
      version: program.version,
      year: '2026',
      url: program.address,
    },
  };
  return `${[...citations(experiment), own].map(entryOf).join('\n\n')}\n`;
}

function citations(experiment: Experiment): Citation[] {
  // The strategies and the task buffer of the Reaching lab are RMAML's, and so is its experiment (section 5).
  if (experiment.lab === 'reaching') return [NGUYEN];
  const { algorithms, adaptiveAlpha, taskBuffer } = experiment;
  const hasNoise = experiment.lab === 'cheetah' && experiment.noiseTaskShare > 0;
  const uses = (id: (typeof algorithms)[number]) => algorithms.includes(id);
  const isRobust = uses('rmaml') || adaptiveAlpha === 'all' || taskBuffer === 'all' || hasNoise;
  const isPolicy = experiment.lab !== 'sinusoid';
  return [
    // The task families of these labs are MAML's, whichever algorithm is shown.
    FINN,
    ...(uses('fomaml') || uses('reptile') ? [NICHOL] : []),
    ...(isRobust ? [NGUYEN] : []),
    ...(isPolicy && experiment.outerOptimizer === 'trpo' ? [SCHULMAN] : []),
    ...(experiment.lab === 'cheetah' ? [TODOROV] : []),
  ];
}

function entryOf({ key, kind, fields }: Citation): string {
  const lines = Object.entries(fields).map(([name, value]) => `  ${name} = {${escapeBibtex(name, value)}},`);
  return [`@${kind}{${key},`, ...lines, '}'].join('\n');
}

/** An address comes from outside: what BibTeX reads as its own must not end the field. */
function escapeBibtex(name: string, value: string): string {
  return name === 'url' ? value.replaceAll(/[{}\\]/g, (found) => encodeURIComponent(found)) : value;
}
