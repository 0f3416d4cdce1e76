// [RMAML] Tables 1 and 2 as pictures: the published returns before and after one step, ours where there are any, both
// from docs/results-data.json.
import { layoutPublishedSlopes, type SlopeGroup } from '../../../charts/published-slopes.ts';
import type { AlgorithmId } from '../../../experiment/experiment.ts';
import { GALLERY_WORDS } from '../../../words/gallery.ts';
import { algorithmNames } from '../../../words/names.ts';
import { resultOf } from '../results.ts';
import type { Thumbnail } from '../thumbnail.ts';

interface Line {
  readonly algorithm: AlgorithmId;
  readonly name: string;
  /** What the row's id begins with, up to the step. */
  readonly id: string;
}

function groupOf(title: string, lines: readonly Line[]): SlopeGroup {
  const slopes = lines.map(({ algorithm, name, id }) => {
    const [before, after] = [resultOf(`${id}-0`), resultOf(`${id}-1`)];
    const ours: readonly [number, number] | null =
      before.ours === null || after.ours === null ? null : [before.ours, after.ours];
    const published: readonly [number, number] = [before.paper ?? Number.NaN, after.paper ?? Number.NaN];
    return { algorithm, name, published, ours };
  });
  return { title, slopes };
}

const tableOneLines = (task: string): readonly Line[] => [
  { algorithm: 'pretrained', name: algorithmNames.pretrained, id: `rmaml-table-1-pretrained-${task}` },
  { algorithm: 'maml', name: 'MAML', id: `rmaml-table-1-maml-${task}` },
  { algorithm: 'maml', name: 'MAML+', id: `rmaml-table-1-maml-plus-${task}` },
  { algorithm: 'rmaml', name: 'RMAML', id: `rmaml-table-1-${task}` },
];

const tableTwoLines = (tasks: string): readonly Line[] => [
  { algorithm: 'maml', name: 'MAML+', id: `rmaml-table-2-maml-plus-${tasks}` },
  { algorithm: 'rmaml', name: 'RMAML', id: `rmaml-table-2-${tasks}` },
];

function picture(groups: () => readonly SlopeGroup[]): Thumbnail {
  return {
    panels: [null],
    seconds: 0,
    layout: (_, view) => layoutPublishedSlopes({ groups: groups(), note: GALLERY_WORDS.publishedOnly }, view),
  };
}

export const tableOne = picture(() => [
  groupOf('VEL', tableOneLines('vel')),
  groupOf('DIR', tableOneLines('dir')),
]);

export const tableTwo = picture(() => [
  groupOf(GALLERY_WORDS.withNoise, tableTwoLines('train')),
  groupOf(GALLERY_WORDS.tested, tableTwoLines('test')),
]);
