'use client';
import { create } from 'zustand';

/* What a device of a counter remembers of itself, whoever stands behind it. */
const KEYS = { id: 'festa-counter-device', muted: 'festa-counter-muted', store: 'festa-counter-store' } as const;

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
    // A private window: it lasts as long as the page.
  }
}

let id: string | null = null;

/** The name of this device, made once and kept: a lease is its and no other's. */
export function deviceId(): string {
  id ??= recall(KEYS.id);
  if (id === null) {
    id = crypto.randomUUID();
    remember(KEYS.id, id);
  }
  return id;
}

/** Whether the sounds are off on this device. */
export const useMuted = create<{ isMuted: boolean }>(() => ({ isMuted: false }));

/** Called once the page is in a browser: the published page knows nothing of the device. */
export function recallMuted(): void {
  useMuted.setState({ isMuted: recall(KEYS.muted) === 'yes' });
}

export function setMuted(isMuted: boolean): void {
  remember(KEYS.muted, isMuted ? 'yes' : null);
  useMuted.setState({ isMuted });
}

export type StoreSeen = {
  readonly clerkId: string;
  readonly storeId: string;
  readonly zh: string;
  readonly en: string;
};

/** The store that a clerk last stood at on this device. */
export function storeSeen(): StoreSeen | null {
  const text = recall(KEYS.store);
  return text === null ? null : (JSON.parse(text) as StoreSeen);
}

export function rememberStore(seen: StoreSeen): void {
  remember(KEYS.store, JSON.stringify(seen));
}
