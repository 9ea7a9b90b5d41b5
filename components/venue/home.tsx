'use client';

import { useEffect, useId, useMemo, useState } from 'react';
import { useVenueNews } from '../../lib/client/venue.ts';
import type { Session } from '../../lib/contracts/catalog.ts';
import { type CardRow, readCard } from '../../lib/domain/catalog/card-row.ts';
import { SESSION_TAB, sessionPath } from '../../lib/domain/sharing/linked-page.ts';
import { inLocale } from '../../lib/messages/define.ts';
import { venueMessages } from '../../lib/messages/venue.ts';
import { ProductGrid } from '../catalog/product-grid.tsx';
import { useMoment } from '../catalog/use-moment.ts';
import { LateShare } from '../sharing/late-share.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { type CategoryRow, CategoryShelves } from './category-shelves.tsx';
import { SessionPlate } from './session-plate.tsx';
import { SessionStrip } from './session-strip.tsx';
import { sessionInFocus } from './sessions.ts';

type HomeProps = {
  /** The festival's. */
  name: string;
  publishedAt: number;
  sessions: readonly Session[];
  /** Every product that this page may show, once. */
  rows: readonly CardRow[];
  /** What stands in the grid while there is no session. */
  featured: readonly string[];
  categories: readonly CategoryRow[];
};

const GRID_MAX = 24;

/** The venue: which session is looked at, its countdown, its goods, then the categories. */
export function Home({ name, publishedAt, sessions: published, rows, featured, categories }: HomeProps) {
  const locale = useLocale();
  const words = venueMessages[locale];
  const panelId = useId();
  const news = useVenueNews();
  const sessions = useMemo(() => mergeSessions(published, news?.sessions), [published, news]);
  const now = useMoment(publishedAt, sessions);
  const [picked, setPicked] = useState<string | null>(null);
  const chosen = sessions.find(({ id }) => id === picked) ?? sessionInFocus(sessions, now);

  const byHandle = useMemo(
    () => new Map(rows.map((row) => [row[0], readCard(row, sessions, news?.skus)])),
    [rows, sessions, news],
  );
  const handles = chosen ? chosen.products : featured;
  const cards = useMemo(
    () => handles.flatMap((handle) => byHandle.get(handle) ?? []).slice(0, GRID_MAX),
    [handles, byHandle],
  );
  useEffect(() => {
    // A link leads to the tab that was shared.
    setPicked(new URLSearchParams(location.search).get(SESSION_TAB));
  }, []);
  useEffect(() => {
    // A shopper who picked a tab keeps it; the page moves on only while nobody has chosen.
    if (picked && !sessions.some(({ id }) => id === picked)) setPicked(null);
  }, [picked, sessions]);

  const choose = (id: string) => {
    setPicked(id);
    // The strip sticks while its goods are looked through: a new tab begins at its top.
    scrollTo({ top: 0 });
  };

  if (rows.length === 0) {
    return <EmptyState emblem="lantern" title={words.emptyShop} text={words.emptyShopText} />;
  }
  return (
    <>
      {chosen ? (
        <div>
          <SessionStrip sessions={sessions} now={now} chosen={chosen.id} onChoose={choose} panelId={panelId} />
          <section role="tabpanel" id={panelId} aria-label={words.productsOf(inLocale(chosen.name, locale))}>
            <SessionPlate session={chosen} now={now} />
            <div className="pt-2">
              <ProductGrid cards={cards} now={now} focus={chosen.id} isFirst heading="h3" />
            </div>
          </section>
        </div>
      ) : (
        <section>
          <h2 className="gutter pt-3 text-18 font-semibold">{words.noSession}</h2>
          <p className="gutter pb-3 text-14 text-ink-2">{words.noSessionText}</p>
          <ProductGrid cards={cards} now={now} isFirst heading="h3" />
        </section>
      )}
      <CategoryShelves categories={categories} cards={byHandle} now={now} />
      {picked && chosen ? (
        <LateShare
          path={sessionPath(chosen.id)}
          title={inLocale(chosen.name, locale)}
          poster={{ kind: 'session', name: inLocale(chosen.name, locale), startsAt: chosen.startsAt }}
          look="wide"
        />
      ) : (
        <LateShare path="/" title={name} poster={{ kind: 'shop' }} look="wide" />
      )}
    </>
  );
}

/** News list what has not ended; what ended since the publish stays as a tab, so that no tab vanishes under a finger. */
function mergeSessions(published: readonly Session[], news: readonly Session[] | undefined): readonly Session[] {
  if (!news) return published;
  const newer = new Map(news.map((session) => [session.id, session]));
  const kept = published.map((session) => newer.get(session.id) ?? session);
  const added = news.filter(({ id }) => !published.some((session) => session.id === id));
  return [...kept, ...added].sort((a, b) => a.startsAt - b.startsAt);
}
