'use client';

import type { Card } from '../../lib/domain/catalog/card-row.ts';
import { ProductCard } from './product-card.tsx';
import { useStockOf } from './use-stock.ts';

type ProductGridProps = {
  cards: readonly Card[];
  now: number;
  focus?: string | null;
  /** The grid is at the top of its page: its first row is fetched at once. */
  isFirst?: boolean;
  /** Where the titles stand among the page's headings. */
  heading?: 'h2' | 'h3';
};

/** Two columns of cards with live numbers. */
export function ProductGrid({ cards, now, focus, isFirst, heading = 'h2' }: ProductGridProps) {
  const stockOf = useStockOf(cards);
  return (
    <ul className="grid grid-cols-2 gap-2 gutter">
      {cards.map((card, index) => (
        <ProductCard
          key={card.handle}
          card={card}
          stockOf={stockOf}
          now={now}
          focus={focus}
          heading={heading}
          eager={isFirst && index < 4}
        />
      ))}
    </ul>
  );
}
