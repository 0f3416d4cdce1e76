// Opens the share dialog, whose first button copies the link: two presses of Enter.
import { shareButtonWords as words } from '../../words/share-button.ts';
import { usePage, useStores } from '../stores-context.ts';

export function ShareButton() {
  const stores = useStores();
  const isOpen = usePage((page) => page.dialog === 'share');
  const open = () => {
    // The address bar may be a moment behind the settings.
    stores.writeLink();
    stores.page.getState().show('share');
  };
  return (
    <button
      type="button"
      className="plain share"
      aria-haspopup="dialog"
      aria-expanded={isOpen}
      onClick={open}
      title={words.title}
    >
      {words.label}
    </button>
  );
}
