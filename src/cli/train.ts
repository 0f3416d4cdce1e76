// `train`: an experiment from start to end on this machine, then its held-out evaluation. Which options each lab takes;
// the labs' own files do the rest.
import { POLICY_ENGINE_IDS } from '../gradients/create-policy-engine.ts';
import { onlyPositional, parseArguments, refuseOptions, wholeNumber } from './arguments.ts';
import { ENGINE_HELP } from './engines.ts';
import { KEEPING_OPTIONS, parseKeeping } from './keeping.ts';
import { loadAnyExperiment } from './load-experiment.ts';
import { trainPolicy } from './train-policy.ts';
import { trainReaching } from './train-reaching.ts';
import { trainSinusoid } from './train-sinusoid.ts';

export const TRAIN_HELP = `train <preset | experiment.json | link> [options]
  --iterations N     meta-iterations instead of the experiment's
  --seed S           seed instead of the experiment's
  --json             print the result as one JSON object, last on stdout
  Sinusoid, Navigation and Cheetah labs:
  --algorithms a,b   algorithms instead of the experiment's
  --engine E         auto (default), ${ENGINE_HELP}
  --tasks N          test tasks of the evaluation at the end (600; Navigation and Cheetah: 40)
  --out run.json     keep the run, with checkpoints, for “evaluate” and to open on the page
  --checkpoints N    of these at most, each evaluated (24)
  --precision P      of kept parameters: f32 (default) or f16
  Navigation and Cheetah labs:
  --engine E         ${POLICY_ENGINE_IDS.join(', ')}
  --threads N        threads that share the work, which changes no number (all cores)
  Reaching lab:
  --strategies a,b   strategies instead of the experiment's
  --seeds N          seeds from the experiment's on (100)`;

const LEARNING_OPTIONS = ['algorithms', 'engine', 'tasks', ...KEEPING_OPTIONS];
const POLICY_OPTIONS = ['threads'];
const REACHING_OPTIONS = ['strategies', 'seeds'];

/** Runs the subcommand with the arguments after its name; resolves with the exit code. */
export async function trainCommand(argv: readonly string[]): Promise<number> {
  const { values, positionals } = parseArguments(argv, {
    iterations: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean' },
    algorithms: { type: 'string' },
    engine: { type: 'string' },
    tasks: { type: 'string' },
    out: { type: 'string' },
    checkpoints: { type: 'string' },
    precision: { type: 'string' },
    strategies: { type: 'string' },
    seeds: { type: 'string' },
    threads: { type: 'string' },
  });
  const source = onlyPositional(positionals, 'a preset, a .json file or a link');
  const given = {
    iterations: wholeNumber('iterations', values.iterations, { min: 1, max: 1_000_000 }),
    seed: wholeNumber('seed', values.seed, { min: 0, max: 2 ** 32 - 1 }),
  };
  const { algorithms, engine, tasks, strategies, seeds, threads, json = false } = values;
  const keeping = parseKeeping(values);
  const experiment = await loadAnyExperiment(source);
  if (experiment.lab === 'reaching') {
    refuseOptions(values, [...LEARNING_OPTIONS, ...POLICY_OPTIONS], experiment.lab);
    return trainReaching(experiment, { ...given, strategies, seeds, json });
  }
  refuseOptions(values, REACHING_OPTIONS, experiment.lab);
  if (experiment.lab === 'navigation' || experiment.lab === 'cheetah') {
    return trainPolicy(experiment, { ...given, algorithms, engine, tasks, threads, keeping, json });
  }
  refuseOptions(values, POLICY_OPTIONS, experiment.lab);
  return trainSinusoid(experiment, { ...given, algorithms, engine, tasks, keeping, json });
}
