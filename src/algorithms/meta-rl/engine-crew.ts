// The crew that is one engine in this thread. It works on its tasks in shares, one after the other; a pool of workers
// (worker/) that gives each worker some of the same shares arrives at the same bits.

import type { CrewRequest, PolicyCrew } from './crew.ts';
import { joinObjectives, joinOutcomes, type SharedObjective } from './join-shares.ts';
import { adaptShare, type ShareOutcome, type ShareTools, type TaskRange } from './task-share.ts';

export interface EngineCrewOptions extends ShareTools {
  /** Engines on the CPU take one task at a time, which keeps its numbers in the cache; those on a GPU all: Infinity. */
  readonly tasksPerShare?: number;
  /** Awaited between shares, so that a thread that must listen can. */
  readonly rest?: () => Promise<void>;
}

/** The request's tasks in shares of at most `size`, in order. */
export function splitTasks(taskCount: number, size: number): TaskRange[] {
  const shares: TaskRange[] = [];
  for (let first = 0; first < taskCount; first += size) {
    shares.push({ first, count: Math.min(size, taskCount - first) });
  }
  return shares;
}

/** A crew of this one engine, which it disposes of with itself. */
export function createEngineCrew(options: EngineCrewOptions): PolicyCrew {
  const { engine, tasksPerShare = 1, rest } = options;
  return {
    id: engine.id,
    async adapt(request: CrewRequest) {
      const outcomes: ShareOutcome[] = [];
      const objectives: SharedObjective[] = [];
      for (const share of splitTasks(request.tasks.length, tasksPerShare)) {
        const { outcome, objective } = await adaptShare(options, request, share);
        outcomes.push(outcome);
        if (objective !== null) objectives.push({ ...share, objective });
        await rest?.();
      }
      const objective = objectives.length > 0 ? joinObjectives(objectives) : null;
      return { ...joinOutcomes(outcomes), objective };
    },
    dispose: () => engine.dispose(),
  };
}
