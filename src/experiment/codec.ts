// Links: an experiment in the fragment of a URL, and back. Canonical: fixed order, only what differs from the
// preset, the seed always. The format is described in docs/links.md and frozen in fixtures/links.json.
// Reading never throws and always gives a usable experiment; what was wrong is listed.
import { isHeavy } from './cost.ts';
import { deflateText, inflateText } from './deflate.ts';
import type { SinusoidExperiment } from './experiment.ts';
import { FIELD_KEYS, fieldOf, isFieldKey, sameValue } from './fields.ts';
import { formatValue, parseValue } from './link-values.ts';
import { accepts, type FieldIssue, presetOf, refusal, show, validateExperiment } from './schema.ts';
import { LINK_VERSION, type LinkPairs, OLDEST_LINK_VERSION, upgradePairs } from './upgrade.ts';

/** Longest fragment that is read, in characters. */
export const MAX_LINK_LENGTH = 8000;
/** Longest text that a compressed link may unfold to, in bytes. */
export const MAX_INFLATED_BYTES = 64 * 1024;
/** A hostile link could be wrong in thousands of places; nobody reads more than these. */
const MAX_ISSUES = 20;

export interface LinkResult {
  /** Always valid; the preset's values where the link was wrong. */
  readonly experiment: SinusoidExperiment;
  readonly issues: readonly FieldIssue[];
  /** It asks for much more computing than the default preset. */
  readonly heavy: boolean;
  /** Whether training must wait for the user: there are issues, or it is heavy. */
  readonly opensPaused: boolean;
}

/** The plain form, "#v=1&lab=sinusoid&preset=…&seed=…&…"; at once, for the address bar. */
export function encodePlainLink(experiment: SinusoidExperiment): string {
  const base = presetOf(experiment.preset, []);
  const pairs = [
    ['v', String(LINK_VERSION)],
    ['lab', experiment.lab],
    ['preset', base.preset],
    ['seed', formatValue(experiment.seed)],
    ...FIELD_KEYS.filter((key) => key !== 'seed' && !sameValue(experiment[key], base[key])).map((key) => [
      key,
      formatValue(experiment[key]),
    ]),
  ];
  return `#${pairs.map((pair) => pair.join('=')).join('&')}`;
}

/** The shortest form: plain, or "#z=…" (raw deflate of the plain text, base64url) when that is shorter. */
export async function encodeLink(experiment: SinusoidExperiment): Promise<string> {
  const plain = encodePlainLink(experiment);
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
    'too-long': `The compressed link unfolds to more than ${MAX_INFLATED_BYTES / 1024} kB, which no experiment needs; it was not read.`,
    damaged:
      'The compressed link is damaged or cut off, so nothing of it can be read. Copy the whole link again.',
    unsupported: 'This browser cannot unfold compressed links. Ask for the link that begins with “#v=”.',
  };
  return unreadable(`${reasons[inflated.kind]} The default preset is used.`);
}

/** Reads the plain form at once; null when the fragment is of the compressed form. */
export function decodePlainLink(fragment: string): LinkResult | null {
  const text = withoutHash(fragment);
  if (text.length > MAX_LINK_LENGTH) {
    return unreadable(
      `The link is ${text.length} characters long; at most ${MAX_LINK_LENGTH} are read. The default preset is used.`,
    );
  }
  return text.startsWith('z=') ? null : decodePairs(text);
}

function withoutHash(fragment: string): string {
  return fragment.startsWith('#') ? fragment.slice(1) : fragment;
}

function unreadable(message: string): LinkResult {
  return result(presetOf(undefined, []), [{ field: 'link', message }]);
}

function result(experiment: SinusoidExperiment, issues: readonly FieldIssue[]): LinkResult {
  const heavy = isHeavy(experiment);
  const shown = issues.slice(0, MAX_ISSUES);
  const more = issues.length - shown.length;
  if (more > 0) shown.push({ field: 'link', message: `And ${more} more things were wrong.` });
  return { experiment, issues: shown, heavy, opensPaused: heavy || shown.length > 0 };
}

function decodePairs(text: string): LinkResult {
  const issues: FieldIssue[] = [];
  const pairs = splitPairs(text, issues);
  if (pairs.size === 0) return result(presetOf(undefined, []), issues);
  const version = pairs.get('v');
  pairs.delete('v');
  const current = readVersion(version, pairs, issues);
  if (current === null) return result(presetOf(knownPreset(pairs), []), issues);

  const values: [string, unknown][] = [];
  for (const [key, raw] of current) {
    if (!isFieldKey(key)) {
      values.push([key, raw]);
      continue;
    }
    const value = parseValue(fieldOf(key), raw);
    if (accepts(key, value)) values.push([key, value]);
    else issues.push(refusal(key, show(raw), 'text'));
  }
  // fromEntries defines own properties even for "__proto__"; validateExperiment lists unknown keys.
  const validation = validateExperiment(Object.fromEntries(values));
  return result(validation.experiment, [...issues, ...validation.issues]);
}

function splitPairs(text: string, issues: FieldIssue[]): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const part of text.split('&')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const key = percentDecoded(equals < 0 ? part : part.slice(0, equals));
    const value = percentDecoded(equals < 0 ? '' : part.slice(equals + 1));
    if (key === null || value === null || equals < 0) {
      const message = `${show(part)} is not of the form “setting=value”; it is ignored. Was the link cut off?`;
      issues.push({ field: 'link', message });
    } else if (pairs.has(key)) {
      issues.push({ field: key, message: `${show(key)} is given more than once; the first is used.` });
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
    issues.push({ field: 'v', message: `The link has no version; it is read as version ${LINK_VERSION}.` });
    return pairs;
  }
  const number = /^\d{1,9}$/.test(version) ? Number(version) : Number.NaN;
  if (number >= OLDEST_LINK_VERSION && number <= LINK_VERSION) return upgradePairs(pairs, number);
  const message =
    number > LINK_VERSION
      ? `This link comes from a newer version (${number}; this one reads up to ${LINK_VERSION}). Reload the page, or open the lab with its preset.`
      : `The link’s version is ${show(version)}; known are ${OLDEST_LINK_VERSION} to ${LINK_VERSION}. Its preset is used, its settings are not.`;
  issues.push({ field: 'v', message });
  return null;
}

/** The preset a link of an unknown version names, if we know it: names of presets outlive formats. */
function knownPreset(pairs: LinkPairs): string | undefined {
  const id = pairs.get('preset');
  const issues: FieldIssue[] = [];
  presetOf(id, issues);
  return issues.length === 0 ? id : undefined;
}
