'use client';

import { useMemo, useState } from 'react';
import { serverNow } from '../../lib/client/answer-clock.ts';
import { useAllCards } from '../../lib/client/cards.ts';
import { useVenueNews } from '../../lib/client/venue.ts';
import { readCard } from '../../lib/domain/catalog/card-row.ts';
import { inAppMessages } from '../../lib/messages/in-app.ts';
import { GridSkeleton } from '../catalog/grid-skeleton.tsx';
import { ProductGrid } from '../catalog/product-grid.tsx';
import { useMoment } from '../catalog/use-moment.ts';
import { buttonClass } from '../ui/button.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';

const SHOWN_MAX = 12;
const NO_SESSIONS: readonly [] = [];

/** Where an app forbids invitations: the goods, as anybody sees them, and how to open the page elsewhere. */
export function InApp() {
  const locale = useLocale();
  const words = inAppMessages[locale];
  const rows = useAllCards(true, locale);
  const news = useVenueNews();
  const [openedAt] = useState(() => Math.round(serverNow()));
  const now = useMoment(openedAt, news?.sessions ?? NO_SESSIONS);
  const cards = useMemo(
    () => news && rows?.slice(0, SHOWN_MAX).map((row) => readCard(row, news.sessions, news.skus)),
    [rows, news],
  );
  return (
    <>
      <aside className="relative m-3 rounded-card bg-scrim px-4 py-3 pr-16 text-white">
        <svg aria-hidden="true" viewBox="0 0 48 48" className="absolute top-1 right-3 size-12">
          <path
            d="M6 42C22 40 34 30 38 10M28 18 38 8l6 12"
            fill="none"
            stroke="currentColor"
            strokeWidth="3"
            strokeLinecap="round"
            strokeLinejoin="round"
          />
        </svg>
        <p className="text-16 font-semibold">{words.tip}</p>
        <p className="text-14">{words.tipText}</p>
      </aside>
      <div className="flex items-center justify-between gap-2 gutter pb-2">
        <h2 className="text-18 font-semibold">{words.lead}</h2>
        <ShopLink href="/" className={buttonClass('quiet', 's')}>
          {words.toVenue}
        </ShopLink>
      </div>
      {cards ? <ProductGrid cards={cards} now={now} heading="h3" /> : <GridSkeleton />}
    </>
  );
}
