'use client';
import { useCallback, useEffect, useState } from 'react';
import type { Fix } from '../../domain/store/fence.ts';

const WAIT_MS = 20_000;
/** A fix of so long ago is where one is. */
const AGE_MS = 15_000;

export type Watched =
  | { readonly kind: 'locating' }
  | { readonly kind: 'here'; readonly fix: Fix }
  /** `denied`: the shopper or the phone said no. `unavailable`: it cannot be found out here. `timeout`: not in time. */
  | { readonly kind: 'denied' | 'unavailable' | 'timeout' };

/**
 * Where the phone is, while `isOn` and while the page is seen: hidden, the watch ends, and seen again it begins anew.
 * What it answers stays in this page.
 */
export function useWatchedFix(isOn: boolean): { watched: Watched; again: () => void } {
  const [watched, setWatched] = useState<Watched>({ kind: 'locating' });
  const [turn, setTurn] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn begins it anew
  useEffect(() => {
    if (!isOn) return;
    setWatched({ kind: 'locating' });
    if (!('geolocation' in navigator) || !isSecureContext) return setWatched({ kind: 'unavailable' });
    let watch: number | null = null;
    const start = () => {
      if (watch !== null || document.visibilityState === 'hidden') return;
      watch = navigator.geolocation.watchPosition(
        ({ coords: { longitude, latitude, accuracy } }) =>
          setWatched({ kind: 'here', fix: { point: { lng: longitude, lat: latitude }, accuracyM: accuracy } }),
        ({ code, PERMISSION_DENIED, TIMEOUT }) => {
          const kind = code === PERMISSION_DENIED ? 'denied' : code === TIMEOUT ? 'timeout' : 'unavailable';
          // A fix that was had is better than no answer now; a no is a no.
          setWatched((before) => (before.kind === 'here' && kind !== 'denied' ? before : { kind }));
        },
        { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: AGE_MS },
      );
    };
    const stop = () => {
      if (watch !== null) navigator.geolocation.clearWatch(watch);
      watch = null;
    };
    const onSeen = () => (document.visibilityState === 'hidden' ? stop() : start());
    start();
    document.addEventListener('visibilitychange', onSeen);
    return () => {
      document.removeEventListener('visibilitychange', onSeen);
      stop();
    };
  }, [isOn, turn]);
  return { watched, again: useCallback(() => setTurn((before) => before + 1), []) };
}
