// `evaluate`: the held-out evaluation of a run file, again or on more tasks.
import { onlyPositional, parseArguments, wholeNumber } from './arguments.ts';
import { chooseEngine, ENGINE_HELP, parseEngine } from './engines.ts';
import { evaluateRuns, formatEvaluation } from './evaluate-runs.ts';
import { readRunFile } from './run-file.ts';

export const EVALUATE_HELP = `evaluate <run.json> [options]
  --tasks N          test tasks (600)
  --engine E         auto (default), ${ENGINE_HELP}
  --json             print the result as one JSON object, last on stdout`;

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function evaluateCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    tasks: { type: 'string' },
    engine: { type: 'string' },
    json: { type: 'boolean' },
  });
  const path = onlyPositional(positionals, 'a run file written by “train --out”');
  const tasks = wholeNumber('tasks', values.tasks, { min: 1, max: 100_000 }) ?? 600;
  const choice = parseEngine(values.engine);
  const { experiment, iterations, subjects } = readRunFile(path);
  const engine = await chooseEngine(choice, experiment);
  try {
    const evaluation = await evaluateRuns(engine, experiment, subjects, tasks);
    const result = { experiment, engine: engine.id, iterations, evaluation };
    process.stdout.write(`${values.json === true ? JSON.stringify(result) : formatEvaluation(evaluation)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}
