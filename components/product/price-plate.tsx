'use client';

import type { ProductView, SkuView } from '../../lib/domain/catalog/sku-view.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import { yuanText } from '../../lib/messages/money.ts';
import { productMessages } from '../../lib/messages/product.ts';
import { momentText } from '../../lib/messages/time.ts';
import { tierWords } from '../catalog/offer-words.ts';
import { Countdown } from '../ui/countdown.tsx';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { Price } from '../ui/price.tsx';

type PricePlateProps = { sku: SkuView; isFrom: ProductView['isFrom']; now: number };

/** Price and countdown as one plate: lacquer while the session runs, soft before it, bare for ordinary goods. */
export function PricePlate({ sku, isFrom, now }: PricePlateProps) {
  const locale = useLocale();
  const words = productMessages[locale];
  const { offer, later } = sku;
  const isRunning = offer !== null && sku.opensAt === null;
  const tier = tierWords(sku, locale);
  const laterPrice = later && words.laterPrice(yuanText(later.priceFen), momentText(later.startsAt, now, locale));
  const price = (
    <div className="min-w-0">
      <div className="flex flex-wrap items-baseline gap-x-2">
        <Price
          fen={sku.unitFen}
          className="text-40 font-bold"
          label={sku.opensAt ? words.openingPrice : words.priceNow}
        />
        {isFrom && <span className="text-14">{catalogMessages[locale].from}</span>}
        {sku.crossedOutFen !== null && (
          <Price struck fen={sku.crossedOutFen} label={words.crossedOut} className="text-16" />
        )}
      </div>
      <p className="min-h-[1.5em] text-14">
        {tier ?? (offer ? (sku.opensAt ? words.openingPrice : words.sessionPrice) : laterPrice)}
      </p>
      {offer && laterPrice && <p className="text-14">{laterPrice}</p>}
    </div>
  );
  if (!offer) return <div className="gutter pt-3 text-lacquer">{price}</div>;
  const until = sku.opensAt ?? offer.endsAt;
  return (
    <div
      className={cx(
        'paper-cut flex flex-wrap items-center justify-between gap-x-3 gap-y-1 gutter pt-3 pb-5',
        isRunning ? 'bg-plate text-on-plate' : 'bg-lacquer-soft text-on-lacquer-soft',
      )}
    >
      {price}
      <div className="text-right">
        <p className="text-12">{isRunning ? words.endsIn : momentText(until, now, locale)}</p>
        <Countdown
          until={until}
          label={isRunning ? words.endsIn : words.startsIn}
          className="figures text-18 font-bold"
        />
      </div>
    </div>
  );
}
