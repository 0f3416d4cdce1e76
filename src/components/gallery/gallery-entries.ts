// The gallery's entries: which figure, which experiment opens, which row of the results is quoted, which thumbnail.
// The words are in src/words/gallery.ts.
import { encodePlainLink } from '../../experiment/codec.ts';
import type { Experiment, LabId } from '../../experiment/experiment.ts';
import { findPreset } from '../../experiment/labs.ts';
import { NO_OPTIONS } from '../../experiment/page-options.ts';
import type { GalleryEntryId } from '../../words/gallery.ts';
import type { ThumbnailLoader } from './thumbnail.ts';

export interface GalleryEntry {
  readonly id: GalleryEntryId;
  readonly lab: LabId;
  /** "#v=1&lab=…" */
  readonly link: string;
  /** The row of docs/results-data.json that is quoted; null: the drawing is the result. */
  readonly result: string | null;
  readonly thumbnail: ThumbnailLoader;
}

/** `runs`: recorded runs to open side by side (public/runs); none: it trains. */
function presetLink(id: string, ...runs: string[]): { readonly lab: LabId; readonly link: string } {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`The gallery opens the preset “${id}”, which does not exist.`);
  const experiment: Experiment = preset.experiment;
  return { lab: experiment.lab, link: encodePlainLink(experiment, { ...NO_OPTIONS, runs }) };
}

const fits = () => import('./thumbnails/fits.ts');
const reaching = () => import('./thumbnails/reaching.ts');
const published = () => import('./thumbnails/published-tables.ts');

/** In reading order, three to a row on a wide page. */
export const GALLERY: readonly GalleryEntry[] = [
  {
    id: 'maml-fig-2',
    ...presetLink('sinusoid-live'),
    result: 'maml-fig-2-maml',
    thumbnail: async () => (await fits()).mamlFits,
  },
  {
    id: 'maml-fig-3',
    ...presetLink('sinusoid-paper'),
    result: 'maml-table-2-10',
    thumbnail: async () => (await import('./thumbnails/adaptation.ts')).adaptation,
  },
  {
    id: 'reptile-sine',
    ...presetLink('reptile-demonstration'),
    result: 'reptile-reptile',
    thumbnail: async () => (await fits()).reptileFit,
  },
  {
    id: 'maml-fig-4',
    ...presetLink('navigation-maml-live'),
    result: 'maml-fig-4-1',
    thumbnail: async () => (await import('./thumbnails/navigation.ts')).navigation,
  },
  {
    id: 'first-order',
    ...presetLink('navigation-first-order'),
    result: 'fo-time',
    thumbnail: async () => (await import('./thumbnails/first-order.ts')).firstOrder,
  },
  {
    id: 'maml-fig-5-dir',
    ...presetLink('cheetah-dir-maml-live', 'cheetah-dir-maml'),
    result: 'maml-fig-5-dir-1',
    thumbnail: async () => (await import('./thumbnails/cheetah.ts')).cheetah,
  },
  {
    id: 'rmaml-fig-3',
    ...presetLink('reaching-figure-3'),
    result: 'rmaml-fig-3-medium',
    thumbnail: async () => (await reaching()).arena,
  },
  {
    id: 'rmaml-fig-2',
    ...presetLink('reaching-mismatch'),
    result: 'rmaml-fig-3-uniform',
    thumbnail: async () => (await reaching()).mismatch,
  },
  {
    id: 'rmaml-fig-1',
    ...presetLink('reaching-figure-3'),
    result: null,
    thumbnail: async () => (await reaching()).stepSize,
  },
  {
    id: 'maml-fig-5-vel',
    ...presetLink('cheetah-vel-maml-live', 'cheetah-vel-maml'),
    result: 'maml-fig-5-vel-1',
    thumbnail: async () => (await import('./thumbnails/velocity.ts')).velocity,
  },
  {
    id: 'rmaml-table-1',
    ...presetLink('cheetah-vel-maml-live', 'cheetah-vel-maml', 'cheetah-vel-rmaml'),
    result: 'rmaml-table-1-vel-1',
    thumbnail: async () => (await published()).tableOne,
  },
  {
    id: 'rmaml-table-2',
    ...presetLink('cheetah-noise-vel', 'cheetah-noise-vel-maml-0', 'cheetah-noise-vel-rmaml-0'),
    result: 'rmaml-table-2-test-1',
    thumbnail: async () => (await published()).tableTwo,
  },
];
