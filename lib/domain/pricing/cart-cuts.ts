import { type Cut, type GoodsUnits, priceGoods } from './price-goods.ts';
import { isInScope, type NextStep, nextStep, type Promotion, runningPromotions } from './promotion.ts';
import { goesWith } from './stacking.ts';

export type CartCuts = {
  readonly cuts: readonly Cut[];
  readonly discountFen: number;
  /** The promotion that is nearest to its next step, and what is missing to it. */
  readonly hint: { readonly promotion: Promotion; readonly next: NextStep } | null;
};

/** Nearer than this, as a share of what is in the cart already; a promotion that is far away is no hint. */
const NEAR = 1;

/** What these goods are taken off at `now`, and what a little more would bring. */
export function cartCuts(goods: readonly GoodsUnits[], promotions: readonly Promotion[], now: number): CartCuts {
  const running = runningPromotions(promotions, now);
  const { cuts, discountFen } = priceGoods(goods, running);
  let hint: CartCuts['hint'] = null;
  let least = NEAR;
  for (const promotion of running) {
    const counted = goods.filter(
      (units) => isInScope(promotion.scope, units) && goesWith('promotion', units.priceKind, units.sessionSays),
    );
    const amountFen = counted.reduce((sum, { unitFen, quantity }) => sum + unitFen * quantity, 0);
    const pieces = counted.reduce((sum, { quantity }) => sum + quantity, 0);
    const next = pieces === 0 ? null : nextStep(promotion.rule, amountFen, pieces);
    if (next === null) continue;
    const missing = 'missingFen' in next ? next.missingFen / amountFen : next.missingPieces / pieces;
    if (missing < least) {
      least = missing;
      hint = { promotion, next };
    }
  }
  return { cuts, discountFen, hint };
}
