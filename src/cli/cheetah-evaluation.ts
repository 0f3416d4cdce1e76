// What an evaluation of a cheetah says beyond mean returns: the speed errors of VEL, and each direction of DIR by itself,
// whose mean hides that a policy may run one way and lose the other.
import type { CheetahExperiment } from '../experiment/cheetah-experiment.ts';
import { mean } from '../math/statistics.ts';
import { drawPolicyTestTasks } from '../training/policy-domain.ts';
import type { PolicyAdaptationPoint } from '../training/policy-session-events.ts';

/** One direction of DIR. */
export interface DirectionEntry {
  readonly tasks: number;
  readonly meanReturn: number;
  /** Mean over timesteps of d·v, m/s. */
  readonly velocity: number;
}

/** After one number of inner steps. */
export type CheetahEntry = (SpeedErrors | Directions) & {
  /** Trajectories that ended early because the body's state became unstable. */
  readonly unstableEpisodes: number;
};

interface SpeedErrors {
  /** Mean over tasks and timesteps of |v − g|, m/s: with getting up to speed, and the swing of every stride. */
  readonly speedError: number;
  /** Mean over tasks and trajectories of |mean v − g|, m/s: what a runner is off by. */
  readonly meanVelocityError: number;
}

interface Directions {
  /** null where there was no such test task. */
  readonly forwards: DirectionEntry | null;
  readonly backwards: DirectionEntry | null;
}

/** One entry per number of steps of the point. */
export function cheetahEntries(
  experiment: CheetahExperiment,
  { tasks, returnsByTask, gainsByTask, velocityErrorsByTask, unstableEpisodes = [] }: PolicyAdaptationPoint,
): CheetahEntry[] {
  const isDirection = experiment.family === 'dir';
  if (gainsByTask === undefined || (!isDirection && velocityErrorsByTask === undefined)) {
    throw new Error(
      'cheetahEntries: got a point without gains or errors. Evaluate it in the experiment’s environment.',
    );
  }
  if (!isDirection) {
    return gainsByTask.map((gains, step) => ({
      speedError: -mean(gains),
      meanVelocityError: mean(velocityErrorsByTask![step]!),
      unstableEpisodes: unstableEpisodes[step] ?? 0,
    }));
  }
  const goals = drawPolicyTestTasks(experiment, tasks).map(({ goal }) => goal);
  return returnsByTask.map((returns, step) => {
    const ofGoal = (goal: number): DirectionEntry | null => {
      const own = (values: readonly number[]) => values.filter((_, task) => goals[task] === goal);
      const count = own(returns).length;
      if (count === 0) return null;
      return { tasks: count, meanReturn: mean(own(returns)), velocity: mean(own(gainsByTask[step]!)) };
    };
    return { forwards: ofGoal(1), backwards: ofGoal(-1), unstableEpisodes: unstableEpisodes[step] ?? 0 };
  });
}

/** The entries as lines of text: a name, then a cell per entry. */
export function cheetahLines(entries: readonly CheetahEntry[]): { name: string; cells: string[] }[] {
  const line = (name: string, read: (entry: CheetahEntry) => string | undefined) => {
    const cells = entries.map(read).filter((cell) => cell !== undefined);
    return cells.length === 0 ? [] : [{ name, cells }];
  };
  return [
    ...line('  forwards', (e) => ('forwards' in e ? e.forwards?.meanReturn.toFixed(2) : undefined)),
    ...line('  backwards', (e) => ('backwards' in e ? e.backwards?.meanReturn.toFixed(2) : undefined)),
    ...line('  |mean v−g|', (e) => ('meanVelocityError' in e ? e.meanVelocityError.toFixed(3) : undefined)),
    ...line('  |v−g|', (e) => ('speedError' in e ? e.speedError.toFixed(3) : undefined)),
    ...(entries.some(({ unstableEpisodes }) => unstableEpisodes > 0)
      ? line('  unstable', ({ unstableEpisodes }) => String(unstableEpisodes))
      : []),
  ];
}

/** What the lines of speed errors are, once below them. */
export const SPEED_ERROR_NOTE =
  '|mean v−g|: how far each trajectory’s mean velocity is from its goal; |v−g|: how far each timestep’s is; m/s';
