// Switches between light and dark. The first press leaves the system's theme for the opposite one.
import { useStores } from '../stores-context.ts';
import { useTheme } from '../use-theme.ts';

export function ThemeButton() {
  const { view } = useStores();
  const dark = useTheme() === 'dark';
  return (
    <button
      type="button"
      className="plain theme-button"
      aria-label={dark ? 'Theme: dark. Change to light' : 'Theme: light. Change to dark'}
      title={dark ? 'Change to light' : 'Change to dark'}
      onClick={() => view.getState().set({ theme: dark ? 'light' : 'dark' })}
    >
      Theme
    </button>
  );
}
