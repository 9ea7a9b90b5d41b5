'use client';

import { Fragment } from 'react';
import type { Quote } from '../../lib/contracts/order.ts';
import { checkoutMessages } from '../../lib/messages/checkout.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { cx } from '../ui/cx.ts';
import { useLocale, useMessages } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Skeleton } from '../ui/skeleton.tsx';

/** Where the total comes from, step by step. */
export function PriceBreakdown({ quote, isLoading }: { quote: Quote | null; isLoading: boolean }) {
  const words = useMessages(checkoutMessages);
  const locale = useLocale();
  const amount = (fen: number | undefined) =>
    fen === undefined ? <Skeleton className="ml-auto h-5 w-16" /> : <Price fen={fen} className="text-16" />;
  return (
    <section className="rounded-card bg-card p-4 shadow-card" aria-busy={isLoading}>
      <h2 className="mb-2 text-16 font-semibold">{words.breakdown}</h2>
      <dl
        className={cx(
          'grid grid-cols-[1fr_auto] items-baseline gap-y-1.5 text-14 transition-opacity',
          isLoading && quote && 'opacity-60',
        )}
      >
        <dt className="text-ink-2">{words.goodsTotal}</dt>
        <dd className="text-right">{amount(quote?.goodsFen)}</dd>
        {quote?.cuts.map((cut) => (
          <Fragment key={cut.source}>
            <dt className="text-ink-2">{inLocale(cut.name, locale)}</dt>
            <dd className="figures text-right text-16 text-jade">−¥{yuanText(cut.cutFen)}</dd>
          </Fragment>
        ))}
        <dt className="text-ink-2">{words.freight}</dt>
        <dd className="text-right">{quote?.freightFen === 0 ? words.freeFreight : amount(quote?.freightFen)}</dd>
        {quote !== null && quote.savedFen > 0 && (
          <>
            <dt className="text-ink-2">{words.savedTotal}</dt>
            <dd className="text-right text-jade">
              <Price fen={quote.savedFen} className="text-16" />
            </dd>
          </>
        )}
        <dt className="pt-1 font-semibold">{words.toPay}</dt>
        <dd className="pt-1 text-right text-22 font-semibold text-lacquer">
          {quote && <Price fen={quote.totalFen} />}
        </dd>
      </dl>
    </section>
  );
}
