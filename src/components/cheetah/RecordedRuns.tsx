// The recorded runs of the Cheetah lab, by experiment: each opens alone, or all of one experiment side by side. Fetched
// when it is first opened.
import { useEffect } from 'react';
import { useStore } from 'zustand';
import { formatValue, groupThousands } from '../../charts/scales.ts';
import type { RunIndexEntry } from '../../records/run-index.ts';
import { recordedWords as words } from '../../words/recorded.ts';
import { AlgorithmName } from '../AlgorithmName.tsx';
import { useStores } from '../stores-context.ts';

interface Group {
  readonly title: string;
  readonly entries: readonly RunIndexEntry[];
}

/** Runs of one family, convention, preset and seed, in the order of the list. */
function groupsOf(list: readonly RunIndexEntry[]): readonly Group[] {
  const groups = new Map<string, RunIndexEntry[]>();
  for (const entry of list) {
    if (entry.lab !== 'cheetah') continue;
    const { family, convention, preset, scale, seed } = entry;
    const key = JSON.stringify([family, convention, preset, scale, seed]);
    groups.set(key, [...(groups.get(key) ?? []), entry]);
  }
  return [...groups.values()].map((entries) => {
    const { family, convention, preset, seed } = entries[0]!;
    const [familyName, conventionName] = [words.families[family ?? ''], words.conventions[convention ?? '']];
    return { title: words.group(familyName ?? preset, conventionName ?? '–', seed), entries };
  });
}

/** "−20.1 → 243" */
function returnsText([before, after]: readonly number[]): string {
  if (before === undefined) return '–';
  return after === undefined ? formatValue(before) : `${formatValue(before)} → ${formatValue(after)}`;
}

interface GroupTableProps {
  readonly group: Group;
  onOpen(files: readonly string[]): void;
}

function GroupTable({ group: { title, entries }, onOpen }: GroupTableProps) {
  const [run, iterations, returns] = words.columns;
  return (
    <table className="number">
      <caption>{title}</caption>
      <thead>
        <tr>
          <th scope="col">{run}</th>
          <th scope="col">{iterations}</th>
          <th scope="col">{returns}</th>
          <td />
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.file}>
            <th scope="row">
              {entry.algorithms.map((id) => (
                <AlgorithmName key={id} id={id} />
              ))}
            </th>
            <td>{groupThousands(entry.iterations)}</td>
            <td>{entry.returns.map(returnsText).join('; ') || '–'}</td>
            <td>
              <button
                type="button"
                aria-label={words.openOne(entry.title)}
                title={words.size(entry.bytes)}
                onClick={() => onOpen([entry.file])}
              >
                {words.open}
              </button>
            </td>
          </tr>
        ))}
        {entries.length < 2 ? null : (
          <tr>
            <td colSpan={4}>
              <button
                type="button"
                aria-label={words.openAllOf(title)}
                onClick={() => onOpen(entries.map(({ file }) => file))}
              >
                {words.openAll}
              </button>
            </td>
          </tr>
        )}
      </tbody>
    </table>
  );
}

export function RecordedRuns({ onOpened }: { onOpened(): void }) {
  const { recordings } = useStores();
  const list = useStore(recordings, (state) => state.list);
  const error = useStore(recordings, (state) => state.listError);
  useEffect(() => {
    void recordings.getState().loadList();
  }, [recordings]);
  if (list === null) return <p role="status">{error ?? words.listLoading}</p>;
  const groups = groupsOf(list);
  if (groups.length === 0) return <p role="status">{words.listEmpty}</p>;
  return groups.map((group) => (
    <GroupTable
      key={group.entries[0]!.file}
      group={group}
      onOpen={(files) => {
        void recordings.getState().open(files);
        onOpened();
      }}
    />
  ));
}
