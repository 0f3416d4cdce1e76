// The frame as the browser has it: the parent window, the page's box, and the address whose query says who may command.
import { allowedOrigins } from '../experiment/embed-messages.ts';
import type { FrameWindow } from './embed-frame.ts';

/** `page`: the element that is as high as the page. */
export function browserFrame(page: Element): FrameWindow {
  const isFramed = window.parent !== window;
  const origins = allowedOrigins(location.search);
  // Where the browser says who holds the frame, the others are not tried: each try would be an error in the console.
  const holder = location.ancestorOrigins?.[0];
  return {
    origins,
    post(message, targetOrigin) {
      if (!isFramed || (targetOrigin !== '*' && holder !== undefined && holder !== targetOrigin)) return;
      window.parent.postMessage(message, targetOrigin);
    },
    listen(hear) {
      const onMessage = ({ data, origin, source }: MessageEvent<unknown>) =>
        hear(data, origin, isFramed && source === window.parent);
      addEventListener('message', onMessage);
      return () => removeEventListener('message', onMessage);
    },
    watchHeight(tell) {
      const observer = new ResizeObserver(() => tell(page.getBoundingClientRect().height));
      observer.observe(page);
      return () => observer.disconnect();
    },
    // An assignment to location.hash would make an entry in the history of the page around.
    open: (fragment) => location.replace(fragment),
  };
}
