// Links: an experiment of any lab, and the options of the page that shows it, in the fragment of a URL, and back.
// Canonical: fixed order, only what differs from the preset, the seed always. The format is described in docs/links.md and frozen in fixtures/links.json.
// Reading never throws and always gives a usable experiment; what was wrong is listed.

import { issueWords } from '../words/issues.ts';
import { deflateText, inflateText } from './deflate.ts';
import type { Experiment, LabId } from './experiment.ts';
import { sameValue } from './field-changes.ts';
import { DEFAULT_LAB_ID, defaultExperiment, findPreset, inLab, inLabOf, isLabId } from './labs.ts';
import { formatValue, parseValue } from './link-values.ts';
import { NO_OPTIONS, OPENING_PAGE, type PageOptions } from './page-options.ts';
import { PAGE_KEYS, pagePairs, readPageOptions } from './page-options-codec.ts';
import { accepts, type FieldIssue, presetIn, readLab, refusal, show, validateExperiment } from './schema.ts';
import { LINK_VERSION, type LinkPairs, OLDEST_LINK_VERSION, upgradePairs } from './upgrade.ts';

/** Longest fragment that is read, in characters. */
export const MAX_LINK_LENGTH = 8000;
/** The key of a trained state (state/share-trained.ts), the last of a link that has one. */
export const TRAINED_KEY = 'trained';
/** Longest text that a compressed link may unfold to, in bytes. */
export const MAX_INFLATED_BYTES = 64 * 1024;
/** A hostile link could be wrong in thousands of places; nobody reads more than these. */
const MAX_ISSUES = 20;

export interface LinkResult {
  /** Always valid; the preset's values where the link was wrong. */
  readonly experiment: Experiment;
  /** What the link says about the page; `embed` is never set here. */
  readonly options: PageOptions;
  /** A trained state of this experiment as it stands in the link, not read yet; null: none. */
  readonly trained: string | null;
  /**
   * Whether it says a seed, as every link of an experiment does that was ever written here: that experiment is meant. One
   * without asks for the lab, which may open with a recorded run.
   */
  readonly namesSeed: boolean;
  readonly issues: readonly FieldIssue[];
  /** It asks for much more computing than the default preset. */
  readonly heavy: boolean;
  /** Whether training must wait for the user: there are issues, it is heavy, or a trained state is to be gone on from. */
  readonly opensPaused: boolean;
}

/** The plain form, "#v=1&lab=sinusoid&preset=…&seed=…&…"; at once, for the address bar. */
export function encodePlainLink(experiment: Experiment, options: PageOptions = NO_OPTIONS): string {
  // The gallery shows no experiment.
  if (options.page === 'gallery') return `#v=${LINK_VERSION}&page=gallery`;
  return inLabOf(experiment, (lab, e) => {
    const base = presetIn(lab, e.preset, []);
    const changed = lab.fieldKeys.filter((key) => key !== 'seed' && !sameValue(e[key], base[key]));
    const pairs = [
      ['v', String(LINK_VERSION)],
      ['lab', lab.id],
      ['preset', base.preset],
      ['seed', formatValue(e.seed)],
      ...changed.map((key) => [key, formatValue(e[key])]),
      ...pagePairs(options, lab.id),
    ];
    return `#${pairs.map((pair) => pair.join('=')).join('&')}`;
  });
}

/** The shortest form: plain, or "#z=…" (raw deflate of the plain text, base64url) when that is shorter. */
export async function encodeLink(experiment: Experiment, options: PageOptions = NO_OPTIONS): Promise<string> {
  const plain = encodePlainLink(experiment, options);
  const deflated = await deflateText(plain.slice(1));
  const compressed = deflated === null ? null : `#z=${deflated}`;
  return compressed !== null && compressed.length < plain.length ? compressed : plain;
}

/** Reads a fragment of either form, with or without "#". Never rejects. */
export async function decodeLink(fragment: string): Promise<LinkResult> {
  const plain = decodePlainLink(fragment);
  if (plain !== null) return plain;
  const inflated = await inflateText(withoutHash(fragment).slice(2), MAX_INFLATED_BYTES);
  if (inflated.kind === 'text') return decodePairs(inflated.text);
  const reasons = {
    'too-long': issueWords.unfolds(MAX_INFLATED_BYTES / 1024),
    damaged: issueWords.damaged,
    unsupported: issueWords.unsupported,
  };
  return unreadable(reasons[inflated.kind]);
}

/** Reads the plain form at once; null when the fragment is of the compressed form. */
export function decodePlainLink(fragment: string): LinkResult | null {
  const text = withoutHash(fragment);
  if (text.length > MAX_LINK_LENGTH) {
    return unreadable(issueWords.tooLong(text.length, MAX_LINK_LENGTH));
  }
  return text.startsWith('z=') ? null : decodePairs(text);
}

