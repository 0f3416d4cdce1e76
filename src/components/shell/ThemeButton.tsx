// Switches between light and dark. The first press leaves the system's theme for the opposite one.
import { shellWords as words } from '../../words/shell.ts';
import { useStores } from '../stores-context.ts';
import { useTheme } from '../use-theme.ts';

export function ThemeButton() {
  const { view } = useStores();
  const dark = useTheme() === 'dark';
  return (
    <button
      type="button"
      className="plain theme-button"
      aria-label={dark ? words.themeDark : words.themeLight}
      title={dark ? words.toLight : words.toDark}
      onClick={() => view.getState().set({ theme: dark ? 'light' : 'dark' })}
    >
      {words.theme}
    </button>
  );
}
