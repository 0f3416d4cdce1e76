// `evaluate`: the held-out evaluation of a run file, again or on more tasks.
import { onlyPositional, parseArguments, refuseOptions, wholeNumber } from './arguments.ts';
import { chooseEngine, ENGINE_HELP, parseEngine } from './engines.ts';
import { evaluatePolicyFile } from './evaluate-policy-runs.ts';
import { evaluateRuns, formatEvaluation } from './evaluate-runs.ts';
import { openRunFile, readRunFile } from './run-file.ts';

export const EVALUATE_HELP = `evaluate <run.json> [options]
  --tasks N          test tasks (600; Navigation and Cheetah labs: 40)
  --engine E         auto (default), ${ENGINE_HELP}
  --threads N        Navigation and Cheetah labs: threads that share the work
  --json             print the result as one JSON object, last on stdout`;

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function evaluateCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    tasks: { type: 'string' },
    engine: { type: 'string' },
    threads: { type: 'string' },
    json: { type: 'boolean' },
  });
  const path = onlyPositional(positionals, 'a run file written by “train --out”');
  const given = wholeNumber('tasks', values.tasks, { min: 1, max: 100_000 });
  const file = openRunFile(path);
  const { engine: name, threads, json = false } = values;
  if (file.experiment.lab === 'navigation' || file.experiment.lab === 'cheetah') {
    return evaluatePolicyFile(file, file.experiment, { tasks: given, engine: name, threads, json });
  }
  refuseOptions(values, ['threads'], file.experiment.lab);
  const tasks = given ?? 600;
  const choice = parseEngine(name);
  const { experiment, iterations, subjects } = readRunFile(file);
  const engine = await chooseEngine(choice, experiment);
  try {
    const evaluation = await evaluateRuns(engine, experiment, subjects, tasks);
    const result = { experiment, engine: engine.id, iterations, evaluation };
    process.stdout.write(`${json ? JSON.stringify(result) : formatEvaluation(evaluation)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}
