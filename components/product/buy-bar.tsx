'use client';

import type { ReactNode } from 'react';
import { appShellMessages } from '../../lib/messages/app-shell.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** Sticks to the bottom in place of the tab bar: home, the cart with its units, and the two buttons. */
export function BuyBar({ unitsInCart, children }: { unitsInCart: number; children: ReactNode }) {
  const locale = useLocale();
  const words = productMessages[locale];
  const link =
    'pressable relative flex min-h-11 min-w-11 flex-col items-center justify-center text-[min(0.75rem,4vw)] leading-tight text-ink-2';
  return (
    <div className="fixed inset-x-0 bottom-0 z-30 mx-auto flex min-h-[var(--buy-bar)] max-w-[520px] flex-wrap items-center gap-2 border-line border-t bg-card gutter pt-2 pb-[calc(8px+var(--safe-bottom))]">
      <ShopLink href="/" className={link}>
        <Icon name="home" className="size-5.5" />
        {words.home}
      </ShopLink>
      <ShopLink href="/cart" className={link}>
        <Icon name="cart" className="size-5.5" />
        <span aria-hidden={unitsInCart > 0 || undefined}>{words.cart}</span>
        {unitsInCart > 0 && <span className="sr-only">{appShellMessages[locale].cartWithUnits(unitsInCart)}</span>}
        {unitsInCart > 0 && (
          <span
            aria-hidden="true"
            className="figures absolute -top-0.5 left-6.5 min-w-4.5 rounded-full bg-lacquer px-1 text-center text-12 font-semibold text-on-lacquer ring-2 ring-card"
          >
            {unitsInCart > 99 ? '99+' : unitsInCart}
          </span>
        )}
      </ShopLink>
      {children}
    </div>
  );
}
