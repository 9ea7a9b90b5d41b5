import type { Point } from '../../domain/store/place.ts';

/** Farther off than this a position says a town, not a street. */
export const ROUGH_M = 1_000;
const WAIT_MS = 15_000;
/** A position of a minute ago is where one is. */
const AGE_MS = 60_000;

export type Position =
  | { readonly kind: 'here'; readonly point: Point; readonly accuracyM: number }
  /** `denied`: the shopper or the phone said no. `unknown`: it cannot be found out now. */
  | { readonly kind: 'denied' }
  | { readonly kind: 'unknown' };

/** Asks the phone where it is; only after a tap. What it answers stays in this page: nothing sends or keeps it. */
export function askPosition(): Promise<Position> {
  return new Promise((resolve) => {
    if (!('geolocation' in navigator) || !isSecureContext) return resolve({ kind: 'unknown' });
    navigator.geolocation.getCurrentPosition(
      ({ coords: { longitude, latitude, accuracy } }) =>
        resolve({ kind: 'here', point: { lng: longitude, lat: latitude }, accuracyM: accuracy }),
      ({ code, PERMISSION_DENIED }) => resolve({ kind: code === PERMISSION_DENIED ? 'denied' : 'unknown' }),
      { enableHighAccuracy: true, timeout: WAIT_MS, maximumAge: AGE_MS },
    );
  });
}
