import { createHash } from 'node:crypto';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';
/** 2026-01-01T00:00:00Z: 41 bits of milliseconds last for 69 years from here. */
const ERA = 1_767_225_600_000n;

/** The logical shard of a shopper, 0…1023: in every order id from the first day (architecture §6). */
export function shardOf(shopperId: string): number {
  return createHash('sha256').update(shopperId).digest().readUInt16BE(0) >> 6;
}

/**
 * Makes ids `ord_` + 13 characters (Crockford base 32): 41 bits of time, 10 bits of the shopper's shard, 14 bits of a
 * counter. They sort by time of making. One maker per process; `worker` (0…15) keeps processes apart.
 */
export function orderIdMaker(worker: number, clock: () => number = Date.now): (shopperId: string) => string {
  let lastMs = 0;
  let counter = 0;
  return (shopperId) => {
    const nowMs = Math.max(clock(), lastMs);
    counter = nowMs === lastMs ? counter + 1 : 0;
    if (counter > 1023) {
      counter = 0;
      lastMs = nowMs + 1;
    } else lastMs = nowMs;
    const bits =
      ((BigInt(lastMs) - ERA) << 24n) |
      (BigInt(shardOf(shopperId)) << 14n) |
      (BigInt(worker & 15) << 10n) |
      BigInt(counter);
    let text = '';
    for (let shift = 60n; shift >= 0n; shift -= 5n) text += ALPHABET[Number((bits >> shift) & 31n)];
    return `ord_${text}`;
  };
}
