import { Suspense } from 'react';
import { ShopFrame } from '../../components/app-shell/shop-frame.tsx';
import { StoresPage } from '../../components/store/stores-page.tsx';
import { Skeleton } from '../../components/ui/skeleton.tsx';
import type { Locale } from '../../lib/messages/define.ts';
import { storesMessages } from '../../lib/messages/stores.ts';

/** `/stores`: a shell; the stores come from published files, what they have over the wire. */
export function StoreListPage({ locale }: { locale: Locale }) {
  return (
    <ShopFrame foot="tabs">
      <Suspense
        fallback={
          <div role="status" aria-label={storesMessages[locale].loading} className="gutter py-3">
            <Skeleton className="h-48 w-full" />
          </div>
        }
      >
        <StoresPage />
      </Suspense>
    </ShopFrame>
  );
}
