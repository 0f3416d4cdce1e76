// When evaluations run: a session asks after every meta-iteration, and a slice of the kind that has used least of
// its share of the time runs, if that share allows. Time decides only when, and which of several due moments are skipped; never
// what an evaluation finds. Training does not depend on any of it.

/** Lent in advance: learning is fastest at the start, where evaluations are dense on a logarithmic axis. */
const HEAD_START_SECONDS = 3;
/** The share of a kind of which nothing has come yet while its chart stands empty: half of the time. */
const FIRST_SHARE = 0.5;

/** One evaluation in pieces: `run` yields undefined after a slice and an event when a result is there. */
export interface EvaluationJob<Event, Kind extends string> {
  readonly kind: Kind;
  readonly run: AsyncGenerator<Event | undefined, void, void>;
  /** Somebody waits: it comes first and its share is not asked. */
  readonly urgent?: boolean;
}

export interface EvaluationQueue<Event, Kind extends string> {
  /** Adds a job; one of the same kind that has not begun is dropped in its favour. */
  add(job: EvaluationJob<Event, Kind>): void;
  /** Whether a slice may run now, given the seconds spent on training. */
  isDue(trainingSeconds: number): boolean;
  /** Whether somebody waits for a job. */
  isUrgent(): boolean;
  /** Whether a job of one of these kinds is left. */
  has(kinds: readonly Kind[]): boolean;
  /** Runs one slice of a due job (`force`: of any job); its event, or undefined. */
  runSlice(trainingSeconds: number, force: boolean): Promise<Event | undefined>;
  /** Forgets all jobs, or those of one kind. */
  clear(kind?: Kind): void;
}

export interface QueueOptions<Kind extends string> {
  /** Milliseconds. */
  readonly clock: () => number;
  /** Largest share of all time (training and evaluation together) that each kind may take; its keys are the kinds. */
  readonly timeShares: Readonly<Record<Kind, number>>;
  /** The kind that waits for all others. */
  readonly last: Kind;
  /** The kind whose first job may take half of the time. Over the run it takes no more than its share: it pauses the longer after. */
  readonly soon?: Kind;
}

interface Entry<Event, Kind extends string> {
  readonly job: EvaluationJob<Event, Kind>;
  begun: boolean;
}

/** An empty queue. */
export function createEvaluationQueue<Event, Kind extends string>({
  clock,
  timeShares,
  last,
  soon,
}: QueueOptions<Kind>): EvaluationQueue<Event, Kind> {
  /** Seconds spent on each kind, and when it last had its turn: to take turns while the clock shows no difference. */
  const used = new Map<Kind, { readonly spent: number; readonly turn: number }>();
  let turns = 0;
  let jobs: Entry<Event, Kind>[] = [];
  /** The kind whose first job is not finished yet. */
  let first = soon;

  const shareOf = (kind: Kind) => (kind === first ? FIRST_SHARE : timeShares[kind]);
  const usedShare = (kind: Kind) => (used.get(kind)?.spent ?? 0) / shareOf(kind);
  const mayRun = ({ kind, urgent }: EvaluationJob<Event, Kind>, trainingSeconds: number) => {
    let total = trainingSeconds;
    for (const { spent } of used.values()) total += spent;
    return urgent === true || usedShare(kind) <= total + HEAD_START_SECONDS;
  };
  const nextJob = (trainingSeconds: number, force: boolean): Entry<Event, Kind> | undefined =>
    jobs
      .filter(({ job }) => force || mayRun(job, trainingSeconds))
      .sort(
        ({ job: a }, { job: b }) =>
          Number(b.urgent ?? false) - Number(a.urgent ?? false) ||
          Number(a.kind === last) - Number(b.kind === last) ||
          usedShare(a.kind) - usedShare(b.kind) ||
          (used.get(a.kind)?.turn ?? 0) - (used.get(b.kind)?.turn ?? 0),
      )[0];

  return {
    add(job) {
      jobs = jobs.filter((entry) => entry.begun || entry.job.kind !== job.kind);
      jobs.push({ job, begun: false });
    },
    isDue: (trainingSeconds) => nextJob(trainingSeconds, false) !== undefined,
    isUrgent: () => jobs.some(({ job }) => job.urgent === true),
    has: (kinds) => jobs.some(({ job }) => kinds.includes(job.kind)),
    async runSlice(trainingSeconds, force) {
      const entry = nextJob(trainingSeconds, force);
      if (entry === undefined) return undefined;
      entry.begun = true;
      const { kind, run } = entry.job;
      const startedAt = clock();
      const slice = await run.next();
      const spent = (used.get(kind)?.spent ?? 0) + (clock() - startedAt) / 1000;
      turns += 1;
      used.set(kind, { spent, turn: turns });
      if (slice.done === true) {
        jobs = jobs.filter((other) => other !== entry);
        if (kind === first) first = undefined;
        return undefined;
      }
      return slice.value;
    },
    clear(kind) {
      jobs = kind === undefined ? [] : jobs.filter(({ job }) => job.kind !== kind);
    },
  };
}
