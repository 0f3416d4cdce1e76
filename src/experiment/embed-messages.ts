// What a framed page and the page around it say to each other: the schema of what is obeyed, and the types of what is
// said. Documented in docs/embedding.md. Messages come from any page that holds the frame: who may command is decided
// by state/embed-frame.ts, before any of this is read.
import * as v from 'valibot';
import { MAX_LINK_LENGTH } from './codec.ts';

export const EMBED_VERSION = 1;

/** Room for the address before the fragment. */
const MAX_ADDRESS_LENGTH = 2000;

const Command = v.variant('type', [
  /** Opens the link: an address with a fragment, or the fragment alone, with its "#". */
  v.strictObject({
    type: v.literal('metascope:set'),
    link: v.pipe(v.string(), v.maxLength(MAX_LINK_LENGTH + MAX_ADDRESS_LENGTH), v.includes('#')),
  }),
  v.strictObject({ type: v.literal('metascope:play') }),
  v.strictObject({ type: v.literal('metascope:pause') }),
]);

export type EmbedCommand = v.InferOutput<typeof Command>;

/** How high the page is now, in CSS pixels; sent at the start and whenever it changes. */
export interface SizeMessage {
  readonly type: 'metascope:size';
  readonly version: typeof EMBED_VERSION;
  readonly height: number;
}

/** What came of a command. */
export interface AnswerMessage {
  readonly type: 'metascope:answer';
  readonly version: typeof EMBED_VERSION;
  /** The command's type, as far as it had one. */
  readonly to: string;
  /** Sentences; empty: done as asked. */
  readonly problems: readonly string[];
}

export type ReadCommand =
  | { readonly kind: 'command'; readonly command: EmbedCommand }
  /** `type`: what it called itself. */
  | { readonly kind: 'refused'; readonly type: string }
  /** Not meant for this page: other scripts' messages pass through the same window. */
  | { readonly kind: 'foreign' };

/** Reads what was posted. Never throws, whatever it is. */
export function readCommand(data: unknown): ReadCommand {
  const type = typeOf(data);
  if (type === null || !type.startsWith('metascope:')) return { kind: 'foreign' };
  const result = v.safeParse(Command, data);
  return result.success
    ? { kind: 'command', command: result.output }
    : { kind: 'refused', type: type.slice(0, 40) };
}

function typeOf(data: unknown): string | null {
  if (typeof data !== 'object' || data === null || !Object.hasOwn(data, 'type')) return null;
  const { type } = Object.fromEntries(Object.entries(data));
  return typeof type === 'string' ? type : null;
}

const MAX_ORIGINS = 8;

/** The origins of "?embed&origin=https://course.example" (several may be given); what is none is left out. */
export function allowedOrigins(search: string): string[] {
  const named = new URLSearchParams(search).getAll('origin').slice(0, MAX_ORIGINS);
  return [...new Set(named.flatMap((text) => originOf(text) ?? []))];
}

/** The origin that the text is, exactly but for a slash at its end; null: none that a course page could have. */
function originOf(text: string): string | null {
  try {
    const { origin, protocol } = new URL(text);
    const isWeb = protocol === 'https:' || protocol === 'http:';
    return isWeb && (text === origin || text === `${origin}/`) ? origin : null;
  } catch {
    return null;
  }
}
