// Command-line arguments as a subcommand wants them: node's parseArgs, with errors in our own words.
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** Parsed options by name, and the other arguments; throws a UsageError for options that do not exist. */
export function parseArguments<T extends Options>(argv: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error) {
    const known = Object.keys(options)
      .map((name) => `--${name}`)
      .join(', ');
    const what =
      error instanceof Error ? error.message.split(/\. |\n/)[0]?.replace(/\.$/, '') : String(error);
    throw new UsageError(`${what}. Known options: ${known}.`);
  }
}

/** The one argument that is not an option. */
export function onlyPositional(positionals: readonly string[], what: string): string {
  const [value, ...more] = positionals;
  if (value === undefined) throw new UsageError(`Missing argument: ${what}.`);
  if (more.length > 0)
    throw new UsageError(`Unexpected arguments: ${more.join(' ')}. Expected only ${what}.`);
  return value;
}

/** A whole number within limits, or undefined when the option was not given. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  limits: { readonly min: number; readonly max: number },
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < limits.min || value > limits.max) {
    const range = `a whole number from ${limits.min} to ${limits.max}`;
    throw new UsageError(`--${name} must be ${range}; got “${text}”.`);
  }
  return value;
}

/** Throws a UsageError if an option of another lab was given: it would change nothing. */
export function refuseOptions(
  values: Readonly<Record<string, unknown>>,
  names: readonly string[],
  lab: string,
): void {
  const strange = names.filter((name) => values[name] !== undefined).map((name) => `--${name}`);
  if (strange.length === 0) return;
  throw new UsageError(`${strange.join(', ')} means nothing in the ${lab} lab. See “--help”.`);
}
