'use client';

import { Suspense, useSyncExternalStore } from 'react';
import { productMessages } from '../../lib/messages/product.ts';
import { productGoneMessages } from '../../lib/messages/product-gone.ts';
import { productNotesMessages } from '../../lib/messages/product-notes.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { late } from '../ui/late.ts';
import { useLocale } from '../ui/locale.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import { ProductGone } from './product-gone.tsx';
import { useProductNews } from './use-product-news.ts';

/** Needed only once the server has said what the product is. */
const ProductScreen = late(() => import('./product-screen.tsx').then((module) => module.ProductScreen));

/** `/item?h=…`: a product that is newer than the publish; all of it comes from the server. */
export function UnpublishedProduct({ publishedAt }: { publishedAt: number }) {
  const locale = useLocale();
  const words = { ...productMessages[locale], ...productGoneMessages[locale] };
  const handle = useSyncExternalStore(
    listenToAddress,
    () => new URLSearchParams(location.search).get('h') ?? '',
    () => null,
  );
  const news = useProductNews(handle === '' ? null : handle, locale);
  if (handle === '' || news.kind === 'gone') return <ProductGone />;
  if (news.kind === 'known') {
    return (
      <Suspense fallback={<ProductSkeleton />}>
        <ProductScreen product={news.product} notes={productNotesMessages[locale]} publishedAt={publishedAt} />
      </Suspense>
    );
  }
  if (news.kind === 'unreachable') {
    return (
      <>
        <TopBar title={words.details} backTo="/" />
        <EmptyState emblem="cloud" title={words.offlineTitle} text={words.offlineText} />
      </>
    );
  }
  return <ProductSkeleton />;
}

function listenToAddress(listener: () => void) {
  addEventListener('popstate', listener);
  return () => removeEventListener('popstate', listener);
}

/** The final boxes of a product page. */
function ProductSkeleton() {
  return (
    <div aria-busy="true">
      <Skeleton className="aspect-square w-full rounded-none!" />
      <Skeleton className="mt-px h-24 w-full rounded-none!" />
      <div className="flex flex-col gap-3 gutter pt-4">
        <Skeleton className="h-6 w-4/5" />
        <Skeleton className="h-5 w-3/5" />
        <Skeleton className="h-6 w-full" />
        <Skeleton className="h-24 w-full" />
      </div>
    </div>
  );
}
