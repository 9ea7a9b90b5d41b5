/** What is known of one SKU, or of a product as the sum of its SKUs; units. */
export type StockCount = { readonly available: number; readonly total: number };

/**
 * What a card says about stock; the words are in the messages of the room.
 *
 * - `sold_out`: nothing is free now (a lapsed reservation may bring units back)
 * - `few`:      仅剩 `left` 件
 * - `low`:      库存紧张; `left` is given where the exact number is shown
 * - `taken`:    已抢 `percent` %; `left` is given where the exact number is shown
 */
export type StockLabel =
  | { readonly kind: 'sold_out' }
  | { readonly kind: 'few'; readonly left: number }
  | { readonly kind: 'low'; readonly left: number | null }
  | { readonly kind: 'taken'; readonly percent: number; readonly left: number | null };

const FEW_MAX = 20;
const EXACT_BELOW = 100;
const LOW_SHARE = 0.1;

/** Whole percent of the total that is no longer free, rounded down: 100 is said only when nothing is left. */
export function takenPercent({ available, total }: StockCount): number {
  if (total <= 0) return available > 0 ? 0 : 100;
  const percent = Math.floor(((total - available) * 100) / total);
  return Math.min(available > 0 ? 99 : 100, Math.max(0, percent));
}

/**
 * The one rule of how scarcity is worded: sold out, then few (20 units or fewer), then low (a tenth of the total or
 * less), else the share taken. The exact number is shown only under 100. Never invents scarcity: more units never give
 * a scarcer label of the same total.
 */
export function stockLabel(count: StockCount): StockLabel {
  const { available, total } = count;
  if (available <= 0) return { kind: 'sold_out' };
  if (available <= FEW_MAX) return { kind: 'few', left: available };
  const left = available < EXACT_BELOW ? available : null;
  if (available <= total * LOW_SHARE) return { kind: 'low', left };
  return { kind: 'taken', percent: takenPercent(count), left };
}
