const KEPT_AS = 'festa.searches';
const KEPT_MAX = 10;

/** What was searched for on this phone, newest first; it never leaves the phone. */
export function recentSearches(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '[]');
    return Array.isArray(kept) ? kept.filter((word) => typeof word === 'string') : [];
  } catch {
    return [];
  }
}

/** @returns the list with `word` at its front */
export function rememberSearch(word: string): readonly string[] {
  const trimmed = word.trim();
  if (trimmed === '') return recentSearches();
  return keep([trimmed, ...recentSearches().filter((other) => other !== trimmed)].slice(0, KEPT_MAX));
}

export function forgetSearches(): readonly string[] {
  return keep([]);
}

function keep(words: readonly string[]): readonly string[] {
  try {
    localStorage.setItem(KEPT_AS, JSON.stringify(words));
  } catch {
    // The phone keeps nothing: the list lasts as long as the page.
  }
  return words;
}
