import { assert } from '../assert.ts';
import { type Fen, toFen } from '../money/fen.ts';

/** A line of an order as it was paid, and what of it went back before. */
export type PaidLine = {
  readonly quantity: number;
  readonly unitFen: number;
  readonly discountFen: number;
  readonly refundedQuantity: number;
};

/** What was really paid for a line: its price less its share of all cuts. */
export function linePaidFen({ quantity, unitFen, discountFen }: Omit<PaidLine, 'refundedQuantity'>): Fen {
  return toFen(quantity * unitFen - discountFen);
}

/**
 * What `quantity` further units of a line give back: their part of what was paid for it.
 *
 * Counted from the first unit on and rounded down, so that whatever portions a line comes back in, the parts add up
 * to what was paid for it, no two units differ by more than a fen, and no refund is dearer than its goods were.
 */
export function refundShare(line: PaidLine, quantity: number): Fen {
  const after = line.refundedQuantity + quantity;
  assert(quantity >= 0 && after <= line.quantity, 'no more units come back than were sold');
  const upTo = (units: number) => Number((BigInt(linePaidFen(line)) * BigInt(units)) / BigInt(line.quantity));
  return toFen(upTo(after) - upTo(line.refundedQuantity));
}
