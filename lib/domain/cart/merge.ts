/*
 * Words used in this room:
 *
 * - line:     how many of one SKU are wanted, and when that was decided
 * - removal:  a line of quantity 0, kept until other phones have heard of it
 */

/** Moments are on the server's clock as the phone knows it, in ms. */
export type CartLine = { readonly skuId: string; readonly quantity: number; readonly changedAt: number };

/**
 * Joins two carts: per SKU the later change wins, and of two changes in the same millisecond the larger quantity.
 *
 * Commutative, associative and idempotent, so phones and the server may merge in any order and as often as they
 * like and still agree. Lines come back in the order of their SKU ids.
 */
export function mergeCarts(a: readonly CartLine[], b: readonly CartLine[]): CartLine[] {
  const bySku = new Map<string, CartLine>();
  for (const line of [...a, ...b]) {
    const held = bySku.get(line.skuId);
    if (held === undefined || isLater(line, held)) bySku.set(line.skuId, line);
  }
  return [...bySku.values()].sort((x, y) => (x.skuId < y.skuId ? -1 : 1));
}

function isLater(line: CartLine, held: CartLine): boolean {
  return line.changedAt === held.changedAt ? line.quantity > held.quantity : line.changedAt > held.changedAt;
}

/** Keeps a cart within `linesMax`: removals go first, oldest first, then the oldest lines. */
export function trimCart(lines: readonly CartLine[], linesMax: number): CartLine[] {
  if (lines.length <= linesMax) return [...lines];
  const dearest = [...lines].sort(
    (a, b) => Number(b.quantity > 0) - Number(a.quantity > 0) || b.changedAt - a.changedAt,
  );
  const kept = new Set(dearest.slice(0, linesMax));
  return lines.filter((line) => kept.has(line));
}
