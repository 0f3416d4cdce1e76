// Words of a chart's menu and of the table it opens.
import { inLanguages } from './language.ts';

export const chartMenuWords = inLanguages({
  en: {
    /** The choice among charts that share a place. */
    chartHere: 'Chart shown here',
    menu: (title: string) => `${title}: table and downloads`,
    table: 'Table',
    tableOf: (title: string) => `${title}: table`,
    csv: 'CSV',
    svg: 'SVG',
    png: 'PNG',
    close: 'Close',
    /** In a chart's own place; the error stands below. */
    failed: '✕ This chart could not be drawn.',
    noNumbers: 'No numbers yet. Press Run.',
    lastRows: (shown: number, all: number) => `The last ${shown} of ${all} rows; the CSV has all.`,
  },
});
