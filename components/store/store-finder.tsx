'use client';

import { type ReactNode, useEffect, useState } from 'react';
import { serverNow, useServerClock } from '../../lib/client/clock.ts';
import { openStoreFiles } from '../../lib/client/stores/files.ts';
import { askPosition, type Position } from '../../lib/client/stores/position.ts';
import type { StockAround, Wanted } from '../../lib/client/stores/stock.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { clockText } from '../../lib/messages/time.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { NearCard } from './near-card.tsx';
import { PlaceChoice } from './place-choice.tsx';
import { StoreRow } from './store-row.tsx';
import { useStockAround } from './use-stock-around.ts';
import { type StoreWish, useStoreList } from './use-store-list.ts';

const LOOK_MS = 30_000;
const NOBODY: readonly never[] = [];
const NO_DAYS: ReadonlySet<string> = new Set();

/** The server's moment for words about opening, half a minute old at most; the phone's own until it is known. */
function useNow(): number {
  useServerClock();
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const look = () => setNow(serverNow() ?? Date.now());
    look();
    const timer = setInterval(look, LOOK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
}

function useHolidays(): ReadonlySet<string> {
  const [holidays, setHolidays] = useState(NO_DAYS);
  useEffect(() => {
    openStoreFiles().then(
      (files) => setHolidays(files.holidays),
      () => {
        // No network and never seen: then there are no stores to show either.
      },
    );
  }, []);
  return holidays;
}

/** What the list is drawn from, as of now. */
export type StoreFindings = {
  readonly holidays: ReadonlySet<string>;
  readonly stock: StockAround | null;
  readonly now: number;
};

type StoreFinderProps = {
  /** What each store is asked about, line by line. */
  wanted: readonly Wanted[];
  /** The store of a link, shown and opened without a tap. */
  linked?: { readonly id: string; readonly block: string } | null;
  /** Only stores where orders are fetched. */
  isForPickup?: boolean;
  onOpen: (store: KnownStore) => void;
  /** Drawn over the list, with what it knows. */
  children?: (findings: StoreFindings) => ReactNode;
};

/** Stores near me, by place or by name, with what of the wanted goods each has. */
export function StoreFinder({ wanted, linked = null, isForPickup = false, onOpen, children }: StoreFinderProps) {
  const locale = useLocale();
  const words = storesMessages[locale];
  const now = useNow();
  const holidays = useHolidays();
  const [position, setPosition] = useState<Position | 'asking' | null>(null);
  const [wish, setWish] = useState<(StoreWish & { heading: string }) | null>(null);
  const { heading: _, ...plainWish } = wish ?? { heading: '' };
  const list = useStoreList(wish === null ? null : (plainWish as StoreWish));
  const all = list.state === 'ready' ? list.found : NOBODY;
  const found = isForPickup ? all.filter(({ store }) => store.services.includes('pickup')) : all;
  const { stock, isFailed } = useStockAround(found, wanted);

  const [id, block] = [linked?.id, linked?.block];
  useEffect(() => {
    if (id && block) setWish({ kind: 'one', id, block, heading: '' });
  }, [id, block]);
  const arrived = wish?.kind === 'one' && list.state === 'ready' ? list.found[0]?.store : undefined;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once, when it is there
  useEffect(() => {
    if (arrived) onOpen(arrived);
  }, [arrived]);

  const locate = async () => {
    setPosition('asking');
    const answer = await askPosition();
    setPosition(answer);
    if (answer.kind === 'here') setWish({ kind: 'near', point: answer.point, heading: words.listNear });
  };

  return (
    <div className="flex flex-col gap-3">
      <NearCard position={position} onAsk={locate} />
      <PlaceChoice
        onCity={({ code, name, blocks }) => setWish({ kind: 'city', code, blocks, heading: words.listCity(name) })}
        onName={(text, province) => setWish({ kind: 'name', query: text, province, heading: words.listName(text) })}
      />
      {list.state === 'idle' && <EmptyState emblem="search" title={words.startTitle} text={words.startText} />}
      {list.state === 'loading' && (
        <div role="status" aria-label={words.loading} className="flex flex-col gap-3">
          <Skeleton className="h-28 w-full" />
          <Skeleton className="h-28 w-full" />
          <Skeleton className="h-28 w-full" />
        </div>
      )}
      {list.state === 'failed' && (
        <EmptyState
          emblem="cloud"
          title={words.failedTitle}
          text={words.failedText}
          action={<Button onClick={list.retry}>{words.tryAgain}</Button>}
        />
      )}
      {list.state === 'ready' && found.length === 0 && (
        <EmptyState
          emblem="search"
          title={words.noneTitle}
          text={wish?.kind === 'near' ? words.noneNear : words.noneName}
        />
      )}
      {list.state === 'ready' && found.length > 0 && (
        <section aria-labelledby="store-list">
          <h2 id="store-list" className="flex items-baseline gap-2 text-16 font-semibold">
            {wish?.heading || words.title}
            <span className="text-14 font-normal text-ink-2">{words.counted(found.length)}</span>
          </h2>
          <p role="status" className="text-14 text-ink-2">
            {[
              list.isWhole ? '' : words.partly,
              isFailed && stock === null ? words.stockOffline : '',
              stock ? words.stockAsOf(clockText(stock.asOf, true)) : '',
            ]
              .filter((line) => line !== '')
              .join(' · ')}
          </p>
          <ul className="mt-2 flex flex-col gap-3">
            {found.map((one) => (
              <StoreRow
                key={one.store.id}
                found={one}
                holidays={holidays}
                stock={stock}
                wanted={wanted}
                now={now}
                onOpen={() => onOpen(one.store)}
              />
            ))}
          </ul>
        </section>
      )}
      {children?.({ holidays, stock, now })}
    </div>
  );
}
