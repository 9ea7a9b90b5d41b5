'use client';

import { Suspense, useState } from 'react';
import type { Quote } from '../../lib/contracts/order.ts';
import { checkoutCouponMessages } from '../../lib/messages/checkout-coupons.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { Icon } from '../ui/icon.tsx';
import { late } from '../ui/late.ts';
import { useMessages } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { CouponChoice } from './use-quote.ts';

const CouponSheet = late(() => import('./coupon-sheet.tsx').then((module) => module.CouponSheet));

type CouponRowProps = {
  quote: Quote | null;
  choice: CouponChoice;
  isLoading: boolean;
  isSignedIn: boolean;
  onChoose: (choice: CouponChoice) => void;
  onSignIn: () => void;
};

/** What coupons take off this order, and the way to choose otherwise. The choice is the shopper's, the sum the server's. */
export function CouponRow({ quote, choice, isLoading, isSignedIn, onChoose, onSignIn }: CouponRowProps) {
  const words = useMessages(checkoutCouponMessages);
  const [isOpen, setIsOpen] = useState<boolean | null>(null);
  const coupons = quote?.coupons ?? null;
  const usedFen = coupons?.used.reduce((sum, { cutFen }) => sum + cutFen, 0) ?? 0;
  const hasSome = coupons !== null && (coupons.used.length > 0 || coupons.possible.length > 0);
  const says = !isSignedIn
    ? words.signIn
    : usedFen > 0
      ? words[coupons?.choice === 'best' ? 'best' : 'own']
      : hasSome
        ? words.usable(coupons.used.length + coupons.possible.length)
        : words.noneUsable;
  return (
    <section className="overflow-hidden rounded-card bg-card shadow-card">
      <button
        type="button"
        aria-haspopup="dialog"
        aria-busy={isLoading}
        onClick={() => (isSignedIn ? setIsOpen(true) : onSignIn())}
        className="pressable flex min-h-16 w-full items-center gap-3 px-4 py-2 text-left"
      >
        <Icon name="ticket" className="size-5 text-lacquer" />
        <span className="min-w-0 flex-1">
          <span className="block text-16">{words.row}</span>
          {quote === null && isSignedIn ? (
            <Skeleton className="my-0.5 h-4 w-32" />
          ) : (
            <span className="block text-12 text-ink-2">{says}</span>
          )}
        </span>
        {usedFen > 0 && (
          <span className="figures text-18 font-semibold text-lacquer">
            <span aria-hidden="true">−</span>
            <span className="sr-only">{words.takenOff}</span>¥{yuanText(usedFen)}
          </span>
        )}
        <Icon name="forward" className="size-4 text-ink-3" />
      </button>
      {isOpen !== null && (
        <Suspense>
          <CouponSheet
            open={isOpen}
            quote={quote}
            choice={choice}
            isLoading={isLoading}
            onChoose={onChoose}
            onClose={() => setIsOpen(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
