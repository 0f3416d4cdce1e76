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

/** Whether the story lies over the foot of the page; beside it, or above it, it must not be scrolled away itself. */
function isOver(): boolean {
  const tale = document.querySelector('.tale');
  return tale !== null && getComputedStyle(tale).position === 'fixed';
}

/** `target` null: nothing is pointed out. While a question is asked first, that is what is brought into sight. */
export function useStoryTarget(target: string | null, isAsked: boolean): void {
  useEffect(() => {
    let marked: Element | null = null;
    let tries = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      marked ??= target === null ? null : find(target);
      marked?.setAttribute(ATTRIBUTE, '');
      const seen = isAsked ? document.querySelector('.predict') : marked;
      if (seen !== null && isOver()) seen.scrollIntoView({ block: 'nearest' });
      tries += 1;
      const misses = (target !== null && marked === null) || (isAsked && seen === null);
      if (misses && tries < TRIES) timer = setTimeout(look, LOOK_AGAIN_MS);
    };
    look();
    return () => {
      clearTimeout(timer);
      marked?.removeAttribute(ATTRIBUTE);
    };
  }, [target, isAsked]);
}
