// Reading a golden case's JSON with errors that name the entry. Only what golden-case.ts needs; links and
// experiments have their schema in experiment/.
import type { TaskBatch } from '../tasks/task-batch.ts';

/** A case file that cannot be used; the message is for the person who wrote it. */
export class GoldenCaseError extends Error {
  override name = 'GoldenCaseError';
}

export type JsonObject = Readonly<Record<string, unknown>>;

/** `value` as an object, or a GoldenCaseError naming `where`. */
export function objectAt(value: unknown, where: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw mismatch(where, value, 'an object');
}

/** `value` as a finite number, or a GoldenCaseError naming `where`. */
export function numberAt(value: unknown, where: string): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw mismatch(where, value, 'a finite number');
}

/** `value` as an array of finite numbers, or a GoldenCaseError naming `where`. */
export function numbersAt(value: unknown, where: string): number[] {
  if (!Array.isArray(value)) throw mismatch(where, value, 'an array of numbers');
  return value.map((entry, at) => numberAt(entry, `${where}[${at}]`));
}

/** `value` as one of `allowed`, or a GoldenCaseError naming `where`. */
export function oneOf<T extends string>(value: unknown, allowed: readonly T[], where: string): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw mismatch(where, value, `one of ${allowed.join(', ')}`);
  return found;
}

/** The case's `tasks` as a batch; all tasks must have the same numbers of points. */
export function parseTasks(value: unknown, widths: { inputSize: number; outputSize: number }): TaskBatch {
  if (!Array.isArray(value) || value.length === 0)
    throw mismatch('tasks', value, 'a list of at least one task');
  const { inputSize, outputSize } = widths;
  const tasks = value.map((entry, at) => {
    const task = objectAt(entry, `tasks[${at}]`);
    return {
      supportX: rowsAt(task.xs, inputSize, `tasks[${at}].xs`),
      supportY: rowsAt(task.ys, outputSize, `tasks[${at}].ys`),
      queryX: rowsAt(task.xq, inputSize, `tasks[${at}].xq`),
      queryY: rowsAt(task.yq, outputSize, `tasks[${at}].yq`),
    };
  });
  const supportSize = tasks[0]!.supportX.length;
  const querySize = tasks[0]!.queryX.length;
  tasks.forEach((task, at) => {
    assertRows(task.supportX, supportSize, `tasks[${at}].xs`);
    assertRows(task.supportY, supportSize, `tasks[${at}].ys`);
    assertRows(task.queryX, querySize, `tasks[${at}].xq`);
    assertRows(task.queryY, querySize, `tasks[${at}].yq`);
  });
  const pack = (part: 'supportX' | 'supportY' | 'queryX' | 'queryY') =>
    Float64Array.from(tasks.flatMap((task) => task[part].flat()));
  return {
    taskCount: tasks.length,
    inputSize,
    outputSize,
    supportSets: 1,
    supportSize,
    querySize,
    supportX: pack('supportX'),
    supportY: pack('supportY'),
    queryX: pack('queryX'),
    queryY: pack('queryY'),
  };
}

/** `value` as a list of rows of `width` finite numbers, or a GoldenCaseError naming `where`. */
export function rowsAt(value: unknown, width: number, where: string): number[][] {
  if (!Array.isArray(value)) throw mismatch(where, value, 'a list of points');
  return value.map((entry, at) => {
    const row = numbersAt(entry, `${where}[${at}]`);
    if (row.length !== width) {
      throw new GoldenCaseError(`${where}[${at}]: got ${row.length} numbers, expected ${width} as in sizes.`);
    }
    return row;
  });
}

function assertRows(rows: readonly number[][], count: number, where: string): void {
  if (rows.length === count) return;
  throw new GoldenCaseError(`${where}: got ${rows.length} points, expected ${count} as in the first task.`);
}

function mismatch(where: string, got: unknown, expected: string): GoldenCaseError {
  const shown = got === undefined ? 'nothing' : JSON.stringify(got).slice(0, 60);
  return new GoldenCaseError(`${where}: got ${shown}, expected ${expected}.`);
}
