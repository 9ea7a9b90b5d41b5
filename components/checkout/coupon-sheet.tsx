'use client';

import type { ReactNode } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import type { QuoteCoupons } from '../../lib/contracts/coupon.ts';
import type { Quote } from '../../lib/contracts/order.ts';
import { COUPONS_PER_ORDER_MAX } from '../../lib/domain/promo/take-coupons.ts';
import { checkoutCouponMessages } from '../../lib/messages/checkout-coupons.ts';
import { expiryText } from '../../lib/messages/coupon.ts';
import { inLocale, type Locale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { soonText } from '../../lib/messages/soon.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { chipClass, Tag } from '../ui/tag.tsx';
import type { CouponChoice } from './use-quote.ts';

type CouponSheetProps = {
  open: boolean;
  quote: Quote | null;
  choice: CouponChoice;
  isLoading: boolean;
  onChoose: (choice: CouponChoice) => void;
  onClose: () => void;
};

type Quoted = QuoteCoupons['used'][number];

/** The best, none, or these: each tap is reckoned by the server, which also says why a coupon takes nothing off. */
export function CouponSheet({ open, quote, choice, isLoading, onChoose, onClose }: CouponSheetProps) {
  const locale = useLocale();
  const words = checkoutCouponMessages[locale];
  const coupons = quote?.coupons ?? null;
  const used = coupons?.used ?? [];
  const chosen = choice.choice === 'these' ? choice.ids : choice.choice === 'none' ? [] : used.map(({ id }) => id);
  const usedFen = used.reduce((sum, { cutFen }) => sum + cutFen, 0);
  const betterFen = (coupons?.bestFen ?? 0) - usedFen;
  // In one order, whatever is ticked: a row that jumps away under the finger cannot be ticked again.
  const able = [...used, ...(coupons?.possible ?? [])].sort((a, b) => b.cutFen - a.cutFen || (a.id < b.id ? -1 : 1));
  const isEmpty = coupons === null || (able.length === 0 && coupons.not.length === 0);

  const toggle = (coupon: Quoted) => {
    if (chosen.includes(coupon.id)) {
      const ids = chosen.filter((id) => id !== coupon.id);
      return onChoose(ids.length === 0 ? { choice: 'none' } : { choice: 'these', ids });
    }
    // One shop coupon an order: another one takes its place. Red packets go beside it.
    const isPacket = coupon.rule.kind === 'red_packet';
    const kept = chosen.filter((id) => isPacket || able.find((one) => one.id === id)?.rule.kind === 'red_packet');
    onChoose({ choice: 'these', ids: [...kept, coupon.id].slice(-COUPONS_PER_ORDER_MAX) });
  };

  return (
    <Sheet
      open={open}
      onClose={onClose}
      title={words.title}
      foot={
        <div className="flex items-center gap-3">
          <p className={cx('min-w-0 flex-1 leading-tight transition-opacity', isLoading && 'opacity-60')} role="status">
            <span className="block text-12 text-ink-2">
              {isLoading ? words.reckoning : words.takesOff(yuanText(usedFen))}
            </span>
            <span className="text-14">{words.toPay} </span>
            {quote && <Price fen={quote.totalFen} className="text-22 font-semibold text-lacquer" />}
          </p>
          <Button size="l" onClick={onClose}>
            {words.done}
          </Button>
        </div>
      }
    >
      {isEmpty ? (
        <EmptyState
          emblem="lantern"
          title={words.emptyTitle}
          text={words.emptyText}
          action={
            <ShopLink href="/coupons" replace className={buttonClass('soft')}>
              {words.getMore}
            </ShopLink>
          }
        />
      ) : (
        <>
          <fieldset className="flex flex-wrap gap-2 pb-3">
            <legend className="sr-only">{words.how}</legend>
            <button
              type="button"
              aria-pressed={choice.choice === 'best'}
              className={chipClass(choice.choice === 'best')}
              onClick={() => onChoose({ choice: 'best' })}
            >
              {words.takeBest}
            </button>
            <button
              type="button"
              aria-pressed={choice.choice === 'none'}
              className={chipClass(choice.choice === 'none')}
              onClick={() => onChoose({ choice: 'none' })}
            >
              {words.none}
            </button>
          </fieldset>
          {betterFen > 0 && !isLoading && (
            <p role="status" className="mb-3 rounded-card bg-gold-soft px-3 py-2 text-14 text-gold">
              {words.better(yuanText(betterFen))}
            </p>
          )}
          {able.length > 0 && (
            <Group title={words.canUse}>
              {able.map((coupon) => (
                <label key={coupon.id} className="flex min-h-14 cursor-pointer items-center gap-3 py-2">
                  <Facts coupon={coupon} locale={locale}>
                    <span className="block text-14 text-jade">{words.takes(yuanText(coupon.cutFen))}</span>
                  </Facts>
                  <input
                    type="checkbox"
                    checked={chosen.includes(coupon.id)}
                    onChange={() => toggle(coupon)}
                    className="size-6 shrink-0 accent-lacquer"
                  />
                </label>
              ))}
            </Group>
          )}
          {coupons.not.length > 0 && (
            <Group title={words.cannotUse}>
              {coupons.not.map((coupon) => (
                <div key={coupon.id} className="flex min-h-14 items-center gap-3 py-2">
                  <Facts coupon={coupon} locale={locale} isStill>
                    <span className="block text-14 text-on-lacquer-soft">{obstacleText(coupon.why, locale)}</span>
                  </Facts>
                </div>
              ))}
            </Group>
          )}
        </>
      )}
    </Sheet>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="pb-3">
      <h3 className="text-14 font-semibold text-ink-2">{title}</h3>
      <div className="divide-y divide-line">{children}</div>
    </section>
  );
}

type FactsProps = { coupon: Partial<Omit<Quoted, 'cutFen'>>; locale: Locale; isStill?: boolean; children: ReactNode };

function Facts({ coupon, locale, isStill, children }: FactsProps) {
  const words = checkoutCouponMessages[locale];
  return (
    <span className="min-w-0 flex-1">
      <span className={cx('flex flex-wrap items-center gap-x-2 text-16', isStill && 'text-ink-2')}>
        {coupon.name ? inLocale(coupon.name, locale) : words.unnamed}
        {coupon.rule?.kind === 'red_packet' && <Tag tone="act">{words.packet}</Tag>}
      </span>
      {children}
      {coupon.validUntil !== undefined && (
        <span className="block text-12 text-ink-2">{expiryText(coupon.validUntil, serverNow(), locale)}</span>
      )}
    </span>
  );
}

/** Why a coupon takes nothing off these goods, and what would change that. */
function obstacleText(why: QuoteCoupons['not'][number]['why'], locale: Locale): string {
  const words = checkoutCouponMessages[locale];
  if (why.code === 'below_threshold') return words.below_threshold(yuanText(why.missingFen ?? 0));
  if (why.code === 'not_yet_valid') return words.not_yet_valid(soonText(why.validFrom ?? 0, serverNow(), locale));
  return words[why.code];
}
