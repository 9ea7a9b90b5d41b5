'use client';

import { useSearchParams } from 'next/navigation';
import { useMemo, useState } from 'react';
import { useCart } from '../../lib/client/cart-store.ts';
import type { WantedLine } from '../../lib/contracts/order.ts';
import { parseBuyLink } from '../../lib/domain/cart/buy-link.ts';

const LINES_MAX = 50;

export type WantedView = {
  readonly lines: readonly WantedLine[];
  /** `bad_link`: the address names no goods that could exist. */
  readonly state: 'loading' | 'ready' | 'bad_link';
  readonly isFromCart: boolean;
  /** Changes one line for this checkout only; 0 leaves it out. */
  readonly change: (skuId: string, quantity: number) => void;
};

/** What is to be bought: what the address says, else the ticked lines of the cart. */
export function useWantedLines(): WantedView {
  const buy = useSearchParams().get('buy');
  const { lines: cartLines, isTicked, isLoaded } = useCart();
  const [changed, setChanged] = useState<Readonly<Record<string, number>>>({});
  const fromLink = useMemo(() => (buy === null ? null : parseBuyLink(buy)), [buy]);
  const lines = useMemo(() => {
    const ticked = cartLines.filter(({ skuId }) => isTicked(skuId)).slice(0, LINES_MAX);
    const source = buy === null ? ticked : (fromLink ?? []);
    return source
      .map(({ skuId, quantity }) => ({ skuId, quantity: changed[skuId] ?? quantity }))
      .filter(({ quantity }) => quantity > 0);
  }, [buy, fromLink, cartLines, isTicked, changed]);
  return {
    lines,
    state: buy !== null && fromLink === null ? 'bad_link' : buy !== null || isLoaded ? 'ready' : 'loading',
    isFromCart: buy === null,
    change: (skuId, quantity) => setChanged((before) => ({ ...before, [skuId]: quantity })),
  };
}
