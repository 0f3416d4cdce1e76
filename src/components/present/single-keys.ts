// Whether single keys are shortcuts: they can be switched off for speech input (WCAG 2.1.4). Kept in this browser.
const STORAGE_KEY = 'metascope.single-keys';

let works = read();

function read(): boolean {
  try {
    return globalThis.localStorage?.getItem(STORAGE_KEY) !== 'off';
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
    if (on) localStorage.removeItem(STORAGE_KEY);
    else localStorage.setItem(STORAGE_KEY, 'off');
  } catch {
    // Blocked storage: the choice lasts until the page closes.
  }
}
