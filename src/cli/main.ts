// The command line: the same sessions, engines and experiments as on the page, in Node. Exit code 2 for arguments
// that make no sense, 1 for what failed.
import { UsageError } from './usage-error.ts';

/** Resolves with the exit code. */
type Command = (argv: readonly string[]) => Promise<number>;

// Loaded on demand: `check` needs no sessions, and only `bench` and tfjs engines need tfjs.
const COMMANDS: Readonly<Record<string, () => Promise<{ run: Command; help: string }>>> = {
  train: async () => {
    const { TRAIN_HELP, trainCommand } = await import('./train.ts');
    return { run: trainCommand, help: TRAIN_HELP };
  },
  evaluate: async () => {
    const { EVALUATE_HELP, evaluateCommand } = await import('./evaluate.ts');
    return { run: evaluateCommand, help: EVALUATE_HELP };
  },
  check: async () => {
    const { CHECK_HELP, check } = await import('./check.ts');
    return { run: (argv) => check([...argv]), help: CHECK_HELP };
  },
  bench: async () => {
    const { BENCH_HELP, benchCommand } = await import('./bench.ts');
    return { run: benchCommand, help: BENCH_HELP };
  },
};

async function main([name, ...rest]: readonly string[]): Promise<void> {
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    const texts = await Promise.all(Object.values(COMMANDS).map(async (load) => (await load()).help));
    process.stdout.write(`Usage: npm run -s cli -- <command>\n\n${texts.join('\n\n')}\n`);
    if (name === undefined) process.exitCode = 2;
    return;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) {
    throw new UsageError(`There is no command “${name}”. Known: ${Object.keys(COMMANDS).join(', ')}, help.`);
  }
  const command = await load();
  if (rest.includes('--help') || rest.includes('-h')) process.stdout.write(`${command.help}\n`);
  else process.exitCode = await command.run(rest);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : error}\n`);
    process.exitCode = 1;
  }
}
