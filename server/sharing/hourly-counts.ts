import { randomInt } from 'node:crypto';
import { HOUR_MS } from '../../lib/domain/time.ts';

const START_SLOTS = 4_096;
const COUNT_MAX = 65_535;

/** Numbers of its own for every process: nobody outside can make keys that meet in one place. */
const SEED_A = randomInt(2 ** 32);
const SEED_B = randomInt(2 ** 32);

function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/**
 * How often each key was seen in this clock hour, up to `max` keys; a new hour, or too many, begins anew. A key is kept as
 * 64 bits in flat tables, because half a million texts in a map cost a collection of garbage of 40 ms, which is longer than
 * an answer may take. Two keys that share all 64 bits are taken for one: the second is not counted.
 */
export function hourlyCounts(max: number) {
  let hour = -1;
  let size = 0;
  let slots = START_SLOTS;
  let high = new Uint32Array(slots);
  let low = new Uint32Array(slots);
  let counts = new Uint16Array(slots);

  /** The place of a key, or the free one where it belongs. */
  function placeOf(a: number, b: number): number {
    let place = a & (slots - 1);
    while (counts[place] !== 0 && (high[place] !== a || low[place] !== b)) place = (place + 1) & (slots - 1);
    return place;
  }

  function grow(): void {
    const [oldHigh, oldLow, oldCounts] = [high, low, counts];
    slots *= 2;
    high = new Uint32Array(slots);
    low = new Uint32Array(slots);
    counts = new Uint16Array(slots);
    for (let at = 0; at < oldCounts.length; at += 1) {
      if (oldCounts[at] === 0) continue;
      const place = placeOf(oldHigh[at] as number, oldLow[at] as number);
      high[place] = oldHigh[at] as number;
      low[place] = oldLow[at] as number;
      counts[place] = oldCounts[at] as number;
    }
  }

  /** Counts a key: of a link, and of who or what comes to it. Answers how often it was seen now, this time included. */
  return function count(linkId: number, text: string): number {
    const now = Math.floor(Date.now() / HOUR_MS);
    if (now !== hour || size >= max) {
      hour = now;
      size = 0;
      counts.fill(0);
    }
    let a = SEED_A ^ linkId ^ Math.floor(linkId / 2 ** 32);
    let b = Math.imul(SEED_B ^ linkId, 0x9e3779b1);
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x5bd1e995);
      b ^= b >>> 15;
    }
    a = mix(a ^ text.length);
    b = mix(b);
    let place = placeOf(a, b);
    const seen = counts[place] as number;
    if (seen === 0) {
      size += 1;
      if (size * 2 > slots) {
        grow();
        place = placeOf(a, b);
      }
      high[place] = a;
      low[place] = b;
    }
    counts[place] = Math.min(COUNT_MAX, seen + 1);
    return seen + 1;
  };
}
