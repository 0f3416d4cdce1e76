// A button and the native popover it opens, placed beside the button and kept inside the window. Light dismissal,
// Escape and focus return come from the platform.
import { type ReactNode, useId, useRef, useState } from 'react';

interface PopoverProps {
  /** What the button shows. */
  readonly label: ReactNode;
  /** The button's name where `label` is not text enough. */
  readonly name?: string;
  readonly className?: string;
  readonly popoverClassName?: string;
  readonly title?: string;
  /** Rendered only while open. */
  readonly children: ReactNode | ((close: () => void) => ReactNode);
}

const MARGIN = 8;

/** Puts `panel` under `button`, or above it where there is no room, within the window. */
function place(button: HTMLElement, panel: HTMLElement): void {
  const anchor = button.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const left = Math.max(MARGIN, Math.min(anchor.left, window.innerWidth - width - MARGIN));
  const below = anchor.bottom + 4;
  const above = anchor.top - height - 4;
  const fitsBelow = below + height <= window.innerHeight - MARGIN;
  const top = fitsBelow ? below : Math.max(MARGIN, above);
  panel.style.left = `${left}px`;
  panel.style.top = `${top}px`;
}

export function Popover(props: PopoverProps) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  const close = () => panel.current?.hidePopover();
  return (
    <>
      <button
        ref={button}
        type="button"
        className={props.className}
        aria-label={props.name}
        aria-expanded={open}
        title={props.title}
        popoverTarget={id}
      >
        {props.label}
      </button>
      <div
        ref={(element) => {
          panel.current = element;
          const anchor = button.current;
          if (element === null || !open || anchor === null) return;
          // The content is rendered on opening, or fetched after it: its size is known only then.
          place(anchor, element);
          const observer = new ResizeObserver(() => place(anchor, element));
          observer.observe(element);
          return () => observer.disconnect();
        }}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={props.name ?? (typeof props.label === 'string' ? props.label : undefined)}
        className={`popover ${props.popoverClassName ?? ''}`}
        onToggle={(event) => setOpen(event.newState === 'open')}
      >
        {open ? (typeof props.children === 'function' ? props.children(close) : props.children) : null}
      </div>
    </>
  );
}
