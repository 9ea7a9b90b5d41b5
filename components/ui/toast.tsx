'use client';

import { useSyncExternalStore } from 'react';

const SHOWN_MS = 3_200;

let current: { id: number; text: string } | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function show(next: typeof current) {
  current = next;
  for (const listener of listeners) listener();
}

/** Says what was done elsewhere, such as "in the cart"; the next one replaces it. Errors belong where they happen. */
export function toast(text: string): void {
  clearTimeout(timer);
  show({ id: Date.now(), text });
  timer = setTimeout(() => show(null), SHOWN_MS);
}

function listen(listener: () => void) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The place where toasts appear: once a page, always there, so that a screen reader listens to it. */
export function Toasts() {
  const shown = useSyncExternalStore(
    listen,
    () => current,
    () => null,
  );
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 bottom-[calc(var(--tab-bar)+16px)] z-50 mx-auto flex max-w-[520px] justify-center px-6"
    >
      {shown && (
        <p key={shown.id} className="animate-rise rounded-full bg-ink px-4 py-2.5 text-14 text-paper shadow-float">
          {shown.text}
        </p>
      )}
    </div>
  );
}
