// The settings on narrow windows: a drawer at the left, or a sheet at the bottom of a phone. A native dialog, so
// Escape closes it and focus returns to its button; the stage stays visible beside it.
import { useRef, useState } from 'react';
import { controlWords as words } from '../../words/controls.ts';
import { UndoButtons } from '../shell/UndoButtons.tsx';
import { LazyControls } from './LazyControls.tsx';

export function ControlsDrawer() {
  const dialog = useRef<HTMLDialogElement>(null);
  const [open, setOpen] = useState(false);
  const show = () => {
    setOpen(true);
    dialog.current?.showModal();
  };
  return (
    <>
      <button type="button" className="plain" aria-haspopup="dialog" onClick={show}>
        {words.settings}
      </button>
      <dialog
        ref={dialog}
        className="drawer"
        aria-label={words.settings}
        onClose={() => setOpen(false)}
        // A press on the backdrop reports the dialog itself as its target.
        onPointerDown={(event) => {
          if (event.target !== dialog.current) return;
          const box = dialog.current.getBoundingClientRect();
          const inside =
            event.clientX >= box.left &&
            event.clientX <= box.right &&
            event.clientY >= box.top &&
            event.clientY <= box.bottom;
          if (!inside) dialog.current.close();
        }}
      >
        <div className="drawer-head">
          <span>{words.settings}</span>
          <UndoButtons />
          <button type="button" className="plain" onClick={() => dialog.current?.close()}>
            {words.close}
          </button>
        </div>
        {open ? <LazyControls /> : null}
      </dialog>
    </>
  );
}
