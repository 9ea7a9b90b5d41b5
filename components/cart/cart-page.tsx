'use client';

import { useEffect, useMemo, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { removeFromCart, useCart } from '../../lib/client/cart-store.ts';
import { useGoods } from '../../lib/client/goods.ts';
import { useLineQuotes } from '../../lib/client/line-quotes.ts';
import { useProductStock } from '../../lib/client/live/stock.ts';
import { useMe } from '../../lib/client/session.ts';
import { useOnline } from '../../lib/client/use-online.ts';
import { cartMessages } from '../../lib/messages/cart.ts';
import { phoneMessages } from '../../lib/messages/phone.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Icon } from '../ui/icon.tsx';
import { useMessages } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { CartBar } from './cart-bar.tsx';
import { CartGroupHead } from './cart-group-head.tsx';
import { nextBoundary, useCartGroups } from './cart-lines.ts';
import { CartRowView } from './cart-row.tsx';
import { CartSkeleton } from './cart-skeleton.tsx';

/** The cart: local first; what the server says of prices and stock is filled in. */
export function CartPage() {
  const words = useMessages(cartMessages);
  useMe();
  const { lines, isLoaded } = useCart();
  return (
    <>
      <TopBar title={words.title} />
      {isLoaded && lines.length > 0 && <FullCart />}
      {!isLoaded && (
        <div className="in-data-[cart=empty]:hidden">
          <CartSkeleton />
        </div>
      )}
      {/* The published page has both; its first line knows which one this phone needs. */}
      {lines.length === 0 && (
        <div className={isLoaded ? '' : 'not-in-data-[cart=empty]:hidden'}>
          <EmptyState
            emblem="cart"
            title={words.emptyTitle}
            text={words.emptyText}
            action={
              <ShopLink href="/" className={buttonClass()}>
                {words.goShopping}
              </ShopLink>
            }
          />
        </div>
      )}
    </>
  );
}

function FullCart() {
  const words = useMessages(cartMessages);
  const phoneWords = useMessages(phoneMessages);
  const isOnline = useOnline();
  const { lines, isTicked, isUnsynced } = useCart();
  const wanted = useMemo(() => lines.map(({ skuId, quantity }) => ({ skuId, quantity })), [lines]);
  const skuIds = useMemo(() => wanted.map(({ skuId }) => skuId), [wanted]);
  const goods = useGoods(skuIds);
  const known = useMemo(() => skuIds.flatMap((skuId) => goods.bySku[skuId] ?? []), [skuIds, goods.bySku]);
  const { now, round } = useBoundaries(known);
  const quotes = useLineQuotes(wanted, round);
  const { groups, invalid, rows } = useCartGroups(lines, goods, quotes, now);
  const placed = useMemo(() => known.map(({ skuId, shelf, slot }) => ({ id: skuId, shelf, slot })), [known]);
  const stock = useProductStock(placed);
  const isOld = !isOnline || goods.state === 'failed';

  if (goods.state === 'loading' && rows.some(({ good }) => good === null)) return <CartSkeleton />;
  return (
    <>
      {!isOnline && (
        <p role="status" className="flex items-center gap-2 bg-gold-soft gutter py-2 text-14">
          <Icon name="offline" className="size-4 text-gold" />
          {isUnsynced ? phoneWords.offlineEdits : words.priceOffline}
        </p>
      )}
      <div className="flex flex-col gap-3 gutter pt-3 pb-32">
        {groups.map((group) => (
          <section key={group.id} className="overflow-hidden rounded-card bg-card shadow-card">
            <CartGroupHead group={group} isTicked={isTicked} />
            <ul className="divide-y divide-line">
              {group.rows.map((row) => (
                <CartRowView
                  key={row.skuId}
                  row={row}
                  isTicked={isTicked(row.skuId)}
                  stock={stock.get(row.skuId) ?? null}
                  isOld={isOld}
                />
              ))}
            </ul>
          </section>
        ))}
        {invalid.length > 0 && (
          <section className="overflow-hidden rounded-card bg-card shadow-card">
            <div className="flex min-h-12 items-center justify-between pl-3">
              <h2 className="text-16 font-semibold">{words.invalidGroup}</h2>
              <button
                type="button"
                onClick={() => removeFromCart(invalid.map(({ skuId }) => skuId))}
                className="min-h-11 px-3 text-14 text-ink-2"
              >
                {words.clearInvalid}
              </button>
            </div>
            <ul className="divide-y divide-line">
              {invalid.map((row) => (
                <CartRowView key={row.skuId} row={row} isTicked={false} stock={null} isOld={false} />
              ))}
            </ul>
          </section>
        )}
      </div>
      <CartBar
        rows={groups.flatMap((group) => group.rows)}
        isTicked={isTicked}
        invalidIds={invalid.map(({ skuId }) => skuId)}
        isCurrent={quotes.isCurrent && isOnline}
      />
    </>
  );
}

/** The server's time at which these goods were last looked at; moves on, with `round`, when a session opens or ends. */
function useBoundaries(goods: Parameters<typeof nextBoundary>[0]): { now: number; round: number } {
  const [moment, setMoment] = useState({ now: 0, round: 0 });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each boundary sets the timer of the next
  useEffect(() => {
    const at = serverNow();
    if (moment.round === 0) setMoment((before) => ({ ...before, now: at }));
    const next = nextBoundary(goods, at);
    if (next === null) return;
    const onBoundary = () => setMoment((before) => ({ now: serverNow(), round: before.round + 1 }));
    // A little late, so that the session is open on the server too. A timer of more than 24 days would fire at once.
    const timer = setTimeout(onBoundary, Math.min(next - at + 200, 2 ** 31 - 1));
    return () => clearTimeout(timer);
  }, [goods, moment.round]);
  return moment;
}
