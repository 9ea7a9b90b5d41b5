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
};

/** Two columns of cards with live numbers. */
export function ProductGrid({ cards, now, focus, isFirst }: ProductGridProps) {
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
          eager={isFirst && index < 4}
        />
      ))}
    </ul>
  );
}
