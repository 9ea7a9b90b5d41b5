import { useEffect, useState } from 'react';
import type { FoundStore } from '../../lib/client/stores/near.ts';
import { type StockAround, stockAround, type Wanted } from '../../lib/client/stores/stock.ts';

/** Stock is as old as this at most while the list is looked at. */
const EVERY_MS = 30_000;

/** What the stores of a list have of what is wanted; `failed`: no answer came. */
export function useStockAround(
  found: readonly FoundStore[],
  wanted: readonly Wanted[],
): { readonly stock: StockAround | null; readonly isFailed: boolean } {
  const [stock, setStock] = useState<StockAround | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  const ids = found.map(({ store }) => store.id).join(',');
  const skus = wanted.map(({ skuId }) => skuId).join(',');
  // biome-ignore lint/correctness/useExhaustiveDependencies: stores and goods are known by their ids
  useEffect(() => {
    setStock(null);
    setIsFailed(false);
    if (ids === '' || skus === '') return;
    let isOver = false;
    const ask = async () => {
      if (document.visibilityState !== 'visible') return;
      const heard = await stockAround(
        found.map(({ store }) => store),
        skus.split(','),
      );
      if (isOver) return;
      setIsFailed(heard === null);
      if (heard) setStock(heard);
    };
    void ask();
    const timer = setInterval(ask, EVERY_MS);
    addEventListener('online', ask);
    return () => {
      isOver = true;
      clearInterval(timer);
      removeEventListener('online', ask);
    };
  }, [ids, skus]);
  return { stock, isFailed };
}
