'use client';

import { useSyncExternalStore } from 'react';
import { productMessages } from '../../lib/messages/product.ts';
import { buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { useLocale } from '../ui/locale.tsx';
import { ShopLink } from '../ui/shop-link.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TopBar } from '../ui/top-bar.tsx';
import type { ProductData } from './product-data.ts';
import { ProductScreen } from './product-screen.tsx';
import { useProductNews } from './use-product-news.ts';

/** A published product, which the server's answer replaces as soon as it is there. */
export function PublishedProduct({ product, publishedAt }: { product: ProductData; publishedAt: number }) {
  const news = useProductNews(product.handle, useLocale());
  if (news.kind === 'gone') return <Gone handle={product.categoryId} isKnown />;
  return <ProductScreen product={news.kind === 'known' ? news.product : product} publishedAt={publishedAt} />;
}

/** `/item?h=…`: a product that is newer than the publish; all of it comes from the server. */
export function UnpublishedProduct({ publishedAt }: { publishedAt: number }) {
  const locale = useLocale();
  const words = productMessages[locale];
  const handle = useSyncExternalStore(
    listenToAddress,
    () => new URLSearchParams(location.search).get('h') ?? '',
    () => null,
  );
  const news = useProductNews(handle === '' ? null : handle, locale);
  if (handle === '' || news.kind === 'gone') return <Gone />;
  if (news.kind === 'known') return <ProductScreen product={news.product} publishedAt={publishedAt} />;
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

function Gone({ handle, isKnown }: { handle?: string; isKnown?: boolean }) {
  const words = productMessages[useLocale()];
  return (
    <>
      <TopBar title={words.details} backTo="/" />
      <EmptyState
        emblem="lantern"
        title={isKnown ? words.gone : words.notFound}
        text={isKnown ? words.goneText : words.notFoundText}
        action={
          <ShopLink href={handle ? `/c/${handle}` : '/'} className={buttonClass('act')}>
            {isKnown ? words.goneText : words.home}
          </ShopLink>
        }
      />
    </>
  );
}

/** The final boxes of a product page. */
export function ProductSkeleton() {
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
