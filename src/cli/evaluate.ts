// `evaluate`: the held-out evaluation of a run file, again or on more tasks.
import { onlyPositional, parseArguments, refuseOptions, wholeNumber } from './arguments.ts';
import { chooseEngine, ENGINE_HELP, parseEngine } from './engines.ts';
import { evaluatePolicyRecord } from './evaluate-policy-runs.ts';
import { evaluationOf, formatEvaluation, measureRuns } from './evaluate-runs.ts';
import { openRecordFile } from './keeping.ts';

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
  const record = openRecordFile(path);
  const { experiment, iterations, checkpoints } = record;
  const { engine: name, threads, json = false } = values;
  if (experiment.lab !== 'sinusoid') {
    return evaluatePolicyRecord(record, experiment, { tasks: given, engine: name, threads, json });
  }
  refuseOptions(values, ['threads'], experiment.lab);
  const engine = await chooseEngine(parseEngine(name), experiment);
  try {
    const subjects = checkpoints.at(-1)!.runs.map((run) => ({ ...run, iteration: iterations }));
    const evaluation = evaluationOf(await measureRuns(engine, experiment, subjects, given ?? 600));
    const result = { experiment, engine: engine.id, iterations, evaluation };
    process.stdout.write(`${json ? JSON.stringify(result) : formatEvaluation(evaluation)}\n`);
    return 0;
  } finally {
    engine.dispose();
  }
}
