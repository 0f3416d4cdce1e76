// The theme in force: the user's choice, or the system's where none was made. Forced colours are a third one for
// canvases, which do not inherit them from CSS.
import { useEffect } from 'react';
import type { ThemeName } from '../charts/palette.ts';
import { useView } from './stores-context.ts';
import { useMediaQuery } from './use-media-query.ts';

/** What canvases should draw in. */
export function useTheme(): ThemeName {
  const chosen = useView((view) => view.theme);
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const forced = useMediaQuery('(forced-colors: active)');
  if (forced) return 'forced';
  if (chosen === 'system') return systemDark ? 'dark' : 'light';
  return chosen;
}

/** Writes the theme to <html data-theme>, which the style sheets follow. Called once, by the shell. */
export function useThemeAttribute(): void {
  const theme = useTheme();
  const systemDark = useMediaQuery('(prefers-color-scheme: dark)');
  const named = theme === 'forced' ? (systemDark ? 'dark' : 'light') : theme;
  useEffect(() => {
    document.documentElement.dataset.theme = named;
  }, [named]);
}
