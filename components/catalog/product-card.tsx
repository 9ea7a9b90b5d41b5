'use client';

import { memo } from 'react';
import { useShelves } from '../../lib/client/live/stock.ts';
import type { Card } from '../../lib/domain/catalog/card-row.ts';
import { productView } from '../../lib/domain/catalog/sku-view.ts';
import type { StockCell } from '../../lib/domain/inventory/frame.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import { momentText } from '../../lib/messages/time.ts';
import { buttonClass } from '../ui/button.tsx';
import { cx } from '../ui/cx.ts';
import { useLocale } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { StockBar } from '../ui/stock-bar.tsx';
import { Tag } from '../ui/tag.tsx';
import { stockWords, tierWords } from './offer-words.ts';

type ProductCardProps = {
  card: Card;
  stockOf: (skuId: string) => StockCell | null;
  now: number;
  /** The session whose tab is looked at. */
  focus?: string | null;
  eager?: boolean;
  /** Where the title stands among the page's headings. */
  heading: 'h2' | 'h3';
};

/** One product in a grid of two columns. Every box is reserved: news change words, never places. */
export const ProductCard = memo(function ProductCard({
  card,
  stockOf,
  now,
  focus,
  eager,
  heading: Heading,
}: ProductCardProps) {
  const locale = useLocale();
  const words = catalogMessages[locale];
  const seen = useShelves(card.skus.map(({ shelf }) => shelf));
  const view = productView(card.skus, stockOf, now, focus);
  if (!view) return null;
  const { sku } = view;
  const tier = tierWords(sku, locale);
  const stock = stockWords(view.stock, sku.offer !== null && sku.state !== 'opens', locale);
  const opens = sku.opensAt === null ? null : momentText(sku.opensAt, now, locale);
  const action = opens
    ? words.opens(opens)
    : sku.state === 'sold_out'
      ? words.soldOut
      : sku.offer
        ? words.grab
        : words.buy;
  const href = `/p/${card.handle}`;
  return (
    <li
      ref={seen}
      className="relative flex flex-col overflow-hidden rounded-card bg-card shadow-card [contain-intrinsic-size:auto_22rem] [content-visibility:auto]"
    >
      <div className="relative">
        <Picture
          path={card.picturePath}
          color={card.color}
          alt=""
          sizes="(min-width: 520px) 244px, 47vw"
          eager={eager}
          className={cx(sku.state === 'sold_out' && 'opacity-60')}
        />
      </div>
      <div className="flex flex-1 flex-col gap-1.5 p-2.5 pt-2">
        <Heading className="line-clamp-2 min-h-[3em] text-14">
          <ShopLink href={href} className="after:absolute after:inset-0 after:z-10">
            {card.title}
          </ShopLink>
        </Heading>
        <div className="flex min-h-[1.75em] items-center text-12">
          {tier && (
            <Tag tone="won">
              <span className="figures truncate">{tier}</span>
            </Tag>
          )}
        </div>
        <div className="mt-auto flex min-h-[1.9rem] flex-wrap items-baseline gap-x-1.5 text-lacquer">
          <Price fen={sku.unitFen} className="text-22 font-bold" label={opens ? words.openingPrice : words.priceNow} />
          {view.isFrom && <span className="text-12 text-ink-2">{words.from}</span>}
          {sku.crossedOutFen !== null && (
            <Price struck fen={sku.crossedOutFen} label={words.crossedOut} className="text-12 text-ink-2" />
          )}
        </div>
        <StockBar soldShare={opens ? 0 : stock.soldShare} text={stock.text} tone={stock.tone} />
        <span
          aria-hidden="true"
          className={cx(
            buttonClass('soft', 's', true),
            'after:hidden',
            sku.state === 'sold_out' && 'bg-line text-ink-2',
          )}
        >
          {action}
        </span>
        <span className="sr-only">{action}</span>
      </div>
    </li>
  );
});
