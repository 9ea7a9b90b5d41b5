'use client';

import type { Card } from '../../lib/domain/catalog/card-row.ts';
import { productView } from '../../lib/domain/catalog/sku-view.ts';
import { catalogMessages } from '../../lib/messages/catalog.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { Icon } from '../ui/icon.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Picture } from '../ui/picture.tsx';
import { Price } from '../ui/price.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

/** `id, name, handles`: a category with the first of its products. */
export type CategoryRow = readonly [string, string, readonly string[]];

type CategoryShelvesProps = {
  categories: readonly CategoryRow[];
  cards: ReadonlyMap<string, Card>;
  now: number;
};

const nothingKnown = () => null;

/** A row for each category: its first products, side by side, and the way to the rest. */
export function CategoryShelves({ categories, cards, now }: CategoryShelvesProps) {
  const locale = useLocale();
  const words = catalogMessages[locale];
  return (
    <>
      {categories.map(([id, name, handles]) => (
        <section key={id} className="pt-6 [contain-intrinsic-size:auto_15rem] [content-visibility:auto]">
          <div className="flex items-center justify-between gutter">
            <h2 className="text-18 font-semibold">{name}</h2>
            <ShopLink
              href={`/c/${id}`}
              className="-mr-2 inline-flex min-h-11 items-center px-2 text-14 text-ink-2"
              aria-label={`${venueMessages[locale].seeAll} · ${name}`}
            >
              {venueMessages[locale].seeAll}
              <Icon name="forward" className="size-4" />
            </ShopLink>
          </div>
          <ul className="flex snap-x gap-2 overflow-x-auto gutter pb-1 [scroll-padding-inline:16px] [scrollbar-width:none]">
            {handles.map((handle) => {
              const card = cards.get(handle);
              const view = card && productView(card.skus, nothingKnown, now);
              if (!card || !view) return null;
              return (
                <li key={handle} className="w-[7.5rem] shrink-0 snap-start">
                  <ShopLink href={`/p/${handle}`} className="pressable block">
                    <Picture path={card.picturePath} color={card.color} alt="" sizes="120px" className="rounded-card" />
                    <span className="mt-1 line-clamp-1 text-14">{card.title}</span>
                    <Price fen={view.sku.unitFen} className="text-16 font-bold text-lacquer" label={words.priceNow} />
                    {view.isFrom && <span className="text-12 text-ink-2"> {words.from}</span>}
                  </ShopLink>
                </li>
              );
            })}
          </ul>
        </section>
      ))}
    </>
  );
}
