// A dialog of the page: native and modal, so that Escape closes it and focus returns to where it was. Fetched when it
// is first opened.
import { type ReactNode, useEffect, useRef } from 'react';
import { KEY_WORDS } from '../../words/keys.ts';
import { useStores } from '../stores-context.ts';

interface PageDialogProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function PageDialog({ title, children }: PageDialogProps) {
  const { page } = useStores();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    if (element?.open === false) element.showModal();
  }, []);
  return (
    <dialog
      ref={dialog}
      className="page-dialog"
      aria-label={title}
      onClose={() => page.getState().show(null)}
    >
      <div className="drawer-head">
        <h2>{title}</h2>
        <button type="button" className="plain" onClick={() => dialog.current?.close()}>
          {KEY_WORDS.close}
        </button>
      </div>
      <div className="page-dialog-body">{children}</div>
    </dialog>
  );
}
