'use client';

import { useEffect, useRef } from 'react';

/** Scanners type a character every few milliseconds, slow ones by radio; nobody's fingers keep this up for a code. */
const GAP_MS_MAX = 100;
const LENGTH_MIN = 8;
const LENGTH_MAX = 200;
const FIELDS = 'input, textarea, select, [contenteditable="true"]';

/**
 * Listens for a hand scanner that types like a keyboard: fast keys that end in Enter, wherever the focus is, but not
 * inside a field. Its Enter presses no button.
 */
export function useWedge(onText: (text: string) => void): void {
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    let text = '';
    let lastAt = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.target instanceof Element && event.target.closest(FIELDS)) return;
      if (event.timeStamp - lastAt > GAP_MS_MAX) text = '';
      if (event.key === 'Enter') {
        const scanned = text;
        text = '';
        if (scanned.length < LENGTH_MIN) return;
        event.preventDefault();
        event.stopPropagation();
        latest.current(scanned);
        return;
      }
      if (event.key.length !== 1) return;
      lastAt = event.timeStamp;
      text = (text + event.key).slice(0, LENGTH_MAX);
    };
    addEventListener('keydown', onKey, { capture: true });
    return () => removeEventListener('keydown', onKey, { capture: true });
  }, []);
}
