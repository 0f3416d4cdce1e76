// Points out the part of the page that a step speaks of: an attribute that the style sheet draws, on an element that may
// come only later, when its lab's code is there.
import { useEffect } from 'react';

const ATTRIBUTE = 'data-pointed-out';
const LOOK_AGAIN_MS = 300;
const TRIES = 30;

const PLACES: Readonly<Record<string, string>> = {
  stage: '#stage > :is(.fits, .arena, .arenas, .cheetah-stage)',
  transport: '.transport',
  pseudocode: '.pseudocode',
  instruments: '.instruments',
  settings: '.controls',
};

/** The element of the target, if it is on the page. A chart that shares its place with others is chosen there first. */
function find(target: string): Element | null {
  if (!target.startsWith('chart:')) {
    const place = PLACES[target];
    return place === undefined ? null : document.querySelector(place);
  }
  const title = CSS.escape(target.slice('chart:'.length));
  const chart = document.querySelector(`section.chart[aria-label="${title}"]`);
  if (chart !== null) return chart;
  document.querySelector<HTMLInputElement>(`.title-tabs input[aria-label="${title}"]`)?.click();
  return null;
}

/** null: nothing is pointed out. */
export function useStoryTarget(target: string | null): void {
  useEffect(() => {
    if (target === null) return;
    let marked: Element | null = null;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      marked = find(target);
      marked?.setAttribute(ATTRIBUTE, '');
      tries += 1;
      if (marked === null && tries < TRIES) timer = setTimeout(look, LOOK_AGAIN_MS);
    };
    look();
    return () => {
      clearTimeout(timer);
      marked?.removeAttribute(ATTRIBUTE);
    };
  }, [target]);
}
