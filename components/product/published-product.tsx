'use client';

import { lazy, Suspense } from 'react';
import { useLocale } from '../ui/locale.tsx';
import type { ProductData } from './product-data.ts';
import { ProductScreen } from './product-screen.tsx';
import { useProductNews } from './use-product-news.ts';

/** Few pages outlive their product: fetched only when the server says that it is gone. */
const ProductGone = lazy(() => import('./product-gone.tsx').then((module) => ({ default: module.ProductGone })));

/** A published product, which the server's answer replaces as soon as it is there. */
export function PublishedProduct({ product, publishedAt }: { product: ProductData; publishedAt: number }) {
  const news = useProductNews(product.handle, useLocale());
  const screen = <ProductScreen product={news.kind === 'known' ? news.product : product} publishedAt={publishedAt} />;
  if (news.kind !== 'gone') return screen;
  return (
    <Suspense fallback={screen}>
      <ProductGone categoryId={product.categoryId} />
    </Suspense>
  );
}
