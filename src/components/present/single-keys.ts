// Whether single keys are shortcuts: they can be switched off for speech input (WCAG 2.1.4). Kept in this browser.
import { browserEmbed } from '../../state/browser.ts';

const STORAGE_KEY = 'metascope.single-keys';

/** Tests have no address. In a frame on somebody else's page nothing is kept, and nothing read. */
const keeps = () => globalThis.location === undefined || !browserEmbed();

let works = read();

function read(): boolean {
  try {
    return !keeps() || globalThis.localStorage?.getItem(STORAGE_KEY) !== 'off';
  } catch {
    return true;
  }
}

export function singleKeysWork(): boolean {
  return works;
}

export function setSingleKeys(on: boolean): void {
  works = on;
  try {
    if (!keeps()) return;
    if (on) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // Blocked storage: the choice lasts until the page closes.
  }
}
