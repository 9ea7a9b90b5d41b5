'use client';

import type { ReactNode } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { usePromotions } from '../../lib/client/promotions.ts';
import type { SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { isInScope, type ScopedGood } from '../../lib/domain/pricing/promotion.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { priceExplainedMessages } from '../../lib/messages/price-explained.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { promotionMessages } from '../../lib/messages/promotion.ts';
import { momentText } from '../../lib/messages/time.ts';
import { tierWords } from '../catalog/offer-words.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';
import { Sheet } from '../ui/sheet.tsx';
import { CouponsOf } from './coupons-of.tsx';
import type { ProductSku } from './product-data.ts';

type PriceSheetProps = {
  open: boolean;
  onClose: () => void;
  sku: SkuView;
  facts: ProductSku;
  good: ScopedGood;
};

/** Where the price comes from, line by line, and what the crossed-out one is by law. */
export function PriceSheet({ open, onClose, sku, facts, good }: PriceSheetProps) {
  const locale = useLocale();
  const words = { ...productMessages[locale], ...priceExplainedMessages[locale] };
  const tier = tierWords(sku, locale);
  const savedFen = sku.ordinaryFen - sku.unitFen;
  return (
    <Sheet open={open} onClose={onClose} title={words.explain}>
      <dl className="divide-y divide-line text-16">
        <Line name={words.ordinaryPrice}>
          <Price fen={sku.ordinaryFen} />
        </Line>
        {sku.offer && (
          <Line name={sku.opensAt ? words.openingPrice : words.sessionPrice}>
            <Price fen={sku.offer.priceFen} />
          </Line>
        )}
        {sku.tier && tier && (
          <Line name={tier}>
            <Price fen={sku.tier.priceFen} />
          </Line>
        )}
        <Line name={<strong>{sku.opensAt ? words.openingPrice : words.priceNow}</strong>}>
          <Price fen={sku.unitFen} className="text-22 font-bold text-lacquer" />
        </Line>
      </dl>
      {savedFen > 0 && <p className="pt-1 text-right text-14 text-jade">{words.saved(yuanText(savedFen))}</p>}
      {open && <PromotionsOf good={good} sku={sku} facts={facts} />}
      {open && <CouponsOf good={good} isAtSession={sku.offer !== null} />}
      <div className="flex flex-col gap-2 pt-4 text-14 text-ink-2">
        {sku.offer &&
          (sku.crossedOutFen === null ? (
            <p>{words.noCrossedOut}</p>
          ) : (
            <p>
              <Price struck fen={sku.crossedOutFen} label={words.crossedOut} className="text-ink" />{' '}
              {words.crossedOutLaw}
            </p>
          ))}
        {facts.listPriceFen !== null && facts.listPriceBasis && (
          <p>
            {words.reference} ¥{yuanText(facts.listPriceFen)} · {words.referenceBasis(facts.listPriceBasis)}
          </p>
        )}
        {sku.tier && <p>{words.tierTruth}</p>}
        <p>{words.serverDecides}</p>
      </div>
    </Sheet>
  );
}

/** Promotions that count this product, with their times; and, at a session's price, whether they count it now. */
function PromotionsOf({ good, sku, facts }: Pick<PriceSheetProps, 'good' | 'sku' | 'facts'>) {
  const locale = useLocale();
  const words = promotionMessages[locale];
  const promotions = (usePromotions() ?? []).filter(({ scope }) => isInScope(scope, good));
  if (promotions.length === 0) return null;
  const now = serverNow();
  const offer = facts.offers.find(({ sessionId }) => sessionId === sku.offer?.sessionId);
  const isLeftOut = sku.offer !== null && !offer?.allowsPromotions;
  return (
    <section className="mt-4 rounded-card bg-lacquer-soft px-3 py-2 text-14 text-on-lacquer-soft">
      <h3 className="font-semibold">{words.promotions}</h3>
      <ul>
        {promotions.map(({ id, name, startsAt, endsAt }) => (
          <li key={id} className="flex flex-wrap justify-between gap-x-3">
            <span className="font-medium">{inLocale(name, locale)}</span>
            <span className="text-12">
              {startsAt > now
                ? words.from(momentText(startsAt, now, locale))
                : words.until(momentText(endsAt, now, locale))}
            </span>
          </li>
        ))}
      </ul>
      <p className="text-12">{isLeftOut ? words.notInSession : words.onCheckout}</p>
    </section>
  );
}

function Line({ name, children }: { name: ReactNode; children: ReactNode }) {
  return (
    <div className="flex min-h-11 items-center justify-between gap-3 py-2">
      <dt className="text-ink-2">{name}</dt>
      <dd className="figures font-semibold">{children}</dd>
    </div>
  );
}
