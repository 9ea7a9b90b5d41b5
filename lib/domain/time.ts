declare const epochMs: unique symbol;

/** A moment, in milliseconds since the Unix epoch, on the server's clock. */
export type EpochMs = number & { readonly [epochMs]: true };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** @throws RangeError when the value is not a whole, non-negative number of milliseconds. */
export function toEpochMs(value: number): EpochMs {
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`Not an epoch in milliseconds: ${value}`);
  return value as EpochMs;
}
