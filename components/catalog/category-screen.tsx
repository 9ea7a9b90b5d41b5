'use client';

import { useMemo, useState } from 'react';
import { useAllCards } from '../../lib/client/cards.ts';
import { useVenueNews } from '../../lib/client/venue.ts';
import { type CardRow, readCard, type SessionSpan } from '../../lib/domain/catalog/card-row.ts';
import { productView } from '../../lib/domain/catalog/sku-view.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import { categoryMessages } from '../../lib/messages/category.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { chipClass } from '../ui/tag.tsx';
import { ProductGrid } from './product-grid.tsx';
import { useMoment } from './use-moment.ts';

type CategoryScreenProps = {
  publishedAt: number;
  sessions: readonly SessionSpan[];
  categories: readonly (readonly [id: string, name: string])[];
  here: string;
  /** The first of the category; the rest comes when it is wanted. */
  rows: readonly CardRow[];
  count: number;
};

type Order = 'default' | 'cheap' | 'dear';
const STEP = 24;
const nothingKnown = () => null;

/** One category: its neighbours as chips, an order, a filter, the grid, and more when asked. */
export function CategoryScreen({
  publishedAt,
  sessions: published,
  categories,
  here,
  rows,
  count,
}: CategoryScreenProps) {
  const locale = useLocale();
  const words = categoryMessages[locale];
  const news = useVenueNews();
  const sessions = news?.sessions ?? published;
  const now = useMoment(publishedAt, sessions);
  const [order, setOrder] = useState<Order>('default');
  const [isOnSale, setIsOnSale] = useState(false);
  const [shown, setShown] = useState(STEP);
  const wantsAll = count > rows.length && (order !== 'default' || isOnSale || shown > rows.length);
  const all = useAllCards(wantsAll, locale);

  const cards = useMemo(() => {
    const source = all ? all.filter((row) => row[4] === here) : rows;
    const views = source.flatMap((row) => {
      const card = readCard(row, sessions, news?.skus);
      const view = productView(card.skus, nothingKnown, now);
      return view && (!isOnSale || (view.sku.offer && view.sku.state === 'open'))
        ? [{ card, fen: view.sku.unitFen }]
        : [];
    });
    if (order !== 'default') views.sort((a, b) => (order === 'cheap' ? a.fen - b.fen : b.fen - a.fen));
    return views.map(({ card }) => card);
  }, [all, rows, sessions, news, now, here, order, isOnSale]);
  const visible = useMemo(() => cards.slice(0, shown), [cards, shown]);

  return (
    <>
      <nav aria-label={words.allCategories} className="flex gap-2 overflow-x-auto gutter py-2 [scrollbar-width:none]">
        {categories.map(([id, name]) => (
          <ShopLink
            key={id}
            href={`/c/${id}`}
            replace
            aria-current={id === here ? 'page' : undefined}
            className={`${chipClass(id === here)} shrink-0`}
          >
            {name}
          </ShopLink>
        ))}
      </nav>
      <div className="flex items-center gap-1 overflow-x-auto gutter pb-2 text-14 [scrollbar-width:none]">
        {(['default', 'cheap', 'dear'] as const).map((value) => (
          <button
            key={value}
            type="button"
            aria-pressed={order === value}
            aria-label={{ default: undefined, cheap: words.sortCheapSpoken, dear: words.sortDearSpoken }[value]}
            onClick={() => setOrder(value)}
            className={`min-h-11 shrink-0 px-2 ${order === value ? 'font-semibold text-lacquer underline decoration-2 underline-offset-8' : 'text-ink-2'}`}
          >
            {{ default: words.sortDefault, cheap: words.sortCheap, dear: words.sortDear }[value]}
          </button>
        ))}
        <button
          type="button"
          aria-pressed={isOnSale}
          onClick={() => setIsOnSale(!isOnSale)}
          className={`${chipClass(isOnSale)} ml-auto shrink-0`}
        >
          {words.onSale}
        </button>
      </div>
      {visible.length === 0 ? (
        <EmptyState
          emblem="lantern"
          title={words.emptyCategory}
          text={words.emptyCategoryText}
          action={
            isOnSale ? (
              <Button look="soft" onClick={() => setIsOnSale(false)}>
                {words.all}
              </Button>
            ) : undefined
          }
        />
      ) : (
        <ProductGrid cards={visible} now={now} isFirst />
      )}
      {(cards.length > shown || (count > cards.length && !isOnSale)) && (
        <div className="flex justify-center gutter pt-4">
          <Button look="quiet" busy={wantsAll && !all} onClick={() => setShown((before) => before + STEP)}>
            {catalogMessages[locale].showMore}
          </Button>
        </div>
      )}
    </>
  );
}
