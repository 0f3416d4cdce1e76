// A chart's summary for those who hear the page: spoken while the focus is in the chart's frame, on its menu or one of
// its switches, and again when it has changed, at most every ten seconds. Charts without the focus stay silent: several
// of them change at every meta-iteration.
import { useEffect, useRef, useState } from 'react';

const SPEAK_EVERY_MS = 10_000;

/** Calls back with whether the focus is inside the element's nearest section; returns how to stop. */
function followFocus(element: HTMLElement, callback: (isInside: boolean) => void): () => void {
  const frame = element.closest('section') ?? element;
  const enter = () => callback(true);
  const leave = ({ relatedTarget }: FocusEvent) =>
    callback(relatedTarget instanceof Node && frame.contains(relatedTarget));
  frame.addEventListener('focusin', enter);
  frame.addEventListener('focusout', leave);
  return () => {
    frame.removeEventListener('focusin', enter);
    frame.removeEventListener('focusout', leave);
  };
}

export function SpokenSummary({ summary }: { readonly summary: string }) {
  const element = useRef<HTMLParagraphElement>(null);
  const latest = useRef(summary);
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    latest.current = summary;
  });
  useEffect(() => {
    if (element.current === null) return;
    let timer: ReturnType<typeof setInterval> | null = null;
    const silence = () => {
      if (timer !== null) clearInterval(timer);
      timer = null;
      setSpoken('');
    };
    const stop = followFocus(element.current, (isInside) => {
      if (!isInside) silence();
      else if (timer === null) {
        setSpoken(latest.current);
        timer = setInterval(() => setSpoken(latest.current), SPEAK_EVERY_MS);
      }
    });
    return () => {
      stop();
      silence();
    };
  }, []);
  return (
    <p ref={element} className="visually-hidden" role="status">
      {spoken}
    </p>
  );
}
