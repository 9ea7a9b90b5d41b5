import { assert } from '../assert.ts';

declare const fen: unique symbol;

/** Money, in fen (1/100 yuan). Always a safe integer; never a float of yuan. */
export type Fen = number & { readonly [fen]: true };

/** @throws RangeError when the value is not a safe integer. */
export function toFen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`Not a whole number of fen: ${value}`);
  return value as Fen;
}

export function addFen(...amounts: readonly Fen[]): Fen {
  return toFen(amounts.reduce<number>((total, amount) => total + amount, 0));
}

/** `unitFen` × `quantity`; both whole. */
export function timesFen(unitFen: Fen, quantity: number): Fen {
  return toFen(unitFen * quantity);
}

/**
 * Splits `totalFen` by `weights` so that the shares add up to the total
 * (largest-remainder method, Hamilton).
 *
 * Every share is floored first; the fen left over go one each to the largest
 * remainders, earliest first, so that a replay splits in the same way.
 * Weights are whole, not negative, and at least one is positive.
 */
export function splitFen(totalFen: Fen, weights: readonly number[]): Fen[] {
  const weightSum = weights.reduce((sum, weight) => sum + weight, 0);
  assert(totalFen >= 0, 'a split shares out money, it does not collect it');
  assert(weightSum > 0, 'a split needs at least one positive weight');
  assert(
    weights.every((weight) => Number.isSafeInteger(weight) && weight >= 0),
    'weights are whole and not negative',
  );
  // BigInt, because 30 million fen times a weight of a million leaves the safe range of number.
  const scaled = weights.map((weight) => BigInt(totalFen) * BigInt(weight));
  const divisor = BigInt(weightSum);
  const shares = scaled.map((amount) => Number(amount / divisor));
  const leftover = totalFen - shares.reduce((sum, share) => sum + share, 0);
  const byRemainder = scaled
    .map((amount, index) => ({ index, remainder: amount % divisor }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder.slice(0, leftover)) shares[index] = (shares[index] ?? 0) + 1;
  return shares.map(toFen);
}

/** `12999` → `{ yuan: '129', fen: '99' }`: the parts that a price is drawn with. Not for negative amounts. */
export function priceParts(amount: Fen): { yuan: string; fen: string } {
  assert(amount >= 0, 'a price is not negative');
  const yuan = Math.floor(amount / 100).toLocaleString('en-US');
  return { yuan, fen: String(amount % 100).padStart(2, '0') };
}
