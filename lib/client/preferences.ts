import { PHONE_KEYS } from '../domain/phone-keys.ts';
import type { Locale } from '../messages/define.ts';

/** What a shopper has chosen on this phone; a phone that keeps nothing (private mode) is a phone without choices. */
export type Theme = 'light' | 'dark' | 'system';

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
  const value = recall(PHONE_KEYS.locale);
  return value === 'zh-CN' || value === 'en-US' ? value : null;
}

export function rememberLocale(locale: Locale): void {
  remember(PHONE_KEYS.locale, locale);
}

export function rememberedTheme(): Theme {
  const value = recall(PHONE_KEYS.theme);
  return value === 'light' || value === 'dark' ? value : 'system';
}

/** Remembers the theme and shows it at once. */
export function chooseTheme(theme: Theme): void {
  remember(PHONE_KEYS.theme, theme === 'system' ? null : theme);
  showTheme(theme);
}

export function showTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}
