'use client';

import { useEffect, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { usePromotions } from '../../lib/client/promotions.ts';
import type { CartCuts, cartCuts } from '../../lib/domain/pricing/cart-cuts.ts';
import type { GoodsUnits } from '../../lib/domain/pricing/price-goods.ts';
import type { CartRow } from './cart-lines.ts';

/** The ticked rows as the rules of pricing count them. */
function unitsOf(rows: readonly CartRow[]): GoodsUnits[] {
  return rows.flatMap(({ skuId, good, units, unitFen, quantity, sessionId }) => {
    if (good === null) return [];
    const offer = good.offers.find((one) => one.sessionId === sessionId);
    const shared = {
      skuId,
      productHandle: good.handle,
      categoryId: good.categoryId,
      sessionSays: offer?.allowsPromotions ?? false,
      memberFen: null,
    };
    // Before the server has said which units have a tier price, all have the price of the moment.
    const priceKind = offer ? ('session' as const) : ('ordinary' as const);
    const known = units.length > 0 ? units : [{ unitFen, quantity, priceKind }];
    return known.map((unit) => ({
      ...shared,
      unitFen: unit.unitFen,
      quantity: unit.quantity,
      priceKind: unit.priceKind,
    }));
  });
}

/**
 * What promotions take off the ticked rows, by the same code as on the server; null before it is here. The code comes
 * after the page: a cart shows its goods first.
 */
export function useCartCuts(rows: readonly CartRow[]): CartCuts | null {
  const promotions = usePromotions();
  const [rules, setRules] = useState<{ cartCuts: typeof cartCuts } | null>(null);
  const isWanted = promotions !== null && promotions.length > 0;
  useEffect(() => {
    if (!isWanted) return;
    import('../../lib/domain/pricing/cart-cuts.ts').then(setRules, () => {
      // Without the network the checkout says it.
    });
  }, [isWanted]);
  if (!rules || promotions === null) return null;
  return rules.cartCuts(unitsOf(rows), promotions, serverNow());
}
