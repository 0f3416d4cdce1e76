// Our physics against MuJoCo's WebAssembly build, in a process of its own: MuJoCo is the tests' oracle, and nothing of the
// lab may import it.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const SCRIPT = join(fileURLToPath(import.meta.url), '../../../bench/physics-race.ts');

/** Environment steps per second of both; rejects where MuJoCo is not installed. */
export async function racePhysics(
  rounds: number,
): Promise<{ readonly ours: number; readonly mujoco: number }> {
  // The same loader of TypeScript as this process has.
  const { stdout } = await promisify(execFile)(process.execPath, [
    ...process.execArgv,
    SCRIPT,
    String(rounds),
  ]);
  const race: unknown = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '');
  if (isRace(race)) return race;
  throw new Error(`The race against MuJoCo printed no figures: ${stdout.slice(0, 200)}`);
}

function isRace(value: unknown): value is { ours: number; mujoco: number } {
  return (
    typeof value === 'object' &&
    value !== null &&
    'ours' in value &&
    typeof value.ours === 'number' &&
    'mujoco' in value &&
    typeof value.mujoco === 'number'
  );
}
