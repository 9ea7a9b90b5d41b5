'use client';

import { useSyncExternalStore } from 'react';
import type { Scheme } from './colours.ts';

const DARK = '(prefers-color-scheme: dark)';

function listen(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const query = matchMedia(DARK);
  query.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    query.removeEventListener('change', onChange);
  };
}

function current(): Scheme {
  const { theme } = document.documentElement.dataset;
  if (theme === 'light' || theme === 'dark') return theme;
  return matchMedia(DARK).matches ? 'dark' : 'light';
}

/** Light or dark, as the page is drawn now: by the phone or by what was chosen. */
export function useScheme(): Scheme {
  return useSyncExternalStore(listen, current, () => 'light');
}
