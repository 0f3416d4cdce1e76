// The published figures and ours: the data hold together, and the page made from them says the same as the gallery.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { resultsTable, VERDICTS, withTable } from '../../../scripts/results-table.mjs';
import { decodePlainLink } from '../../experiment/codec.ts';
import { readRunIndex } from '../../records/run-index.ts';
import { GALLERY_WORDS, VERDICT_IDS } from '../../words/gallery.ts';
import { GALLERY } from './gallery-entries.ts';
import { formatFigure, formatMeasured, RESULTS, resultOf } from './results.ts';

const page = readFileSync(new URL('../../../docs/results.md', import.meta.url), 'utf8');

describe('the results', () => {
  it('are those of docs/', () => {
    const read = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8');
    expect(read('./data/results.json')).toBe(read('../../../docs/results-data.json'));
  });

  it('stand in docs/results.md exactly as they were made', () => {
    expect(withTable(page, resultsTable({ rows: RESULTS }))).toBe(page);
    expect(VERDICTS).toEqual(GALLERY_WORDS.verdicts);
    expect(Object.keys(VERDICTS)).toEqual([...VERDICT_IDS]);
  });

  it.each(RESULTS)('$id: the gallery’s number stands in docs/results.md', (row) => {
    const line = page
      .split('\n')
      .find((text) => text.startsWith(`| ${row.source} | ${row.subject} | ${row.measure} |`));
    expect(line).toContain(`| ${formatFigure(row.paper, row.digits)} | ${formatMeasured(row)} |`);
  });

  it.each(RESULTS)('$id: the verdict is what the numbers say', ({ paper, ours, error, verdict, seeds }) => {
    if (ours === null) return expect(verdict).toBe('not-measured');
    expect(seeds).toBeGreaterThan(0);
    if (verdict === 'claim-holds') return expect(paper).toBeNull();
    if (paper === null || error === null || verdict === 'not-comparable') return;
    const apart = Math.abs(paper - ours);
    const isNear = apart <= Math.max(4 * error, Math.abs(paper) / 5);
    const earned = apart <= 2 * error ? 'reproduced' : isNear ? 'near' : 'outside';
    expect(verdict).toBe(earned);
  });

  it.each(RESULTS)('$id: its link opens its lab, as it says', ({ link, lab }) => {
    const read = decodePlainLink(link);
    expect(read?.issues).toEqual([]);
    expect(read?.experiment.lab).toBe(lab);
  });

  it('have ids of their own', () => {
    expect(new Set(RESULTS.map(({ id }) => id)).size).toBe(RESULTS.length);
  });
});

describe('formatFigure', () => {
  it('writes a true minus sign, none before zero, and a dash for nothing', () => {
    expect(formatFigure(-13.62, 1)).toBe('−13.6');
    expect(formatFigure(-0.04, 1)).toBe('0.0');
    expect(formatFigure(null, 2)).toBe('–');
  });
});

describe('the gallery’s entries', () => {
  it.each(GALLERY)('$id: opens its lab and quotes a row that there is', ({ link, lab, result }) => {
    const read = decodePlainLink(link);
    expect(read?.issues).toEqual([]);
    expect(read?.experiment.lab).toBe(lab);
    if (result !== null) expect(resultOf(result).id).toBe(result);
  });

  it('open recorded runs that come with the page, of the preset that their link names', () => {
    const index = readRunIndex(
      readFileSync(new URL('../../../public/runs/index.json', import.meta.url), 'utf8'),
    );
    const named = GALLERY.flatMap(({ link }) => {
      const read = decodePlainLink(link);
      return (read?.options.runs ?? []).map((name) => ({ name, preset: read?.experiment.preset }));
    });
    expect(named.length).toBeGreaterThan(4);
    for (const { name, preset } of named)
      expect(index?.find(({ file }) => file === `${name}.json`)?.preset, name).toBe(preset);
  });
});
