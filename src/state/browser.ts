// The browser as the stores want it: the address bar, animation frames and the storage of this window.
import type { AddressBar } from './link-sync.ts';
import type { FrameSource } from './reaching-store.ts';
import type { SmallStorage } from './view-store.ts';

export function browserAddress(): AddressBar {
  let seen = location.hash;
  /** Not over a link that has just been opened: its 'hashchange' is still to come. */
  const write = (to: () => void): void => {
    if (location.hash !== seen) return;
    to();
    seen = location.hash;
  };
  return {
    read: () => location.hash,
    write: (fragment) => write(() => history.replaceState(history.state, '', fragment)),
    push: (fragment) => write(() => history.pushState(null, '', fragment)),
    onChange: (listener) =>
      addEventListener('hashchange', () => {
        seen = location.hash;
        listener();
      }),
  };
}

/** Animation frames; none come while the tab is hidden. */
export function browserFrames(): FrameSource {
  return { request: (callback) => requestAnimationFrame(callback), cancel: (id) => cancelAnimationFrame(id) };
}

/** localStorage, or null where touching it throws (blocked cookies). */
export function browserStorage(): SmallStorage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}

/** Whether the address asks for the page without its chrome, for a frame: “?embed”. */
export function browserEmbed(): boolean {
  return new URLSearchParams(location.search).has('embed');
}
