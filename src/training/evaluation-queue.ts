// When evaluations run: a session asks after every meta-iteration, and a slice of the most urgent one runs if its
// share of the time so far allows. Time decides only when, and which of several due moments are skipped; never
// what an evaluation finds. Training does not depend on any of it.

export const EVALUATION_KINDS = ['spokes', 'held-out', 'adaptation'] as const;
/** spokes: θ′ for the parameter-space view. In order of urgency. */
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

/** Largest share of all time (training and evaluation together) that each kind may take. */
const TIME_SHARE: Readonly<Record<EvaluationKind, number>> = {
  spokes: 0.04,
  'held-out': 0.2,
  adaptation: 0.12,
};

/** One evaluation in pieces: `run` yields undefined after a slice and an event when a result is there. */
export interface EvaluationJob<Event> {
  readonly kind: EvaluationKind;
  readonly run: AsyncGenerator<Event | undefined, void, void>;
}

export interface EvaluationQueue<Event> {
  /** Adds a job; one of the same kind that has not begun is dropped in its favour. */
  add(job: EvaluationJob<Event>): void;
  /** Whether a slice may run now, given the seconds spent on training. */
  isDue(trainingSeconds: number): boolean;
  /** Whether any job is left. */
  readonly isEmpty: boolean;
  /** Runs one slice of the most urgent due job (`force`: whatever its share); its event, or undefined. */
  runSlice(trainingSeconds: number, force: boolean): Promise<Event | undefined>;
  /** Forgets all jobs. */
  clear(): void;
}

/** An empty queue; `clock` in milliseconds. */
export function createEvaluationQueue<Event>(clock: () => number): EvaluationQueue<Event> {
  let jobs: { readonly job: EvaluationJob<Event>; begun: boolean }[] = [];
  const spent: Record<EvaluationKind, number> = { spokes: 0, 'held-out': 0, adaptation: 0 };

  const mayRun = (kind: EvaluationKind, trainingSeconds: number) => {
    const total = trainingSeconds + spent.spokes + spent['held-out'] + spent.adaptation;
    return spent[kind] <= TIME_SHARE[kind] * total;
  };
  const mostUrgent = (trainingSeconds: number, force: boolean) => {
    for (const kind of EVALUATION_KINDS) {
      const entry = jobs.find((candidate) => candidate.job.kind === kind);
      if (entry !== undefined && (force || mayRun(kind, trainingSeconds))) return entry;
    }
    return undefined;
  };

  return {
    add(job) {
      jobs = jobs.filter((entry) => entry.begun || entry.job.kind !== job.kind);
      jobs.push({ job, begun: false });
    },
    isDue: (trainingSeconds) => mostUrgent(trainingSeconds, false) !== undefined,
    get isEmpty() {
      return jobs.length === 0;
    },
    async runSlice(trainingSeconds, force) {
      const entry = mostUrgent(trainingSeconds, force);
      if (entry === undefined) return undefined;
      entry.begun = true;
      const startedAt = clock();
      const slice = await entry.job.run.next();
      spent[entry.job.kind] += (clock() - startedAt) / 1000;
      if (slice.done === true) {
        jobs = jobs.filter((other) => other !== entry);
        return undefined;
      }
      return slice.value;
    },
    clear() {
      jobs = [];
    },
  };
}