function withoutHash(fragment: string): string {
  return fragment.startsWith('#') ? fragment.slice(1) : fragment;
}

function unreadable(message: string): LinkResult {
  return result(defaultExperiment(DEFAULT_LAB_ID), [{ field: 'link', message }]);
}

function result(
  experiment: Experiment,
  issues: readonly FieldIssue[],
  options: PageOptions = NO_OPTIONS,
  trained: string | null = null,
  namesSeed = false,
): LinkResult {
  const heavy = inLabOf(experiment, (lab, e) => lab.isHeavy(e));
  const shown = issues.slice(0, MAX_ISSUES);
  const more = issues.length - shown.length;
  if (more > 0) shown.push({ field: 'link', message: issueWords.more(more) });
  const opensPaused = heavy || shown.length > 0 || trained !== null;
  return { experiment, options, trained, namesSeed, issues: shown, heavy, opensPaused };
}

function decodePairs(text: string): LinkResult {
  const issues: FieldIssue[] = [];
  const pairs = splitPairs(text, issues);
  if (pairs.size === 0) {
    const page = issues.length === 0 ? OPENING_PAGE : NO_OPTIONS.page;
    return result(defaultExperiment(DEFAULT_LAB_ID), issues, { ...NO_OPTIONS, page });
  }
  const version = pairs.get('v');
  pairs.delete('v');
  const current = readVersion(version, pairs, issues);
  if (current === null) return result(knownStart(pairs), issues);

  // Validation names an unknown lab once more, in the same words, and its issue is the one that is kept.
  const lab = readLab(current.get('lab'), current.get('preset'), []);
  const others: readonly string[] = [...PAGE_KEYS, TRAINED_KEY];
  const settings = new Map([...current].filter(([key]) => !others.includes(key)));
  const values = parseValues(lab, settings, issues);
  // fromEntries defines own properties even for "__proto__"; validateExperiment lists unknown keys.
  const validation = validateExperiment(Object.fromEntries(values));
  const pageIssues: FieldIssue[] = [];
  const options = readPageOptions(current, lab, pageIssues);
  const trained = current.get(TRAINED_KEY) ?? null;
  const all = [...issues, ...validation.issues, ...pageIssues];
  return result(validation.experiment, all, options, trained, current.has('seed'));
}

/** Settings of the lab as values; others, which only validation can name, as the text they are. */
function parseValues(id: LabId, pairs: LinkPairs, issues: FieldIssue[]): [string, unknown][] {
  return inLab(id, (lab) => {
    const values: [string, unknown][] = [];
    for (const [key, raw] of pairs) {
      if (!lab.isFieldKey(key)) {
        values.push([key, raw]);
        continue;
      }
      const value = parseValue(lab.field(key), raw);
      if (accepts(lab.field(key), value)) values.push([key, value]);
      else issues.push(refusal(key, lab.field(key), show(raw), 'text'));
    }
    return values;
  });
}

function splitPairs(text: string, issues: FieldIssue[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = percentDecoded(equals < 0 ? part : part.slice(0, equals));
    const value = percentDecoded(equals < 0 ? '' : part.slice(equals + 1));
    if (key === null || value === null || equals < 0) {
      const message = issueWords.noPair(show(part));
      issues.push({ field: 'link', message });
    } else if (pairs.has(key)) {
      issues.push({ field: key, message: issueWords.twice(show(key)) });
    } else {
      pairs.set(key, value);
    }
  }
  return pairs;
}

function percentDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The pairs in today's format, or null (and an issue) when the link's version cannot be read. */
function readVersion(version: string | undefined, pairs: LinkPairs, issues: FieldIssue[]): LinkPairs | null {
  if (version === undefined) {
    issues.push({ field: 'v', message: issueWords.noVersion(LINK_VERSION) });
    return pairs;
  }
  const number = /^\d{1,9}$/.test(version) ? Number(version) : Number.NaN;
  if (number >= OLDEST_LINK_VERSION && number <= LINK_VERSION) return upgradePairs(pairs, number);
  const message =
    number > LINK_VERSION
      ? issueWords.newer(number, LINK_VERSION)
      : issueWords.badVersion(show(version), OLDEST_LINK_VERSION, LINK_VERSION);
  issues.push({ field: 'v', message });
  return null;
}

/** What a link of an unknown version names, if we know it: names of presets and labs outlive formats. */
function knownStart(pairs: LinkPairs): Experiment {
  const preset = findPreset(pairs.get('preset'));
  if (preset !== undefined) return preset.experiment;
  const lab = pairs.get('lab');
  return defaultExperiment(isLabId(lab) ? lab : DEFAULT_LAB_ID);
}
