// Copies the page's link, which always holds the whole experiment, and says so in the button itself.
import { useEffect, useState } from 'react';
import { useStores } from '../stores-context.ts';

type Outcome = 'idle' | 'copied' | 'refused';

const LABELS: Record<Outcome, string> = {
  idle: 'Share',
  copied: 'Link copied',
  refused: 'Copy the address bar',
};

export function ShareButton() {
  const stores = useStores();
  const [outcome, setOutcome] = useState<Outcome>('idle');
  useEffect(() => {
    if (outcome === 'idle') return;
    const timer = setTimeout(() => setOutcome('idle'), 2500);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    // The address bar may be a moment behind the settings.
    stores.writeLink();
    try {
      await navigator.clipboard.writeText(window.location.href);
      setOutcome('copied');
    } catch {
      // Clipboard access can be denied; the link is still in the address bar.
      setOutcome('refused');
    }
  };
  return (
    <button type="button" className="plain share" onClick={copy} title="Copy a link to this experiment">
      <span aria-live="polite">{LABELS[outcome]}</span>
    </button>
  );
}
