import type { Locale } from '../messages/define.ts';

/** What a shopper has chosen on this phone; a phone that keeps nothing (private mode) is a phone without choices. */
export type Theme = 'light' | 'dark' | 'system';

const LOCALE_KEY = 'festa-locale';
const THEME_KEY = 'festa-theme';

function recall(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function remember(key: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // The phone keeps nothing: the choice lasts as long as the page.
  }
}

export function rememberedLocale(): Locale | null {
  const value = recall(LOCALE_KEY);
  return value === 'zh-CN' || value === 'en-US' ? value : null;
}

export function rememberLocale(locale: Locale): void {
  remember(LOCALE_KEY, locale);
}

export function rememberedTheme(): Theme {
  const value = recall(THEME_KEY);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Remembers the theme and shows it at once. */
export function chooseTheme(theme: Theme): void {
  remember(THEME_KEY, theme === 'system' ? null : theme);
  showTheme(theme);
}

export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
