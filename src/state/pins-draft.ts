// What is kept of the run on the screen: its record with a few of its checkpoints, named by what differs from its preset.
import type { Experiment } from '../experiment/experiment.ts';
import { sameValue } from '../experiment/field-changes.ts';
import { inLabOf } from '../experiment/labs.ts';
import { presetIn } from '../experiment/schema.ts';
import { settingValue } from '../experiment/settings.ts';
import type { RecordedCheckpoint, RecordedPoint, RunRecord } from '../records/run-record.ts';
import { COMPARE_WORDS } from '../words/compare.ts';
import { labelSetting } from './change-label.ts';
import type { PinDraft, SeedsSummary } from './pins-types.ts';
import { recordOf } from './run-records.ts';
import { finalsOfReaching } from './seeds-summary.ts';
import type { AppStores } from './store-types.ts';

/** Enough to look back with; all of them would be most of the record. */
const CHECKPOINTS = 6;

/** More changes than these are counted, not listed. */
const MOST_LISTED = 3;

/**
 * "α = 0.02, K = 10 points": what differs from `reference` (another pinned run), else from the preset; or the preset's
 * title. The seed does not name a run.
 */
export function titleOf(experiment: Experiment, reference: Experiment | null = null): string {
  return inLabOf(experiment, (lab, e) => {
    const preset = presetIn(lab, e.preset, []);
    const title = lab.presets.find(({ id }) => id === e.preset)?.title ?? lab.title;
    const changes = (from: Experiment) =>
      lab.fieldKeys.filter((key) => key !== 'seed' && !sameValue(e[key], settingValue(from, key)));
    const fromReference = reference === null || reference.lab !== e.lab ? [] : changes(reference);
    const isShort = fromReference.length > 0 && fromReference.length <= MOST_LISTED;
    const changed = isShort ? fromReference : changes(preset);
    if (changed.length === 0) return title;
    if (changed.length > MOST_LISTED) return COMPARE_WORDS.changes(title, changed.length);
    return changed.map((key) => labelSetting(lab, key, e[key])).join(', ');
  });
}

function isWhole({ runs }: RecordedCheckpoint): boolean {
  return runs.every(
    (run) => run.metaParams.every(Number.isFinite) && run.alpha.values.every(Number.isFinite),
  );
}

/** The record as it is kept: few checkpoints, and every test task's own return only at the end. */
export function trimRecord(record: RunRecord): RunRecord {
  const good = record.checkpoints.filter((checkpoint, i, all) => isWhole(checkpoint) || i === all.length - 1);
  const stride = Math.max(1, Math.ceil((good.length - 1) / (CHECKPOINTS - 1)));
  const checkpoints = good.filter((_, i) => (good.length - 1 - i) % stride === 0);
  return {
    ...record,
    checkpoints,
    runs: record.runs.map((run) => ({
      ...run,
      adaptations: run.adaptations.map((point, i, all) => (i < all.length - 1 ? withoutTasks(point) : point)),
    })),
  };
}

function withoutTasks(point: RecordedPoint): RecordedPoint {
  const { returnsByTask, gainsByTask: _, velocityErrorsByTask: _errors, ...rest } = point;
  return Array.isArray(returnsByTask) ? { ...rest, returnsByTask: returnsByTask.map(() => []) } : point;
}

/** The run of the lab on the screen, ready to be kept; null where there is nothing to keep yet. */
export function draftOf(stores: AppStores): PinDraft | null {
  const { experiment } = stores.current.getState();
  if (experiment.lab === 'reaching') {
    const { outcome, isOutcomeStale } = stores.reachingData;
    if (outcome === null || outcome.seeds === 0 || isOutcomeStale) return null;
    const seeds: SeedsSummary = finalsOfReaching(experiment, outcome, outcome.seeds);
    return { title: titleOf(experiment), experiment, record: null, seeds };
  }
  const record = recordOf(stores);
  if (record === null || record.iterations === 0) return null;
  return draftOfRecord(record);
}

/** A record, ready to be kept. */
export function draftOfRecord(record: RunRecord, seeds: SeedsSummary | null = null): PinDraft {
  const { experiment } = record;
  return { title: record.title ?? titleOf(experiment), experiment, record: trimRecord(record), seeds };
}
