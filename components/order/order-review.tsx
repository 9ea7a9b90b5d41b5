'use client';

import { useEffect } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { Order } from '../../lib/contracts/order.ts';
import { orderReviewMessages } from '../../lib/messages/order-review.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

type OrderReviewProps = { review: NonNullable<Order['review']>; refresh: () => Promise<void> };

/** Rewards of this order are looked at by a person, until when at the longest; or they were refused, and why. */
export function OrderReview({ review: { state, until, words: said }, refresh }: OrderReviewProps) {
  const locale = useLocale();
  const words = orderReviewMessages[locale];
  const now = serverNow();
  const isHeld = state === 'held';
  useEffect(() => {
    if (!isHeld) return;
    // Its time is over without anybody's doing; the server's next picture says so.
    const timer = setTimeout(() => void refresh(), Math.max(1_000, until - serverNow() + 1_000));
    return () => clearTimeout(timer);
  }, [isHeld, until, refresh]);
  // A picture that was kept may be older than the end of the review.
  if (isHeld && until <= now) return null;
  return (
    <section
      className={`rounded-card px-4 py-3 ${isHeld ? 'bg-gold-soft text-gold' : 'bg-lacquer-soft text-on-lacquer-soft'}`}
    >
      <h2 className="flex items-start gap-2 text-16 font-semibold">
        <Icon name="clock" className="mt-0.5 size-5 shrink-0" />
        {isHeld ? words.held(soonText(until, now, locale)) : words.refused}
      </h2>
      <p className="mt-1 text-14 text-ink">{isHeld ? words.heldText : words.refusedText}</p>
      {said !== null && (
        <blockquote className="mt-2 break-words rounded-card bg-card px-3 py-2 text-14 text-ink">
          <span className="block text-12 text-ink-2">{words.words}</span>
          {said}
        </blockquote>
      )}
      <ShopLink href="/decisions" className="mt-1 inline-flex min-h-11 items-center text-14 font-medium underline">
        {isHeld ? words.why : words.appeal}
      </ShopLink>
    </section>
  );
}
