'use client';

import { useSearchParams } from 'next/navigation';
import { Suspense, useState } from 'react';
import { useCart } from '../../lib/client/cart-store.ts';
import type { KnownStore } from '../../lib/domain/store/published.ts';
import { storesMessages } from '../../lib/messages/stores.ts';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { StoreFinder } from './store-finder.tsx';

const StoreSheet = late(() => import('./store-sheet.tsx').then((module) => module.StoreSheet));

const OffersEntry = late(() => import('./offers-entry.tsx').then((module) => module.OffersEntry));

/** SKUs that one question about stock may name. */
const WANTED_MAX = 50;

/** 门店: near me, by place or by name, with what of the cart each store has. */
export function StoresPage() {
  const words = storesMessages[useLocale()];
  const [opened, setOpened] = useState<KnownStore | null>(null);
  const { lines, isTicked } = useCart();
  const wanted = lines.filter(({ skuId }) => isTicked(skuId)).slice(0, WANTED_MAX);
  const query = useSearchParams();
  const [id, block] = [query.get('s'), query.get('b')];
  return (
    <>
      <TopBar title={words.title} backTo="/me" />
      <div className="gutter py-3">
        <Suspense>
          <OffersEntry />
        </Suspense>
        <StoreFinder wanted={wanted} linked={id && block ? { id, block } : null} onOpen={setOpened}>
          {(findings) =>
            opened && (
              <Suspense>
                <StoreSheet
                  key={opened.id}
                  store={opened}
                  {...findings}
                  wanted={wanted}
                  onClose={() => setOpened(null)}
                />
              </Suspense>
            )
          }
        </StoreFinder>
      </div>
    </>
  );
}
