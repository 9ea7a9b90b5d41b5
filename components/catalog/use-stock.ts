'use client';

import { useCallback, useMemo } from 'react';
import { useProductStock } from '../../lib/client/live/stock.ts';
import type { CardSku } from '../../lib/domain/catalog/card-row.ts';
import type { StockCell } from '../../lib/domain/inventory/frame.ts';

/** The live number of each SKU of these products; null while nothing is known of it. */
export function useStockOf(
  products: readonly { readonly skus: readonly CardSku[] }[],
): (skuId: string) => StockCell | null {
  const skus = useMemo(() => products.flatMap((product) => product.skus), [products]);
  const stock = useProductStock(skus);
  return useCallback((skuId: string) => stock.get(skuId) ?? null, [stock]);
}
