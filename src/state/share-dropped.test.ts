// What is dropped on the page: one file is read, anything else is answered and nothing is.
import { expect, it } from 'vitest';
import type { NewNotice } from './notices.ts';
import { type DroppedItem, openDropped } from './share-dropped.ts';
import type { OpenStores } from './share-open.ts';
import type { AppStores } from './store-types.ts';

function item(patch: Partial<DroppedItem> = {}): DroppedItem {
  const text = () => Promise.reject(new Error('It was read.'));
  const file = { name: 'run.json', size: 10, type: 'application/json', text };
  return { file, isFolder: false, ...patch };
}

async function answerTo(items: readonly DroppedItem[]): Promise<string> {
  const said: NewNotice[] = [];
  const unused = (): never => {
    throw new Error('Nothing may be opened.');
  };
  const openRun: AppStores['openRun'] = { sinusoid: unused, navigation: unused, cheetah: unused };
  const stores: OpenStores = {
    openRun,
    notify: (notice) => said.push(notice),
    current: { getState: unused },
    page: { getState: unused },
  };
  expect(await openDropped(stores, items)).toBe(false);
  expect(said).toHaveLength(1);
  return said[0]?.title ?? '';
}

it.each([
  ['nothing at all', [], /got text or a link; expected a run or story file/],
  ['dragged text', [item({ file: null })], /got text or a link/],
  ['two files', [item(), item()], /got 2 files; expected one run or story file/],
  ['a folder', [item({ isFolder: true })], /“run.json” was not opened: got a folder/],
  ['a folder that is no file', [item({ file: null, isFolder: true })], /got a folder/],
  ['a file that cannot be read', [item()], /“run.json” could not be read: It was read/],
] as const)('%s is answered', async (_, items, said) => {
  expect(await answerTo(items)).toMatch(said);
});
